import { expect, test } from 'vitest';
import { describeFailure } from '#data/errors.ts';
import { failureOf, readText } from '../testSupport.ts';

interface Parts {
  head?: string;
  count?: string;
  bounds?: string;
  rows?: string[];
  columns?: string;
}

/** A dump of two atoms in a box from (1, 2, 3) to (5, 10, 19), but for what is given. */
function dump(parts: Parts = {}): string {
  const { head = '', bounds = 'BOUNDS pp pp pp\n1 5\n2 10\n3 19', columns = 'id type x y z' } = parts;
  const { rows = ['1 1 1.5 2.5 3.5', '2 1 2.5 3.5 4.5'] } = parts;
  const { count = `${rows.length}` } = parts;
  const header = `ITEM: TIMESTEP\n7\nITEM: NUMBER OF ATOMS\n${count}\nITEM: BOX ${bounds}\nITEM: ATOMS ${columns}\n`;
  return `${head}${header}${rows.join('\n')}\n`;
}

const sentence = async (parts: Parts) => describeFailure(await failureOf(readText(dump(parts))));
const messages = async (parts: Parts) => (await readText(dump(parts))).warnings.map(({ message }) => message);

test('coordinates of every family, scaled ones by the cell', async () => {
  const rows = ['1 1 0.5 0.25 0.125'];
  for (const columns of ['id type xs ys zs', 'id type xsu ysu zsu']) {
    expect([...(await readText(dump({ columns, rows }))).position]).toEqual([3, 4, 5]);
  }
  for (const columns of ['id type x y z', 'id type xu yu zu', 'type id x y z']) {
    expect([...(await readText(dump({ columns, rows }))).position]).toEqual([0.5, 0.25, 0.125]);
  }
});

test('of several families the preferred one is used, and that is said; the others stay as columns', async () => {
  const parts = { columns: 'xs ys zs xu yu zu id', rows: ['0 0 0 7 8 9 1'] };
  const snapshot = await readText(dump(parts));
  expect([...snapshot.position]).toEqual([7, 8, 9]);
  expect(snapshot.columns.map(({ name }) => name)).toEqual(['xs', 'ys', 'zs']);
  expect(await messages(parts)).toContain('Coordinates are given as xu, xs: positions are taken from xu yu zu.');
});

test('triclinic bounds are those of the bounding box (LAMMPS manual, "Howto triclinic")', async () => {
  // True box: lo (0, 0, 0), edges 10, 8, 6, tilts xy 2, xz -3, yz 1.
  const bounds = 'BOUNDS xy xz yz pp ff fs\n-3 12 2\n0 9 -3\n0 6 1';
  const { cell, position } = await readText(dump({ bounds, columns: 'id type xs ys zs', rows: ['1 1 0.5 0.5 0.5'] }));
  expect([...cell.vectors]).toEqual([10, 0, 0, 2, 8, 0, -3, 1, 6]);
  expect([...cell.origin]).toEqual([0, 0, 0]);
  expect(cell.periodic).toEqual([true, false, false]);
  expect([...position]).toEqual([4.5, 4.5, 3]);
});

test('general triclinic gives vectors and origin', async () => {
  const bounds = 'BOUNDS abc origin pp sm pp\n0 4 0 1\n0 0 5 2\n6 0 0 3';
  const { cell } = await readText(dump({ bounds }));
  expect([...cell.vectors]).toEqual([0, 4, 0, 0, 0, 5, 6, 0, 0]);
  expect([...cell.origin]).toEqual([1, 2, 3]);
  expect(cell.periodic).toEqual([true, false, true]);
});

test('a box without volume or with garbled bounds is refused', async () => {
  expect(await sentence({ bounds: 'BOUNDS pp pp pp\n1 5\n2 2\n3 19' })).toBe(
    'test, line 7: expected a lower bound below the upper one, found 2 and 2.',
  );
  const flat = 'BOUNDS abc origin pp pp pp\n1 0 0 0\n0 1 0 0\n1 1 0 0';
  expect(await sentence({ bounds: flat })).toContain('line 5: expected a cell of finite volume');
  expect(await sentence({ bounds: 'BOUNDS pp pp pp\n1 5 0\n2 10\n3 19' })).toContain(
    'line 6: expected a row of the box',
  );
  expect(await sentence({ bounds: 'BOUNDS pp pf pp\n1 5\n2 10\n3 19' })).toContain('line 5: expected boundary flags');
  expect(await sentence({ bounds: 'BOUNDS pp pp pp\n1 nan\n2 10\n3 19' })).toContain('line 6');
});

