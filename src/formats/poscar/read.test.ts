import { describe, expect, test } from 'vitest';
import { failureOf, readText } from '../testSupport.ts';

const CELL = '4 0 0\n0 5 0\n0 0 6\n';
const messages = ({ warnings }: { warnings: readonly { message: string }[] }) =>
  warnings.map((one) => one.message).join('\n');
/** The line of the failure, and what was found there. */
const refused = async (text: string) => {
  const { line, found } = await failureOf(readText(text));
  return [line, found];
};

describe('headers', () => {
  test('of VASP 4, without symbols', async () => {
    const { species, types, position } = await readText(`a\n1\n${CELL}1 2\nDirect\n0 0 0\n.5 .5 .5\n0 0 .5\n`);
    expect([species, [...types]]).toEqual([
      [null, null],
      [0, 1, 1],
    ]);
    expect([...position.subarray(3, 6)]).toEqual([2, 2.5, 3]);
  });

  test('of VASP 5 and 6: symbols with their potentials', async () => {
    const { species } = await readText(`a\n1\n${CELL}Fe_pv Cr/0a1b2c\n1 1\nCart\n0 0 0\n1 1 1\n`);
    expect(species).toEqual(['Fe', 'Cr']);
  });

  test('the same species twice is one type', async () => {
    const { species, types } = await readText(`a\n1\n${CELL}Fe Cr Fe\n1 1 1\nDirect\n0 0 0\n.2 0 0\n.4 0 0\n`);
    expect([species, [...types]]).toEqual([
      ['Fe', 'Cr'],
      [0, 1, 0],
    ]);
  });

  test.each([
    ['2', [8, 10, 12], [2, 2, 2]],
    ['-960', [8, 10, 12], [2, 2, 2]],
    ['1 2 3', [4, 10, 18], [1, 2, 3]],
  ])('scale %s', async (scale, edges, place) => {
    const { cell, position } = await readText(`a\n${scale}\n${CELL}Fe\n1\nCartesian\n1 1 1\n`);
    [0, 4, 8].forEach((at, k) => {
      expect(cell.vectors[at]).toBeCloseTo(edges[k]!, 9);
    });
    place.forEach((coordinate, k) => {
      expect(position[k]).toBeCloseTo(coordinate, 9);
    });
  });

  test('garbled ones are refused with their line', async () => {
    expect(await refused(`a\n1\n${CELL}Fe\n1\nPolar\n0 0 0\n`)).toEqual([8, '"Polar"']);
    expect(await refused(`a\n1\n${CELL}Fe Cr\n1\nDirect\n0 0 0\n`)).toEqual([7, '"1"']);
    expect(await refused(`a\n0\n${CELL}Fe\n1\nDirect\n0 0 0\n`)).toEqual([2, '"0"']);
    expect((await refused(`a\n1\n1 0 0\n2 0 0\n0 0 1\nFe\n1\nDirect\n0 0 0\n`))[0]).toBe(3);
  });
});

describe('atoms', () => {
  test('with flags and symbols behind them', async () => {
    const rows = '0 0 0 T T F Fe\n.5 .5 .5 F F F Fe\n';
    const read = await readText(`a\n1\n${CELL}Fe\n2\nSelective dynamics\nDirect\n${rows}`);
    expect(read.count).toBe(2);
    expect(messages(read)).toContain('selective dynamics');
    expect(messages(read)).toContain('behind the coordinates');
  });

  test('velocities and what follows them are left out, and said to be', async () => {
    const atoms = `a\n1\n${CELL}Fe\n1\nDirect\n0 0 0\n`;
    expect(messages(await readText(`${atoms}\n0 0 0\n\n1\n0.1\n0 0 0\n`))).toContain('velocities');
    expect(messages(await readText(`${atoms}Cartesian\n0 0 0\n`))).toContain('velocities');
    expect(messages(await readText(`${atoms}\n\n`))).not.toContain('velocities');
  });

  test('of a trajectory are refused, since only its first frame would be read', async () => {
    const frame = (k: number) => `Direct configuration= ${k}\n0 0 0\n`;
    const failure = await failureOf(readText(`a\n1\n${CELL}Fe\n1\n${frame(1)}${frame(2)}`));
    expect([failure.line, failure.message.includes('XDATCAR')]).toEqual([10, true]);
    expect(messages(await readText(`a\n1\n${CELL}Fe\n1\n${frame(1)}`))).toContain('XDATCAR');
  });

  test('one too many, and one too few, are refused', async () => {
    expect(await refused(`a\n1\n${CELL}Fe\n1\nDirect\n0 0 0\n.5 0 0\n`)).toEqual([10, '".5 0 0"']);
    expect(await refused(`a\n1\n${CELL}Fe\n2\nDirect\n0 0 0\n`)).toEqual([9, 'the end of the file after 1']);
  });
});
