import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { sentCellOf } from '#campaign/sentCells.ts';
import { EV_PER_UNIT } from '#chem/units.ts';
import { inlineExecutor } from '#compute/inlineExecutor.ts';
import { MemoryLedger } from '#data/buffers.ts';
import { Control } from '#data/control.ts';
import { blobSource } from '#formats/format.ts';
import { defaultParameters, type Parameters } from '#pipeline/parameters.ts';
import { Session } from '#pipeline/session.ts';
import {
  cp2kOutput,
  dftbOutput,
  dumpOutput,
  extxyzOutput,
  lsmsOutput,
  type OutputAtom,
  openmxOutput,
} from './engineOutputs.ts';
import { FE_GB_2K } from './fixture.ts';

/** A program by what it writes, energies in its own unit, and how its output looks when things went wrong. */
interface Program {
  readonly write: (atoms: readonly OutputAtom[]) => string;
  readonly unit_eV: number;
  readonly kind: { readonly code: string; readonly partition: string };
  /** Makes a good output one that did not converge; null where the format cannot say so. */
  readonly unsettle: ((text: string) => string) | null;
  readonly hasCoordinates: boolean;
}

const PROGRAMS: Record<string, Program> = {
  CP2K: {
    write: cp2kOutput,
    unit_eV: EV_PER_UNIT.Ha,
    kind: { code: 'CP2K', partition: 'mulliken' },
    unsettle: (text) => text.replace(/ {2}\*\*\* SCF run converged.*/, '  *** WARNING SCF run NOT converged ***'),
    hasCoordinates: true,
  },
  OpenMX: {
    write: openmxOutput,
    unit_eV: EV_PER_UNIT.Ha,
    kind: { code: 'OpenMX', partition: 'basis-projection' },
    unsettle: (text) => text.replace('Uele= -33.043200000000', 'Uele= -33.000000000000'),
    hasCoordinates: true,
  },
  'DFTB+': {
    write: dftbOutput,
    unit_eV: EV_PER_UNIT.Ha,
    kind: { code: 'DFTB+', partition: 'tight-binding' },
    unsettle: (text) => text.replace('SCC converged', 'SCC is NOT converged, maximal SCC iterations exceeded'),
    hasCoordinates: false,
  },
  LSMS: {
    write: lsmsOutput,
    unit_eV: EV_PER_UNIT.Ry,
    kind: { code: 'LSMS', partition: 'atomic-spheres' },
    unsettle: null,
    hasCoordinates: true,
  },
  'LAMMPS dump': {
    write: dumpOutput,
    unit_eV: 1,
    kind: { code: 'LAMMPS', partition: 'classical' },
    unsettle: null,
    hasCoordinates: true,
  },
  'extended XYZ': {
    write: extxyzOutput,
    unit_eV: 1,
    kind: { code: 'extended XYZ', partition: 'unstated' },
    unsettle: null,
    hasCoordinates: true,
  },
};

const PICKS = 2;
/** In the unit of the program. */
const CENTRE = -100.25;
const energyAt = (job: number, atom: number) => CENTRE - 0.01 * job - 0.001 * atom;
const parameters: Parameters = { ...defaultParameters(), count: PICKS, components: 3 };

let session: Session;
/** Atoms of the bulk cell and of the cells of two picks. */
let cells: OutputAtom[][];
let ids: number[];

beforeAll(async () => {
  session = new Session(inlineExecutor, new MemoryLedger());
  const snapshot = blobSource(new Blob([readFileSync(FE_GB_2K)]), 'fe-gb-2k.dump.gz');
  await session.bringTo('replicas', parameters, new Control(), { snapshot });
  const { campaign } = session.results.replicas!;
  ids = campaign.jobs.map(({ id }) => id);
  cells = campaign.jobs.map((job, rank) => {
    const { position } = sentCellOf(campaign, job)!;
    return Array.from({ length: position.length / 3 }, (_, atom) => ({
      at: [...position.subarray(3 * atom, 3 * atom + 3)],
      energy: energyAt(rank, atom),
    }));
  });
});

