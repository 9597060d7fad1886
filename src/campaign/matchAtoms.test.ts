import { expect, test } from 'vitest';
import { refusalOf } from '#engines/testSupport.ts';
import { matchAtoms, type SentCell } from './matchAtoms.ts';

const cell: SentCell = {
  position: Float64Array.of(5, 5, 5, 6.4, 5, 5, 0, 9.99, 3),
  edge: 10,
  species: ['Fe', 'Fe', 'Cr'],
};

function atoms(rows: readonly (readonly [number, number, number])[], species: readonly string[] | null = null) {
  return { energy: new Float64Array(rows.length), position: Float64Array.from(rows.flat()), species };
}

test.each([
  [
    'the same order',
    [
      [5, 5, 5],
      [6.4, 5, 5],
      [0, 9.99, 3],
    ],
    [0, 1, 2],
  ],
  [
    'another order',
    [
      [0, 9.99, 3],
      [5, 5, 5],
      [6.4, 5, 5],
    ],
    [1, 2, 0],
  ],
  [
    'wrapped otherwise',
    [
      [5, 5, 5],
      [-3.6, 15, 5],
      [10, -0.01, 3],
    ],
    [0, 1, 2],
  ],
  [
    'rounded',
    [
      [5, 5, 5],
      [6.41, 5.01, 5],
      [0, 0.005, 3],
    ],
    [0, 1, 2],
  ],
  [
    'far away',
    [
      [5, 5, 105],
      [6.4, -95, 5],
      [0, 9.99, 3],
    ],
    [0, 1, 2],
  ],
] as [string, [number, number, number][], number[]][])('%s', (_, rows, rowOf) => {
  const match = matchAtoms(atoms(rows), cell, 'a.out');
  expect(Array.from(match.rowOf)).toEqual(rowOf);
  expect(match).toMatchObject({ by: 'position', speciesCompared: false, sameOrder: rowOf.join() === '0,1,2' });
});

test('without coordinates the order is trusted', () => {
  const match = matchAtoms({ energy: new Float64Array(3), position: null, species: null }, cell, 'a.out');
  expect(Array.from(match.rowOf)).toEqual([0, 1, 2]);
  expect(match.by).toBe('order');
});

test.each([
  [
    'a moved atom',
    atoms([
      [5, 5, 5],
      [6.4, 5, 5.03],
      [0, 9.99, 3],
    ]),
    'a.out: expected an atom within 0.02 Å of atom 2 of the cell, at (6.400, 5.000, 5.000) Å, found the nearest 0.030 Å away.',
  ],
  [
    'an atom that stands twice',
    atoms([
      [5, 5, 5],
      [5, 5, 5],
      [0, 9.99, 3],
    ]),
    'a.out: expected an atom within 0.02 Å of atom 2 of the cell, at (6.400, 5.000, 5.000) Å, found the nearest 1.400 Å away.',
  ],
  [
    'an atom too few',
    atoms([
      [5, 5, 5],
      [6.4, 5, 5],
    ]),
    'a.out: expected 3 atoms as in the cell, found 2.',
  ],
  [
    'another element',
    atoms(
      [
        [0, 9.99, 3],
        [5, 5, 5],
        [6.4, 5, 5],
      ],
      ['Fe', 'Fe', 'Cr'],
    ),
    'a.out: expected atom 2 of the cell to be Fe, found Cr.',
  ],
  [
    'no number',
    atoms([
      [Number.NaN, 5, 5],
      [6.4, 5, 5],
      [0, 9.99, 3],
    ]),
    'a.out: expected an atom within 0.02 Å of atom 1 of the cell, at (5.000, 5.000, 5.000) Å, found the nearest 1.400 Å away.',
  ],
] as const)('%s is refused', (_, found, sentence) => {
  expect(refusalOf(() => matchAtoms(found, cell, 'a.out'))).toBe(sentence);
});

test('elements go with their atoms', () => {
  const found = atoms(
    [
      [0, 9.99, 3],
      [5, 5, 5],
      [6.4, 5, 5],
    ],
    ['Cr', 'Fe', 'Fe'],
  );
  expect(matchAtoms(found, cell, 'a.out').speciesCompared).toBe(true);
});
