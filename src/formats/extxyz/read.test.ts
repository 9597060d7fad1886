import { expect, test } from 'vitest';
import { describeFailure } from '#data/errors.ts';
import { failureOf, readText } from '../testSupport.ts';

const LATTICE = 'Lattice="4 0 0 0 5 0 1 0 6"';

function xyz(comment: string, ...rows: string[]): string {
  return `${rows.length}\n${comment}\n${rows.join('\n')}\n`;
}

const sentence = async (comment: string, ...rows: string[]) =>
  describeFailure(await failureOf(readText(xyz(comment, ...rows))));

test('lattice, origin and pbc; keys in any case; periodic where pbc is missing', async () => {
  const { cell } = await readText(xyz(`lattice="4 0 0 0 5 0 1 0 6" ORIGIN="1 2 3"`, 'Fe 0 0 0'));
  expect([...cell.vectors]).toEqual([4, 0, 0, 0, 5, 0, 1, 0, 6]);
  expect([...cell.origin]).toEqual([1, 2, 3]);
  expect(cell.periodic).toEqual([true, true, true]);
});

test('pbc in its spellings', async () => {
  const spellings = [
    ['pbc="T T F"', true, true, false],
    ["PBC='F T F'", false, true, false],
    ['pbc=[T, F, T]', true, false, true],
    ['pbc=[true, false, true]', true, false, true],
    ['pbc="1 0 1"', true, false, true],
    ['pbc={T F T}', true, false, true],
    ['pbc=T F T', true, false, true],
    ['pbc=F', false, false, false],
  ] as const;
  for (const [spelling, ...periodic] of spellings) {
    for (const comment of [`${LATTICE} ${spelling}`, `${spelling} ${LATTICE} energy=-1`]) {
      expect((await readText(xyz(comment, 'Fe 0 0 0'))).cell.periodic, comment).toEqual(periodic);
    }
  }
  expect(await sentence(`${LATTICE} pbc="T maybe F"`, 'Fe 0 0 0')).toContain('line 2: expected pbc such as "T T F"');
});

test('columns by Properties: numbers kept, vectors as one column, logicals as 0 and 1, words skipped', async () => {
  const properties = 'Properties=tag:S:1:species:S:1:pos:R:3:velo:R:2:n:I:1:fixed:L:1:id:I:1';
  const snapshot = await readText(
    xyz(`${LATTICE} ${properties}`, 'a Fe 1 2 3 .5 nan 7 T 9', 'b Cr 4 5 6 1.5 2.5 8 False 3'),
  );
  expect([...snapshot.ids]).toEqual([3, 9]);
  expect([...snapshot.position]).toEqual([4, 5, 6, 1, 2, 3]);
  expect([[...snapshot.types], snapshot.species]).toEqual([
    [1, 0],
    ['Fe', 'Cr'],
  ]);
  expect(snapshot.columns.map(({ name, shape, array }) => [name, shape, [...array]])).toEqual([
    ['velo', [2, 2], [1.5, 2.5, 0.5, Number.NaN]],
    ['n', [2], [8, 7]],
    ['fixed', [2], [0, 1]],
  ]);
  expect(snapshot.warnings.map(({ message }) => message)).toEqual([
    'Column tag holds words, not numbers: it is left out.',
  ]);
});

test('lattice in its spellings: rows are cell vectors', async () => {
  const spellings = [
    'Lattice=[[4, 0, 0], [0, 5, 0], [1, 0, 6]]',
    'Lattice=[[4,0,0],[0,5,0],[1,0,6]]',
    'Lattice = [ [4 0 0] [0 5 0] [1 0 6] ]',
    'Lattice=[4, 0, 0, 0, 5, 0, 1, 0, 6]',
    'Lattice={4 0 0 0 5 0 1 0 6}',
    "lattice='4. 0 0\t0 5.0D0 0 1e0 0 6'",
    '"quoted key"=1 bare Lattice="4 0 0 0 5 0 1 0 6" done',
  ];
  for (const spelling of spellings) {
    const { cell } = await readText(xyz(`${spelling} pbc=[True, True, False] flag`, 'Fe 0 0 0'));
    expect([[...cell.vectors], cell.periodic], spelling).toEqual([
      [4, 0, 0, 0, 5, 0, 1, 0, 6],
      [true, true, false],
    ]);
  }
});

