import { expect, test } from 'vitest';
import { BCC } from '#chem/structureTypes.ts';
import { MemoryLedger } from '#data/buffers.ts';
import { makeCubicCell } from '#data/cell.ts';
import { Refusal } from '#data/errors.ts';
import { buildCellList } from '../cellList/cellList.ts';
import { makeReferenceClassifier } from '../cna/blockClassifier.ts';
import { buildBulkReference } from './bulkReference.ts';

test('54 atoms of perfect bcc crystal around the first', () => {
  const { edge, position } = buildBulkReference(2.86);
  expect(position.length).toBe(3 * 54);
  expect(edge).toBeCloseTo(8.58, 12);
  expect(Array.from(position.subarray(0, 3))).toEqual(Array(3).fill(expect.closeTo(edge / 2, 12)));
  const out = {
    structureType: new Uint8Array(54),
    coordination: new Uint8Array(54),
    latticeConstant: new Float32Array(54),
  };
  makeReferenceClassifier(buildCellList(position, makeCubicCell(edge), 2, new MemoryLedger())).classify(0, 54, out);
  expect(new Set(out.structureType)).toEqual(new Set([BCC]));
  for (const constant of out.latticeConstant) expect(constant).toBeCloseTo(2.86, 6);
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('%d Å is no lattice constant', (value) => {
  expect(() => buildBulkReference(value)).toThrow(Refusal);
});
