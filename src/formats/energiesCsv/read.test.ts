import { expect, test } from 'vitest';
import { describeFailure, Refusal } from '#data/errors.ts';
import { readEnergiesCsv } from './read.ts';
import { writeResultsCsv } from './write.ts';

function refusal(text: string): string {
  try {
    readEnergiesCsv(text, 'e.csv');
  } catch (thrown) {
    if (thrown instanceof Refusal) return describeFailure(thrown.failure);
    throw thrown;
  }
  throw new Error('this was not refused');
}

test('ids and energies, with comments, blank lines and other columns; lines are counted in the file', () => {
  const text = '# from cp2k\nid,note,energy\n\n12,"a, b",-4.5\n# later\n7,,-4.25\n';
  const origin = { code: '', partition: '', status: '' };
  expect(readEnergiesCsv(text, 'e.csv')).toEqual({
    rows: [
      { key: { kind: 'id', value: 12 }, energy_eV: -4.5, unitStated: false, line: 4, origin },
      { key: { kind: 'id', value: 7 }, energy_eV: -4.25, unitStated: false, line: 6, origin },
    ],
    pending: [],
  });
});

test.each([
  ['semicolons', 'atom_id;energy\n1;-4.5\n'],
  ['tabs', 'energy\tatom_id\n-4.5\t1\n'],
  ['CRLF', 'id,energy\r\n1,-4.5\r\n'],
  ['a byte order mark', '\uFEFFid,energy\n1,-4.5\n'],
  ['capitals and blanks', ' ID , Energy \n 1 , -4.5 \n'],
  ['quotes', '"id","energy"\n"1","-4.5"'],
])('reads %s', (_, text) => {
  const { rows } = readEnergiesCsv(text, 'e.csv');
  expect(rows.map(({ key, energy_eV }) => [key, energy_eV])).toEqual([[{ kind: 'id', value: 1 }, -4.5]]);
});

test('the key is the id, else the rank, else the directory', () => {
  const kinds = ['directory,rank,id', 'directory,rank,atom_id', 'directory,rank,x', 'directory,r,x'].map(
    (keys) => readEnergiesCsv(`${keys},energy\n1,2,3,4`, 'e.csv').rows[0]!.key,
  );
  expect(kinds).toEqual([
    { kind: 'id', value: 3 },
    { kind: 'id', value: 3 },
    { kind: 'rank', value: 2 },
    { kind: 'directory', value: '1' },
  ]);
});

test('units from a column or from the header', () => {
  const one = (text: string) => readEnergiesCsv(text, 'e.csv').rows[0]!;
  expect(one('id,energy,unit\n1,2,Ry')).toMatchObject({ unitStated: true, energy_eV: 27.211386245988 });
  for (const header of ['energy_Ha', 'energy (Ha)', 'Energy [ha]', 'energy Ha', 'energy(Ha)']) {
    expect(one(`id,${header}\n1,-1`), header).toMatchObject({ unitStated: true, energy_eV: -27.211386245988 });
  }
  expect(one('id,energy,unit\n1,2500,meV').energy_eV).toBe(2.5);
  expect(one('id,energy,unit\n1,2,')).toMatchObject({ unitStated: false, energy_eV: 2 });
  expect(one('id,energy_total,energy_eV\n1,9,2').energy_eV).toBe(2);
});

test('an empty energy is one that has not come back', () => {
  const { rows, pending } = readEnergiesCsv('id,energy,unit\n1,,eV\n2,-4,eV\n3\n4, ,\n', 'e.csv');
  expect([rows, pending].map((list) => list.map(({ line }) => line))).toEqual([[3], [2, 4, 5]]);
});

test('what is wrong is said with file and line', () => {
  expect(refusal('')).toBe('e.csv: the table is empty.');
  expect(refusal('# c\nname,energy\nx,1')).toBe(
    'e.csv, line 2: expected a column id, rank or directory, found "name energy".',
  );
  expect(refusal('id,total\n1,1')).toBe('e.csv, line 1: expected one column energy, found "id total".');
  expect(refusal('id,energy,energy_eV\n1,1,1')).toContain('expected one column energy');
  expect(refusal('id,energy (kJ)\n1,1')).toBe('e.csv, line 1: expected an energy unit (eV, meV, Ha, Ry), found "kJ".');
  expect(refusal('id,energy\n1,1\n\n2,"-4,5"')).toBe('e.csv, line 4: expected a number for the energy, found "-4,5".');
  expect(refusal('id,energy\n1,nan')).toContain('line 2: expected a number for the energy, found "nan"');
  expect(refusal('id,energy,unit\n1,2,kcal')).toBe(
    'e.csv, line 2: expected an energy unit (eV, meV, Ha, Ry), found "kcal".',
  );
  expect(refusal('id,energy_Ry,unit\n1,2,eV')).toBe('e.csv, line 2: expected unit Ry as in the header, found eV.');
  expect(refusal('id,energy\n1.5,2')).toBe('e.csv, line 2: expected a whole number for id, found "1.5".');
  expect(refusal('id,energy\n1,2,3')).toBe('e.csv, line 2: expected 2 cells, found 3.');
  expect(refusal('directory,energy\n,2')).toBe('e.csv, line 2: expected a directory, found an empty cell.');
  expect(refusal('id,energy\n1,2\n"3,4\n5,6')).toContain('line 3: a quote is not closed');
});

test('where an energy is from, and why it has none, as in results.csv of a package', () => {
  const text =
    'rank,id,directory,role,energy,unit,code,partition,status\n' +
    '1,12,jobs/0001_id12,train,-4.5,eV,CP2K,Mulliken,ok\n2,7,jobs/0002_id7,train,,eV,,,"failed: exit 1, out of time"\n';
  const { rows, pending } = readEnergiesCsv(text, 'e.csv');
  expect(rows).toMatchObject([{ energy_eV: -4.5, origin: { code: 'CP2K', partition: 'mulliken', status: 'ok' } }]);
  expect(pending).toEqual([
    {
      key: { kind: 'id', value: 7 },
      line: 3,
      origin: { code: '', partition: '', status: 'failed: exit 1, out of time' },
      role: 'train',
    },
  ]);
});

test('what is written is read again', () => {
  const row = {
    rank: 1,
    id: 12,
    directory: 'a',
    role: 'train',
    code: 'CP2K',
    partition: 'mulliken',
    status: 'no, "bad"',
  };
  const energies = [-123.456789012345, null];
  const table = readEnergiesCsv(writeResultsCsv(energies.map((energy_eV) => ({ ...row, energy_eV }))), 'e.csv');
  expect(table.rows).toMatchObject([{ energy_eV: energies[0], unitStated: true, origin: { status: 'no, "bad"' } }]);
  expect(table.pending).toHaveLength(1);
});
