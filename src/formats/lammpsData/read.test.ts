import { describe, expect, test } from 'vitest';
import { failureOf, readText } from '../testSupport.ts';

const HEAD = `a remark, units = metal

3 atoms # so many
2 atom types
4 bonds

0 10 xlo xhi
0 10 ylo yhi
0 10 zlo zhi
`;
const file = (atoms: string, rest = '') => `${HEAD}${rest}\nAtoms${atoms}`;
const messages = ({ warnings }: { warnings: readonly { message: string }[] }) =>
  warnings.map((one) => one.message).join('\n');

describe('atom styles', () => {
  test.each([
    ['atomic', '1 1 1 2 3'],
    ['charge', '1 1 0.5 1 2 3'],
    ['molecular', '1 7 1 1 2 3'],
    ['full', '1 7 1 -0.5 1 2 3'],
    ['sphere', '1 1 2.5 7.8 1 2 3'],
    ['dipole', '1 1 0.1 1 2 3 0 0 1'],
    ['spin', '1 1 1 2 3 0 0 1 2.2'],
    ['ellipsoid', '1 1 0 7.8 1 2 3'],
  ])('%s is read by its name, with image flags and without', async (style, row) => {
    for (const images of ['', ' 0 -1 2']) {
      const rows = [1, 2, 3].map((id) => `${row.replace(/^1/, `${id}`)}${images}\n`).join('');
      const { position, ids } = await readText(file(` # ${style}\n\n${rows}`));
      expect([...position.subarray(0, 3)]).toEqual([1, 2, 3]);
      expect([...ids]).toEqual([1, 2, 3]);
    }
  });

  test('other numbers become columns', async () => {
    const { columns } = await readText(file(' # full\n\n1 7 1 -0.5 1 2 3\n2 7 2 0.5 4 5 6\n3 8 2 0 7 8 9\n'));
    expect(columns.map(({ name, array }) => [name, [...array]])).toEqual([
      ['molecule', [7, 7, 8]],
      ['q', [-0.5, 0.5, 0]],
    ]);
  });

  test('without a name, one that alone fits is taken and said', async () => {
    const charged = await readText(file('\n\n1 1 0.5 1 2 3\n2 2 -0.5 4 5 6\n3 1 0.0 7 8 9\n'));
    expect(messages(charged)).toContain('atom style charge, and of no other');
    const molecules = await readText(file('\n\n1 7 1 1 2 3\n2 7 2 4 5 6\n3 8 1 7 8 9\n'));
    expect(messages(molecules)).toContain('atom style molecular, and of no other');
  });

  test('without a name, two that fit are refused', async () => {
    const failure = await failureOf(readText(file('\n\n1 1 1 1 2 3\n2 2 2 4 5 6\n3 1 1 7 8 9\n')));
    expect(failure).toMatchObject({ line: 11, found: 'columns that may be of charge or molecular' });
  });

  test('a style with other columns, and one that does not exist, are refused', async () => {
    expect(await failureOf(readText(file(' # charge\n\n1 1 1 2 3\n')))).toMatchObject({ line: 13, found: '5 columns' });
    expect(await failureOf(readText(file(' # cubic\n\n1 1 1 2 3\n')))).toMatchObject({ line: 11, found: '"cubic"' });
  });
});

describe('sections', () => {
  const rows = ' # atomic\n\n1 1 1 2 3 # first\n2 2 4 5 6\n3 1 7 8 9\n';

  test('of no concern are passed over, before the atoms and after', async () => {
    const before = '\nMasses\n\n1 55.845 # Fe\n2 51.996\n\nPair Coeffs # eam/fs\n\n1 foo\n2 bar\n';
    const { species, count, ...read } = await readText(
      `${file(rows, before)}\nVelocities\n\n1 0 0 0\n\nBonds\n\n1 1 1 2\n`,
    );
    expect([count, species]).toEqual([3, ['Fe', 'Cr']]);
    expect(messages(read)).toContain('velocities are left out');
    expect(messages(read)).toContain('Type 2 is taken for Cr, by its mass of 51.996 u.');
  });

  test('with fewer or more atoms than promised are refused', async () => {
    expect(await failureOf(readText(file(' # atomic\n\n1 1 1 2 3\n2 2 4 5 6\n')))).toMatchObject({
      found: 'the end of section Atoms after 2',
    });
    expect(await failureOf(readText(file(`${rows}4 1 1 1 1\n`)))).toMatchObject({ line: 16, found: '"4 1 1 1 1"' });
    expect(await failureOf(readText(HEAD))).toMatchObject({ expected: 'a section Atoms' });
  });

  test('with a type that the header does not know are refused', async () => {
    const failure = await failureOf(readText(file(' # atomic\n\n1 1 1 2 3\n2 3 4 5 6\n3 1 7 8 9\n')));
    expect(failure).toMatchObject({ line: 14, expected: 'an atom type from 1 to 2', found: '3' });
  });
});

describe('cells', () => {
  const rows = 'Atoms # atomic\n\n1 1 1 2 3\n2 2 4 5 6\n3 1 7 8 9\n';
  const head = 'a remark\n3 atoms\n2 atom types\n';

  test('tilts are those of the cell, not of its box', async () => {
    const text = `${head}1 11 xlo xhi\n2 12 ylo yhi\n3 13 zlo zhi\n1 -2 0.5 xy xz yz\n\n${rows}`;
    const { cell } = await readText(text);
    expect([...cell.vectors]).toEqual([10, 0, 0, 1, 10, 0, -2, 0.5, 10]);
    expect([...cell.origin]).toEqual([1, 2, 3]);
  });

  test('vectors in any direction', async () => {
    const text = `${head}0 10 0 avec\n-10 0 0 bvec\n0 0 10 cvec\n1 2 3 abc origin\n\n${rows}`;
    const { cell } = await readText(text);
    expect([...cell.vectors]).toEqual([0, 10, 0, -10, 0, 0, 0, 0, 10]);
    expect([...cell.origin]).toEqual([1, 2, 3]);
  });

  test('none, garbled, twice and flat ones are refused', async () => {
    const bounds = '0 10 xlo xhi\n0 10 ylo yhi\n';
    expect(await failureOf(readText(`${head}${bounds}\n${rows}`))).toMatchObject({ found: 'none' });
    expect(await failureOf(readText(`${head}${bounds}0 1O zlo zhi\n\n${rows}`))).toMatchObject({
      line: 6,
      found: '"0 1O zlo zhi"',
    });
    expect((await failureOf(readText(`${head}${bounds}0 9 zlo zhi\n0 10 zlo zhi\n\n${rows}`))).message).toContain(
      'twice',
    );
    expect(await failureOf(readText(`${head}${bounds}9 9 zlo zhi\n\n${rows}`))).toMatchObject({ line: 6 });
  });
});

test('units other than those with lengths in Å are refused', async () => {
  const failure = await failureOf(readText(file(' # atomic\n\n1 1 1 2 3\n').replace('metal', 'lj')));
  expect(failure).toMatchObject({ line: 1, found: '"lj"' });
});
