import fc from 'fast-check';
import { expect, test } from 'vitest';
import { has, setOfRows } from '#data/atomSet.ts';
import { atomFlags, type Flags, type FlagsInput, HIDDEN } from './flags.ts';

const NOTHING: FlagsInput = { count: 0, ranges: [], network: null, hidden: [], only: null, tinted: [] };

function flagsOf(input: FlagsInput): { flags: Flags; turns: number } {
  const work = atomFlags(input);
  for (let turns = 0; ; turns++) {
    const step = work.next();
    if (step.done) return { flags: step.value, turns };
  }
}

test('an atom is shown where it passes every filter, and has the colour of the first set it is in', () => {
  const COUNT = 70;
  const rows = fc.uniqueArray(fc.integer({ min: 0, max: COUNT - 1 })).map((list) => setOfRows(list, COUNT));
  const numbers = fc.array(fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constant(NaN)), {
    minLength: 3 * COUNT,
    maxLength: 3 * COUNT,
  });
  const range = fc.tuple(
    numbers,
    fc.integer({ min: 0, max: 2 }),
    fc.integer({ min: -9, max: 0 }),
    fc.integer({ min: 0, max: 9 }),
  );
  const flag = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: COUNT, maxLength: COUNT });
  fc.assert(
    fc.property(
      fc.array(range, { maxLength: 2 }),
      fc.option(flag),
      fc.array(rows, { maxLength: 2 }),
      fc.option(rows),
      fc.array(rows, { maxLength: 3 }),
      (ranges, network, hidden, only, tinted) => {
        const input: FlagsInput = {
          count: COUNT,
          ranges: ranges.map(([list, offset, from, to]) => ({
            values: { array: Float32Array.from(list), stride: 3, offset },
            from,
            to,
          })),
          network: network && Uint8Array.from(network),
          hidden,
          only,
          tinted,
        };
        const { array, hidden: left } = flagsOf(input).flags;
        for (let row = 0; row < COUNT; row++) {
          const shown =
            ranges.every(
              ([list, offset, from, to]) => list[3 * row + offset]! >= from && list[3 * row + offset]! <= to,
            ) &&
            (network === null || network[row] === 1) &&
            !hidden.some((set) => has(set, row)) &&
            (only === null || has(only, row));
          const tint = 1 + tinted.findIndex((set) => has(set, row));
          expect(array[row]).toBe(tint + (shown ? 0 : HIDDEN));
        }
        expect(left).toBe(array.filter((value) => value >= HIDDEN).length);
      },
    ),
    { seed: 577 },
  );
});

test('many atoms are looked at in turns', () => {
  const { flags, turns } = flagsOf({ ...NOTHING, count: 100_000, network: new Uint8Array(100_000) });
  expect(flags.hidden).toBe(100_000);
  expect(turns).toBe(4);
});
