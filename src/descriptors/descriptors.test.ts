import { expect, test } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import { makeCubicCell } from '#data/cell.ts';
import { buildCellList } from '#kernels/cellList/cellList.ts';
import { reserveBlock } from '#kernels/pca/descriptorBlock.ts';
import { PAPER_PARAMETERS } from '#kernels/soap/parameters.ts';
import { KernelMemory } from '#kernels/wasm/kernelMemory.ts';
import { completeParameters, makeBlockDescriber } from './descriptor.ts';
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

test.each(['float64', 'float32'] as const)('a block (%s) is its atoms one by one, at its start', (arithmetic) => {
  const list = buildCellList(
    Float64Array.of(0, 0, 0, 1.4, 1.4, 1.5, 0.1, 2.8, 0),
    makeCubicCell(5),
    4,
    new MemoryLedger(),
  );
  const parameters = completeParameters(soap, {});
  const describer = soap.createDescriber(list, parameters);
  expect(describer.searchRadius).toBe(4);
  const singles = [0, 1].map((place) => {
    const single = new Float64Array(describer.dimension);
    describer.describe(place, single, 0);
    return single;
  });
  expect(Math.abs(singles[0]![20]! - singles[1]![20]!)).toBeGreaterThan(1e-4);

  const memory = new KernelMemory();
  const block = reserveBlock(memory, describer.dimension);
  const blocks = makeBlockDescriber(soap, { list, parameters, memory, block, arithmetic });
  const expectRow = (row: number, single: Float64Array) => {
    const start = row * block.stride;
    const found = block.array.view.slice(start, start + block.stride);
    expect(found.subarray(block.dimension).every((padding) => padding === 0)).toBe(true);
    for (const [k, value] of single.entries()) expect(Math.abs(found[k]! - value)).toBeLessThan(1e-6);
  };
  blocks.describe(0, 2);
  expectRow(0, singles[0]!);
  expectRow(1, singles[1]!);
  blocks.describe(1, 2);
  expectRow(0, singles[1]!);
});
