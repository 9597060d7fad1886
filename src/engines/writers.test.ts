import { describe, expect, test } from 'vitest';
import { makeCubicCell } from '#data/cell.ts';
import { Refusal } from '#data/errors.ts';
import type { Structure } from '#formats/format.ts';
import { buildBulkReference } from '#kernels/replica/bulkReference.ts';
import { replicaStructure, THREE_ATOMS } from '#tests/cellStructures.ts';
import { FE_GB_2K } from '#tests/fixture.ts';
import { hasShared, sharedPath } from '#tests/shared.ts';
import type { InputSettings, InputWriter } from './input.ts';
import { INPUT_WRITERS, previewInput } from './writers.ts';

const bulk = buildBulkReference(2.86);
const BULK: Structure = {
  cell: makeCubicCell(bulk.edge),
  species: Array<string>(54).fill('Fe'),
  position: bulk.position,
  comment: 'bulk reference, 3 x 3 x 3 bcc, lattice constant 2.86 Å; the energy of atom 1 is wanted',
};
const REPLICAS: [string, Structure][] = [
  ['atom 501 of fe-gb-2k', replicaStructure(FE_GB_2K, 501, 'new-pairs')],
  ['the bulk cell', BULK],
];
if (hasShared) {
  REPLICAS.push(['atom 1472 of fe-gb-16k', replicaStructure(sharedPath('data/fe-gb-16k.dump.gz'), 1472, 'all-pairs')]);
}

/** What Cr needs to be written for. */
const WITH_CR: Record<string, InputSettings> = {
  vasp: {},
  qe: { values: { pseudopotential: 'Fe=Fe.UPF, Cr=Cr.UPF' } },
  cp2k: { values: { basis: 'Fe=DZVP-MOLOPT-SR-GTH Cr=SZV-MOLOPT-SR-GTH', potential: 'Fe=GTH-PBE-q16 Cr=GTH-PBE-q14' } },
  openmx: {
    values: {
      basis: 'Fe=Fe6.0S-s3p2d1 Cr=Cr6.0-s3p2d1',
      potential: 'Fe=Fe_PBE19S Cr=Cr_PBE19',
      valence: 'Fe=14 Cr=14',
    },
  },
  lammps: { values: { potential: 'FeCr.eam.alloy' } },
};

/** Rows `x y z` of the atoms of an input, by a small parser of its own; Å from the origin of the cell. */
const READ_ATOMS: Record<string, (files: Map<string, string>) => number[][]> = {
  vasp(files) {
    const lines = files.get('POSCAR')!.trimEnd().split('\n');
    const rows = lines.slice(2, 5).map((line) => line.trim().split(/\s+/).map(Number));
    return lines.slice(8).map((line) => {
      const [u, v, w] = line.trim().split(/\s+/).map(Number);
      return [0, 1, 2].map((k) => u! * rows[0]![k]! + v! * rows[1]![k]! + w! * rows[2]![k]!);
    });
  },
  qe: (files) => rowsBetween(files.get('cell.in')!, 'ATOMIC_POSITIONS angstrom', 'K_POINTS', 1),
  cp2k: (files) => rowsBetween(files.get('cell.inp')!, '&COORD', '&END COORD', 1),
  openmx: (files) =>
    rowsBetween(files.get('cell.dat')!, '<Atoms.SpeciesAndCoordinates\n', 'Atoms.SpeciesAndCoordinates>', 2),
  lammps(files) {
    const text = files.get('cell.data')!;
    const low = [...text.matchAll(/^(\S+) \S+ [xyz]lo [xyz]hi$/gm)].map((match) => Number(match[1]));
    const rows = rowsBetween(`${text}END`, 'Atoms # atomic\n', 'END', 2);
    return rows.map((row) => row.map((value, k) => value - low[k]!));
  },
};

function rowsBetween(text: string, start: string, end: string, skip: number): number[][] {
  const from = text.indexOf(start) + start.length;
  return text
    .slice(from, text.indexOf(end, from))
    .trim()
    .split('\n')
    .map((line) =>
      line
        .trim()
        .split(/\s+/)
        .slice(skip, skip + 3)
        .map(Number),
    );
}

const filesOf = (writer: InputWriter, structure: Structure, settings?: InputSettings) =>
  new Map(previewInput(writer, structure, settings).map(({ path, text }) => [path, text]));

