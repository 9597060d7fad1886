import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AtomSet,
  complement,
  difference,
  emptySet,
  has,
  intersection,
  rowsOf,
  sameAtoms,
  sampleOf,
  setOfRows,
  setWhere,
  union,
} from './atomSet.ts';

const SEED = 2718;

/** Rows that are in, as the language's own set. */
function drained(work: Generator<void, AtomSet>): { set: AtomSet; turns: number } {
  for (let turns = 0; ; turns++) {
    const step = work.next();
    if (step.done) return { set: step.value, turns };
  }
}
const listed = (rows: Iterable<number>) => [...rows].sort((a, b) => a - b);
/** A size, not only multiples of 32, and two sets of it. */
const pairs = fc.integer({ min: 1, max: 200 }).chain((size) => {
  const rows = fc.uniqueArray(fc.integer({ min: 0, max: size - 1 }));
  return fc.tuple(fc.constant(size), rows, rows);
});

describe('sets of atoms', () => {
  test('algebra agrees with the sets of the language, at every size', () => {
    fc.assert(
      fc.property(pairs, ([size, one, other]) => {
        const [a, b] = [setOfRows(one, size), setOfRows(other, size)];
        const [inA, inB] = [new Set(one), new Set(other)];
        const all = Array.from({ length: size }, (_, row) => row);
        const check = (set: AtomSet, expected: number[]) => {
          expect([...rowsOf(set)]).toEqual(expected);
          expect(set.count).toBe(expected.length);
          expect(all.filter((row) => has(set, row))).toEqual(expected);
        };
        check(a, listed(one));
        check(union(a, b), listed(new Set([...one, ...other])));
        check(intersection(a, b), listed(one.filter((row) => inB.has(row))));
        check(difference(a, b), listed(one.filter((row) => !inB.has(row))));
        check(
          complement(a),
          all.filter((row) => !inA.has(row)),
        );
        check(drained(setWhere(size, (row) => inA.has(row))).set, listed(one));
        // De Morgan, and the complement of the complement.
        expect(sameAtoms(complement(union(a, b)), intersection(complement(a), complement(b)))).toBe(true);
        expect(sameAtoms(complement(complement(a)), a)).toBe(true);
        expect(sameAtoms(a, b)).toBe(inA.size === inB.size && one.every((row) => inB.has(row)));
      }),
      { seed: SEED },
    );
  });

  test('nothing changes what it is made from', () => {
    const a = setOfRows([1, 33], 40);
    const before = a.words.slice();
    union(a, complement(a));
    difference(a, a);
    expect(a.words).toEqual(before);
  });

  test('a sample has just so many atoms, all of the set, ascending and always the same; a smaller one lies in a larger', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 999 }), { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 0, max: 60 }),
        (rows, limit) => {
          const set = setOfRows(rows, 1000);
          const sample = [...sampleOf(set, limit)];
          expect(sample).toHaveLength(Math.min(limit, rows.length));
          expect(sample.every((row) => has(set, row))).toBe(true);
          expect(sample).toEqual(listed(new Set(sample)));
          const larger = new Set(sampleOf(setOfRows(rows.toReversed(), 1000), limit + 5));
          expect(sample.every((row) => larger.has(row))).toBe(true);
        },
      ),
      { seed: SEED },
    );
  });

  test('a sample of a lattice written row by row keeps no stride', () => {
    const { set } = drained(setWhere(100_000, (row) => row % 2 === 0));
    const sample = sampleOf(set, 1000);
    const steps = new Set(Array.from(sample.subarray(1), (row, k) => row - sample[k]!));
    expect(steps.size).toBeGreaterThan(100);
    const firstHalf = sample.filter((row) => row < 50_000).length;
    expect(Math.abs(firstHalf - 500)).toBeLessThan(60);
  });

  test('a predicate over many atoms is asked in turns', () => {
    const { set, turns } = drained(setWhere(200_000, (row) => row % 3 === 0));
    expect(set.count).toBe(66_667);
    expect(turns).toBe(7);
  });

  test('empty sets, rows out of range and sets of different snapshots', () => {
    expect(rowsOf(emptySet(70))).toHaveLength(0);
    expect(has(emptySet(70), 69)).toBe(false);
    expect(has(complement(emptySet(70)), 70)).toBe(false);
    expect(has(complement(emptySet(70)), -1)).toBe(false);
    expect(() => setOfRows([70], 70)).toThrow(RangeError);
    expect(() => setOfRows([-1], 70)).toThrow(RangeError);
    expect(() => union(emptySet(70), emptySet(71))).toThrow(RangeError);
  });
});
