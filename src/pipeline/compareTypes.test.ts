import { describe, expect, test } from 'vitest';
import { STRUCTURE_CODES } from '#chem/structureCodes.ts';
import { BCC, FCC, OTHER } from '#chem/structureTypes.ts';
import { makeColumn } from '#data/column.ts';
import type { Snapshot } from '#data/snapshot.ts';
import { comparedWords, compareTypes, likelyTypeColumns } from './compareTypes.ts';
import { defaultParameters, type Parameters } from './parameters.ts';

const OWN = Uint8Array.of(BCC, BCC, FCC, OTHER);

function snapshotWith(columns: Readonly<Record<string, number[]>>): Snapshot {
  return {
    source: { name: 'grain.dump' },
    ids: Uint32Array.of(3, 5, 8, 13),
    columns: Object.entries(columns).map(([name, values]) => makeColumn(name, '', Float64Array.from(values))),
  } as unknown as Snapshot;
}

function compare(values: number[], structureCodes: Parameters['structureCodes']) {
  const differs = new Uint8Array(OWN.length);
  const parameters = { ...defaultParameters(), structureColumn: 'c_1', structureCodes };
  const compared = compareTypes(snapshotWith({ c_1: values, c_pe: [0, 0, 0, 0] }), OWN, parameters, differs);
  return { compared, differs: [...differs] };
}

describe("the file's structure types beside ours", () => {
  test.each([
    ['ovito', [3, 3, 1, 0]],
    ['lammps-cna', [3, 3, 1, 5]],
    ['lammps-ackland', [1, 1, 2, 0]],
  ] as const)('the same structures in the numbers of %s', (codes, values) => {
    const { compared, differs } = compare([...values], codes);
    expect(compared).toMatchObject({ column: 'c_1', codes, compared: 4, agreeing: 4 });
    expect(differs).toEqual([0, 0, 0, 0]);
    expect(comparedWords(compared)).toBe('100.00 % of 4 atoms are as in column c_1');
  });

  test('the numbers of one program read as those of another are other structures', () => {
    const { compared, differs } = compare([1, 1, 2, 0], 'ovito');
    expect(compared.agreeing).toBe(1);
    expect(differs).toEqual([1, 1, 1, 0]);
    expect(compared.table[FCC]![BCC]).toBe(2);
    expect(comparedWords(compared)).toBe(
      '25.00 % of 4 atoms are as in column c_1; most often the file says FCC and this program BCC (2)',
    );
  });

  test('atoms that the other program did not look at are not compared', () => {
    expect(compare([0, 3, Number.NaN, 5], 'lammps-cna').compared).toMatchObject({ compared: 2, agreeing: 2 });
  });

  test.each<[string, number[], Parameters['structureCodes'], RegExp]>([
    ['nobody says whose', [3, 3, 1, 0], 'unsaid', /expected one of ovito, lammps-cna, lammps-ackland, found nothing/],
    ['a number that the program has not', [3, 3, 1, 5], 'ovito', /column c_1 has 5 for atom 13, .* no code of OVITO/],
    ['no whole number', [3, 2.5, 1, 0], 'ovito', /has 2.5 for atom 5/],
    ['negative', [-1, 3, 1, 0], 'lammps-cna', /has -1 for atom 3/],
  ])('refused: %s', (_, values, codes, sentence) => {
    expect(() => compare(values, codes)).toThrow(sentence);
  });

  test('a column that is not there is refused with those that are', () => {
    const parameters = { ...defaultParameters(), structureColumn: 'c_1', structureCodes: 'ovito' as const };
    expect(() => compareTypes(snapshotWith({ c_pe: [0, 0, 0, 0] }), OWN, parameters, new Uint8Array(4))).toThrow(
      'grain.dump has no column c_1, only c_pe',
    );
  });

  test('every code stands for one of our types, or for no look at the atom', () => {
    for (const { types } of Object.values(STRUCTURE_CODES)) {
      expect(new Set(types.filter((type) => type !== null))).toEqual(new Set([0, 1, 2, 3, 4]));
    }
  });
});

test('columns that look like structure types are named, and nothing else', () => {
  const codes = [0, 1, 3, 5];
  const snapshot = snapshotWith({
    c_cna: codes,
    structure_type: codes,
    StructureType: codes,
    pattern: codes,
    'c_ptm[1]': codes,
    v_ackland: codes,
    c_pe: codes,
    mol: codes,
    c_cna2: [0, 1, 2, 31],
    acna: [0.5, 1, 2, 3],
  });
  expect(likelyTypeColumns(snapshot)).toEqual([
    'c_cna',
    'structure_type',
    'StructureType',
    'pattern',
    'c_ptm[1]',
    'v_ackland',
  ]);
});