describe.each(INPUT_WRITERS.map((writer): [string, InputWriter] => [writer.code, writer]))('%s', (_, writer) => {
  const settings = WITH_CR[writer.id]!;

  test.each(REPLICAS)('%s: every atom where it is, the centre first and at the middle', (_name, structure) => {
    const files = filesOf(writer, structure);
    expect([...files.keys()]).toEqual([...writer.templates.map(({ file }) => file), ...writer.plainFiles]);
    const atoms = READ_ATOMS[writer.id]!(files);
    expect(atoms.length).toBe(structure.species.length);
    const middle = structure.cell.vectors[0]! / 2;
    for (const value of atoms[0]!) expect(value).toBeCloseTo(middle, 9);
    atoms.flat().forEach((value, k) => {
      expect(Math.abs(value - structure.position[k]!)).toBeLessThan(6e-11);
    });
    for (const [path, text] of files) {
      expect(text, path).not.toContain('{{');
      expect(text, path).not.toMatch(/undefined|NaN/);
      expect(text.endsWith('\n'), path).toBe(true);
    }
  });

  test('three atoms of two elements in a skew cell: the centre first, relative to the origin', () => {
    const atoms = READ_ATOMS[writer.id]!(filesOf(writer, THREE_ATOMS, settings));
    const rows = [
      [2, 2, 6],
      [0, 0, 0],
      [0.25, 0.5, 0.0000000001],
    ];
    // A POSCAR has its atoms in blocks of one element.
    const order = writer.id === 'vasp' ? [0, 2, 1] : [0, 1, 2];
    expect(atoms).toEqual(order.map((row) => rows[row]!.map((value) => expect.closeTo(value, 10))));
  });

  test('every placeholder has its line, and a template of all of them is filled in', () => {
    const names = writer.placeholders.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { description } of writer.placeholders) expect(description).toMatch(/^[^\n]{8,}$/);
    expect(names).toEqual(expect.arrayContaining(['title', 'centreId', 'atomCount', 'elements', 'cellA', 'cellC']));
    const { file } = writer.templates[0]!;
    const template = names.map((name) => `${name}: {{${name}}}`).join('\n');
    const text = filesOf(writer, THREE_ATOMS, { ...settings, templates: { [file]: template } }).get(file)!;
    expect(text).not.toContain('{{');
    expect(text).toContain('\natomCount: 3\nspeciesCount: 2\nelements: Fe Cr\n');
    expect(text).toContain('\ncentreId: 12\n');
    expect(text).toContain('\ncellB: 1.0000000000    5.0000000000    0.0000000000\n');
    expect(text.split('\n')[0]).toBe('title: replica cell of atom 12, edge 4 A x of a .dump more');
  });

  test('a placeholder that is not there is told with its file and line; so is a template', () => {
    const { file } = writer.templates[0]!;
    const write = (templates: Record<string, string>) => () => writer.write(BULK, { templates });
    expect(write({ [file]: 'a\n{{edge}}' })).toThrow(
      `${file}, line 2: There is no placeholder {{edge}}, only {{title}}, {{centreId}}, {{atomCount}}`,
    );
    expect(write({ other: '' })).toThrow(`${writer.code} has no template other, only ${file}`);
  });

  test('settings of another code and cells without atoms are refused', () => {
    expect(() => writer.write(BULK, { values: { colour: 'red' } })).toThrow(Refusal);
    expect(() => writer.write({ ...BULK, species: [], position: new Float64Array() })).toThrow(Refusal);
  });

  test('says what it needs', () => {
    const keys = writer.parameters.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const sentence of [writer.energyNote, ...writer.supplies]) expect(sentence).toMatch(/\.$/);
    expect(writer.command).not.toBe('');
    expect(writer.outputs.length).toBeGreaterThan(0);
    expect(writer.versions).not.toBe('');
  });
});

test('codes without atomic energies say what is needed for them', () => {
  const without = INPUT_WRITERS.filter((writer) => !writer.atomicEnergies);
  expect(without.map(({ id }) => id)).toEqual(['vasp', 'qe']);
  for (const { energyNote } of without) expect(energyNote).toMatch(/EDM patch for VASP, or QMAS/);
});