test('types, elements, both, or none', async () => {
  const typed = await readText(dump({ rows: ['1 3 2 2 3', '2 1 2 2 3'] }));
  expect([[...typed.types], typed.species]).toEqual([
    [2, 0],
    [null, null, null],
  ]);
  const named = await readText(dump({ columns: 'id element x y z', rows: ['2 Fe 1 1 1', '1 CR 1 1 1', '3 Fe 1 1 1'] }));
  expect([[...named.types], named.species]).toEqual([
    [1, 0, 0],
    ['Fe', 'Cr'],
  ]);
  const columns = 'id element type x y z';
  const both = await readText(dump({ columns, rows: ['1 Cr 2 1 1 1', '2 Fe 1 1 1 1'] }));
  expect([[...both.types], both.species]).toEqual([
    [1, 0],
    ['Fe', 'Cr'],
  ]);
  expect(await sentence({ columns, rows: ['1 Cr 2 1 1 1', '2 Fe 2 1 1 1'] })).toBe(
    'test, line 11: expected type 2 to be Cr as before, found Fe.',
  );
  expect(await messages({ columns: 'id x y z', rows: ['1 1 1 1'] })).toEqual([
    'The file names no species: all atoms are of one type.',
  ]);
});

test('other columns are kept by name, with nan and inf; words are left out with a warning', async () => {
  const parts = { columns: 'id type x y z c_pe tag', rows: ['2 1 1 1 1 nan bulk', '1 1 1 1 1 -4.5 7'] };
  const { columns, ids } = await readText(dump(parts));
  expect([...ids]).toEqual([1, 2]);
  expect(columns.map(({ name, array, shape }) => [name, [...array], shape])).toEqual([
    ['c_pe', [-4.5, Number.NaN], [2]],
  ]);
  expect(await messages(parts)).toEqual(['Column tag holds words, not numbers: it is left out.']);
  expect(await sentence({ columns: 'id x y z c_pe', rows: ['1 1 1 1 4', '2 1 1 1 4,5'] })).toBe(
    'test, line 11: expected a number in column c_pe, found "4,5".',
  );
});

test('without ids atoms are numbered in file order, with a warning', async () => {
  const parts = { columns: 'type x y z', rows: ['1 5 5 5', '1 4 4 4'] };
  const { ids, position } = await readText(dump(parts));
  expect([[...ids], position[0]]).toEqual([[1, 2], 5]);
  expect(await messages(parts)).toEqual(['The file has no id column: atoms are numbered 1 to n in file order.']);
});

test('ids up to 2^32 - 1, whole', async () => {
  expect((await readText(dump({ rows: ['4294967295 1 1 1 1', '65536 1 1 1 1', '7 1 1 1 1'] }))).ids).toEqual(
    Uint32Array.of(7, 65536, 4294967295),
  );
  for (const id of ['4294967296', '1.5', '-1', 'nan', 'one']) {
    expect(await sentence({ rows: [`${id} 1 1 1 1`] })).toContain(
      'line 10: expected a whole number from 0 to 4294967295',
    );
  }
});

test('units: metal and real are in Å, others are refused', async () => {
  expect(await messages({ head: 'ITEM: UNITS\nmetal\nITEM: TIME\n0.5\n' })).toEqual([]);
  expect((await messages({ head: 'ITEM: UNITS\nreal\n' })).join()).toContain('kcal/mol');
  expect(await sentence({ head: 'ITEM: UNITS\nlj\n' })).toContain('line 2: expected units metal or real');
});

test('a header that is not as it should be is refused with its line', async () => {
  expect(await sentence({ count: 'many' })).toBe(
    'test, line 4: expected a whole number for ITEM: NUMBER OF ATOMS, found "many".',
  );
  expect(await sentence({ columns: 'id type x y' })).toContain('line 9: expected columns x y z');
  expect(await sentence({ columns: 'id id x y z' })).toBe('test, line 9: two columns have the name id.');
  expect(await sentence({ head: 'ITEM: TIMESTEP\n0\n' })).toBe(
    'test, line 4: ITEM: TIMESTEP stands twice in the header of one frame.',
  );
  expect(await sentence({ count: '3' })).toBe('test, line 11: expected 3 atoms, found the end of the file after 2.');
  expect(await sentence({ count: '1' })).toContain('line 11: expected an "ITEM:" line');
  expect(await sentence({ count: '1', rows: ['1 1 1 1 1', 'ITEM: ENTRIES a b'] })).toContain(
    'found "ITEM: ENTRIES a b"',
  );
});
