import { expect, test } from 'vitest';
import { failureOf, readText } from '../testSupport.ts';

const H0 = [1, 2, 3].flatMap((i) => [1, 2, 3].map((j) => `H0(${i},${j}) = ${i === j ? 2 : 0}`)).join('\n');
const head = (count: number) => `Number of particles = ${count}\nA = 2 Angstrom\n${H0}\n`;
const messages = ({ warnings }: { warnings: readonly { message: string }[] }) =>
  warnings.map((one) => one.message).join('\n');

test('standard: mass, symbol, coordinates, velocities; lengths in units of A', async () => {
  const snapshot = await readText(`${head(2)}R = 1.0 ps^-1\n55.8 Fe .5 0 0 0 0 0\n52 Cr 0 .25 0 1 1 1\n`);
  expect([...snapshot.position]).toEqual([2, 0, 0, 0, 1, 0]);
  expect(snapshot.species).toEqual(['Fe', 'Cr']);
  expect([...snapshot.cell.vectors]).toEqual([4, 0, 0, 0, 4, 0, 0, 0, 4]);
  expect(messages(snapshot)).toContain('Velocities are left out');
});

test('extended: a mass and a symbol hold for all that follow; auxiliary columns by their names', async () => {
  const atoms = '55.8\nFe\n0 0 0 3 -4\n.5 .5 .5 1 nan\n52\nCr\n0 .5 0 2 -1\n';
  const { ids, types, species, columns, position } = await readText(
    `${head(3)}.NO_VELOCITY.\nentry_count = 5\nauxiliary[0] = id\nauxiliary[1] = c_pe [eV]\n${atoms}`,
  );
  expect([[...ids], [...types], species]).toEqual([
    [1, 2, 3],
    [0, 1, 0],
    ['Fe', 'Cr'],
  ]);
  expect(columns.map(({ name, array }) => [name, [...array]])).toEqual([['c_pe', [Number.NaN, -1, -4]]]);
  expect([...position.subarray(0, 3)]).toEqual([2, 2, 2]);
});

test('lengths in other units than 1 Å, and types that no element tells, are said', async () => {
  const atoms = '12\nC\n0 0 0 1\n.5 0 0 2\n';
  const snapshot = await readText(`${head(2)}.NO_VELOCITY.\nentry_count = 4\nauxiliary[0] = type\n${atoms}`);
  expect(messages(snapshot)).toContain('in units of 2 Å');
  expect(messages(snapshot)).toContain('Column type names several types');
});

test('with velocities in the extended format, which are left out', async () => {
  const snapshot = await readText(`${head(1)}entry_count = 6\n55.8\nFe\n.5 0 0 1 2 3\n`);
  expect([...snapshot.position]).toEqual([2, 0, 0]);
  expect(messages(snapshot)).toContain('Velocities are left out');
});

test('what moves the atoms, lacks an edge or comes without a symbol is refused', async () => {
  const moved = `${head(1)}Transform(1,1) = 1.1\n55.8 Fe 0 0 0 0 0 0\n`;
  expect((await failureOf(readText(moved))).message).toContain('moves the atoms');
  expect((await readText(moved.replace('1.1', '1'))).count).toBe(1);
  const open = `${head(1).replace('H0(3,3) = 2\n', '')}55.8 Fe 0 0 0 0 0 0\n`;
  expect((await failureOf(readText(open))).expected).toContain('H0(1,1) to H0(3,3)');
  expect((await failureOf(readText(moved.replace('2 Angstrom', '2 nm').replace('1.1', '1')))).found).toBe('"nm"');
  const nameless = `${head(1)}.NO_VELOCITY.\nentry_count = 3\n0 0 0\n`;
  expect((await failureOf(readText(nameless))).expected).toContain('a mass and a symbol');
  expect((await failureOf(readText(`${head(2)}55.8 Fe 0 0 0 0 0 0\n`))).found).toContain('after 1');
});
