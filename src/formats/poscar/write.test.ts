import { expect, test } from 'vitest';
import { makeCell } from '#data/cell.ts';
import { Refusal } from '#data/errors.ts';
import { writePoscar } from './write.ts';

const structure = {
  cell: makeCell([4, 0, 0, 1, 5, 0, 0, 0, 8], [1, 1, 1]),
  species: ['Cr', 'Fe', 'Cr', 'Fe'],
  position: Float64Array.of(3.5, 3.5, 5, 1, 1, 1, 5, 1, 9, 2, 6, 1),
  comment: 'centre is atom 12\nof fe.dump',
};

/** Title, and everything after it as words and numbers. */
function parse(text: string) {
  const [title, ...rest] = text.trimEnd().split('\n');
  return [
    title,
    ...rest.map((line) =>
      line
        .trim()
        .split(/\s+/)
        .map((word) => (/[a-z]/i.test(word) ? word : Number(word))),
    ),
  ];
}

test('Direct: fractions of the cell, species in blocks, the centre first', () => {
  expect(parse(writePoscar(structure))).toEqual([
    'centre is atom 12 of fe.dump',
    [1],
    [4, 0, 0],
    [1, 5, 0],
    [0, 0, 8],
    ['Cr', 'Fe'],
    [2, 2],
    ['Direct'],
    [0.5, 0.5, 0.5],
    [1, 0, 1],
    [0, 0, 0],
    [0, 1, 0],
  ]);
});

test('Cartesian: Å from the origin', () => {
  expect(parse(writePoscar(structure, 'cartesian')).slice(7)).toEqual([
    ['Cartesian'],
    [2.5, 2.5, 4],
    [4, 0, 8],
    [0, 0, 0],
    [1, 5, 0],
  ]);
});

test('a left-handed cell is refused', () => {
  const leftHanded = makeCell([0, 4, 0, 4, 0, 0, 0, 0, 4]);
  expect(() => writePoscar({ ...structure, cell: leftHanded })).toThrow(Refusal);
});
