import { expect, test } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import { makeCubicCell } from '#data/cell.ts';
import { buildCellList } from '#kernels/cellList/cellList.ts';
import { PAPER_PARAMETERS } from '#kernels/soap/parameters.ts';
import { completeParameters, describeRange } from './descriptor.ts';
import { DESCRIPTORS } from './index.ts';

const { soap } = DESCRIPTORS;

test('every descriptor goes by its own name and its parameters survive a clone', () => {
  for (const [name, descriptor] of Object.entries(DESCRIPTORS)) {
    expect(descriptor.name).toBe(name);
    const parameters = completeParameters(descriptor, {});
    expect(structuredClone(parameters)).toEqual(parameters);
  }
});

test('missing parameters are the defaults; wrong ones are refused in one sentence', () => {
  expect(completeParameters(soap, {})).toEqual(PAPER_PARAMETERS);
  expect(soap.dimension(completeParameters(soap, { nMax: 8 }))).toBe(253);
  const refusal = (given: object) => () => completeParameters(soap, given);
  expect(refusal({ nMax: 2.5 })).toThrow('SOAP: nMax must be a whole number from 1 to 32, found 2.5.');
  expect(refusal({ cutoff: Number.NaN })).toThrow('SOAP: cutoff must be a number from 0.5 to 20, found NaN.');
  expect(refusal({ cutoff: 3, cutoffTransitionWidth: 3.5 })).toThrow(
    'SOAP: cutoffTransitionWidth (3.5 Å) must not be larger than the cutoff (3 Å).',
  );
  expect(refusal({ sigma: 0.5 })).toThrow('SOAP (GAP) has no parameter sigma, only nMax, lMax');
  const list = buildCellList(new Float64Array(3), makeCubicCell(10), 2, new MemoryLedger());
  expect(() => soap.createDescriber(list, { ...PAPER_PARAMETERS, nMax: 32, cutoff: 2, atomSigma: 1.5 })).toThrow(
    'SOAP: 32 radial functions of width 1.5 Å within 2 Å are linearly dependent',
  );
});

test('a range is its atoms one by one, at the start of the block', () => {
  const edge = 2.87;
  const list = buildCellList(
    Float64Array.of(0, 0, 0, edge / 2, edge / 2, edge / 2 + 0.1),
    makeCubicCell(edge),
    2,
    new MemoryLedger(),
  );
  const describer = soap.createDescriber(list, completeParameters(soap, {}));
  expect(describer.searchRadius).toBe(4);
  const block = new Float64Array(2 * describer.dimension);
  describeRange(describer, 0, 2, block);
  const single = new Float64Array(describer.dimension);
  describer.describe(1, single, 0);
  expect(block.subarray(describer.dimension)).toEqual(single);
  describeRange(describer, 1, 2, block);
  expect(block.subarray(0, describer.dimension)).toEqual(single);
});