test('species by other names, or by atomic number', async () => {
  const of = async (properties: string, ...rows: string[]) => {
    const { species, types, columns } = await readText(xyz(`${LATTICE} Properties=${properties}`, ...rows));
    return [species, [...types], columns.map(({ name }) => name)];
  };
  expect(await of('symbols:S:1:pos:R:3', 'fe 0 0 0', 'Cr 1 1 1')).toEqual([['Fe', 'Cr'], [0, 1], []]);
  expect(await of('Z:I:1:pos:R:3', '26 0 0 0', '24 1 1 1', '26 2 2 2')).toEqual([['Fe', 'Cr'], [0, 1, 0], []]);
  expect(await of('numbers:I:1:positions:R:3', '0 0 0 0', '26 1 1 1')).toEqual([[null, 'Fe'], [0, 1], []]);
  expect(await of('Z:I:1:element:S:1:label:S:1:pos:R:3', '24 Fe a 0 0 0')).toEqual([['Fe'], [0], ['Z']]);
  expect(await sentence(`${LATTICE} Properties=Z:I:1:pos:R:3`, 'Fe 0 0 0')).toContain('whole number from 0 to 999');
});

test('tabs, blank lines between frames, and no line end', async () => {
  const text = `1\n${LATTICE}\nFe\t0 0\t0\n\n \n1\n${LATTICE}\n\tFe 1 1 1`;
  const snapshot = await readText(text);
  expect([snapshot.source.frameCount, snapshot.position[0]]).toEqual([2, 1]);
});

test('quoted values hide what they hold', async () => {
  const { cell, columns } = await readText(
    xyz(`config="a Lattice=no \\" pbc=F b=c" ${LATTICE} other='Properties=x'`, 'Fe 0 0 0'),
  );
  expect([cell.periodic, columns]).toEqual([[true, true, true], []]);
});

test('plain XYZ: open boundaries, a cell around the atoms, and warnings', async () => {
  const snapshot = await readText(xyz('Atoms. Timestep: 250', 'Fe 1 2 3 0.1', '1 4 2 7 0.2', 'Fe2+ 2 2 5 0.3'));
  expect(snapshot.source.timestep).toBe(250);
  expect([...snapshot.cell.vectors]).toEqual([3, 0, 0, 0, 1, 0, 0, 0, 4]);
  expect([...snapshot.cell.origin]).toEqual([1, 2, 3]);
  expect(snapshot.cell.periodic).toEqual([false, false, false]);
  expect([[...snapshot.types], snapshot.species]).toEqual([
    [0, 1, 2],
    ['Fe', null, null],
  ]);
  expect(snapshot.warnings.map(({ message }) => message)).toEqual([
    'The file has no id column: atoms are numbered 1 to n in file order.',
    'The file names no Properties: what stands after the coordinates is left out.',
    'The file gives no cell: the boundaries are open, and the cell is the box around the atoms.',
    'Species "1" is no element symbol: its atoms are a type without an element.',
    'Species "Fe2+" is no element symbol: its atoms are a type without an element.',
  ]);
});

test('a comment line that is garbled is refused with its line', async () => {
  expect(await sentence('Lattice="1 2 3"', 'Fe 0 0 0')).toBe(
    'test, line 2: expected 9 numbers for Lattice, found "1 2 3".',
  );
  expect(await sentence('Lattice="1 0 0 1 0 0 0 0 1"', 'Fe 0 0 0')).toContain(
    'line 2: expected a cell of finite volume',
  );
  expect(await sentence(`${LATTICE} Origin="0 0"`, 'Fe 0 0 0')).toContain('line 2: expected 3 numbers for Origin');
  expect(await sentence('Properties=species:S:1:pos:R:3 Lattice=', 'Fe 0 0 0')).toBe(
    'test, line 2: expected a value of Lattice, found none.',
  );
  for (const properties of ['species:S:1:pos:R', 'species:S:1:pos:Q:3', 'pos:R:3:pos:R:3', 'species:S:1:pos:R:0']) {
    expect(await sentence(`${LATTICE} Properties=${properties}`, 'Fe 0 0 0')).toContain(
      'line 2: expected Properties of',
    );
  }
  expect(await sentence(`${LATTICE} Properties=species:S:1:xyz:R:3`, 'Fe 0 0 0')).toContain('expected pos:R:3');
  expect(await sentence(`${LATTICE} Properties=species:S:1:pos:R:3`, 'Fe 0 0 0 0')).toBe(
    'test, line 3: expected 4 columns (species pos pos pos), found 5.',
  );
});

test('a long line of garbage is refused in no time', async () => {
  const started = performance.now();
  await failureOf(readText(`2\n${'a'.repeat(1_000_000)}\nFe 0 0 0\nFe 1 1 x\n`));
  // Backtracking over a word of a million letters would take minutes.
  expect(performance.now() - started).toBeLessThan(5000);
});