describe.each(Object.entries(PROGRAMS))('%s', (_, { write, unit_eV, kind, unsettle, hasCoordinates }) => {
  /** What becomes of the first pick when its output is changed; the others come back as they should. */
  const importWith = async (change: (good: string) => string) => {
    const outputs = cells.map(write);
    outputs[1] = change(outputs[1]!);
    const files = outputs.map((text, rank) => {
      const path = `jobs/${rank === 0 ? '0000_bulk' : `000${rank}_id${ids[rank]}`}/output`;
      return { path, source: blobSource(new Blob([text]), 'output') };
    });
    const { summary, warnings } = await session.run('energies', parameters, new Control(), { name: 'back', files });
    expect(summary.entries.find(({ id }) => id === ids[2])).toMatchObject({ state: 'ok' });
    const entry = summary.entries.find(({ id }) => id === ids[1]);
    return { summary, entry, said: warnings.map(({ message }) => message).join('\n') };
  };

  test('good: the energy of the centre, in eV, with program and partition', async () => {
    const { entry, summary } = await importWith((good) => good);
    expect(entry).toMatchObject({ state: 'ok', partition: kind.partition });
    expect(summary.kinds).toEqual([{ ...kind, count: PICKS + 1 }]);
    expect(entry!.energy_eV! / unit_eV).toBeCloseTo(energyAt(1, 0), 5);
  });

  if (unsettle) {
    test('unconverged: put aside with the reason', async () => {
      const { entry } = await importWith(unsettle);
      expect(entry).toMatchObject({ state: 'quarantined', reason: expect.stringMatching(/converge|scf\.criterion/) });
    });
  }

  test.each([0.2, 0.5, 0.8])('cut at %f of its length: never used', async (part) => {
    const { entry, summary } = await importWith((good) => good.slice(0, Math.floor(part * good.length)));
    expect(entry?.state ?? 'quarantined').toBe('quarantined');
    expect(summary.missing).toEqual([ids[1]]);
  });

  test('atoms in another order: matched where the file has coordinates, else said to be trusted', async () => {
    const { entry, said } = await importWith(() => write([...cells[1]!].reverse()));
    if (hasCoordinates) {
      expect(entry!.energy_eV! / unit_eV).toBeCloseTo(energyAt(1, 0), 5);
      expect(said).toContain('they were matched by coordinates');
    } else {
      expect(said).toContain('the order of its atoms is trusted');
    }
  });

  test('the cell of another job: put aside', async () => {
    const { entry } = await importWith(() => write(cells[2]!.slice(0, -1)));
    expect(entry).toMatchObject({ state: 'quarantined', energy_eV: null });
  });
});

test.each([
  ['extended XYZ', extxyzOutput, 'energies:R:1', 'a:R:1:b:R:1'],
  ['LAMMPS dump', dumpOutput, 'c_pe', 'a b'],
])('%s: the column of the energies can be named', async (_, write, one, two) => {
  const withTwo = (atoms: readonly OutputAtom[]) =>
    write(atoms)
      .replace(one, two)
      .replace(/ (-\d+\.\d+)$/gm, (__, energy: string) => ` ${energy} ${Number(energy) - 7}`);
  const files = cells.map((atoms, rank) => {
    const path = `jobs/${rank === 0 ? '0000_bulk' : `000${rank}_id${ids[rank]}`}/output`;
    return { path, source: blobSource(new Blob([withTwo(atoms)]), 'output') };
  });
  const take = (energyColumn: string | null) =>
    session.run('energies', { ...parameters, energyColumn }, new Control(), { name: 'back', files });
  const { summary } = await take('b');
  expect(summary.entries.map(({ energy_eV }) => energy_eV)).toEqual(
    cells.map((_atoms, rank) => expect.closeTo(energyAt(rank, 0) - 7, 5)),
  );
  // Which of two is meant cannot be told; nor is there a third.
  for (const column of [null, 'c']) await expect(take(column)).rejects.toThrow(/found a, b/);
});
