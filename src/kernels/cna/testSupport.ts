import { expect } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import { type Cell, makeCell } from '#data/cell.ts';
import { buildCellList, type CellList } from '../cellList/cellList.ts';
import { type BlockClassifier, makeBlockClassifier, makeReferenceClassifier } from './blockClassifier.ts';
import type { Classification } from './classify.ts';

type MakeClassifier = (list: CellList) => BlockClassifier;

/** Both ways to classify, for one table of cases. */
export const WAYS: readonly (readonly [name: string, make: MakeClassifier])[] = [
  ['by WebAssembly', makeBlockClassifier],
  ['by the reference', makeReferenceClassifier],
];

export interface Classified extends Classification {
  /** Atoms on the spot of another atom. */
  readonly twins: number;
  readonly seconds: number;
}

/** Classify all atoms in ranges of this many. */
export function classifyList(list: CellList, make: MakeClassifier, atoms = list.count): Classified {
  const out = {
    structureType: new Uint8Array(list.count),
    coordination: new Uint8Array(list.count),
    latticeConstant: new Float32Array(list.count),
  };
  const classifier = make(list);
  let twins = 0;
  const start = performance.now();
  for (let from = 0; from < list.count; from += atoms) {
    twins += classifier.classify(from, Math.min(from + atoms, list.count), out);
  }
  return { ...out, twins, seconds: (performance.now() - start) / 1000 };
}

export function classify(position: Float64Array, cell: Cell, make: MakeClassifier): Classified {
  return classifyList(buildCellList(position, cell, 4, new MemoryLedger()), make);
}

export function countDifferences(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).filter((value, k) => value !== b[k]).length;
}

export type Vector = [number, number, number];

/** A block of `repeats` cubic cells with this basis (fractional), edge `a`. */
export function buildBlock(a: number, basis: readonly Vector[], repeats: number): Vector[] {
  const points: Vector[] = [];
  for (let i = 0; i < repeats; i++)
    for (let j = 0; j < repeats; j++)
      for (let k = 0; k < repeats; k++)
        for (const [x, y, z] of basis) points.push([a * (i + x), a * (j + y), a * (k + z)]);
  return points;
}

export const BCC_BASIS: Vector[] = [
  [0, 0, 0],
  [0.5, 0.5, 0.5],
];
export const FCC_BASIS: Vector[] = [
  [0, 0, 0],
  [0.5, 0.5, 0],
  [0.5, 0, 0.5],
  [0, 0.5, 0.5],
];
export const DIAMOND_BASIS: Vector[] = FCC_BASIS.flatMap(([x, y, z]) => [
  [x, y, z],
  [x + 0.25, y + 0.25, z + 0.25],
]);

export const openCell = makeCell([90, 0, 0, 0, 90, 0, 0, 0, 90], [0, 0, 0], [false, false, false]);
