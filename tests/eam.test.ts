import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import { type Cell, makeCell, makeCubicCell } from '#data/cell.ts';
import { rowOfId } from '#data/snapshot.ts';
import { readEamPotential } from '#formats/eamPotential/read.ts';
import { buildCellList } from '#kernels/cellList/cellList.ts';
import { EamEnergies, energyOfFirst } from '#kernels/eam/energies.ts';
import { buildEamModel, matchElements } from '#kernels/eam/model.ts';
import { cutReplicas, type ReplicaCell } from '#kernels/replica/cutReplica.ts';
import { energiesOfCell } from './eamCells.ts';
import { ironPath, makeArtificial, needsIron, writePotential } from './eamPotentials.ts';
import { FE_GB_2K } from './fixture.ts';
import { hasLammps, needsLammps, runLammps } from './lammps.ts';
import { type LoadedDump, loadDump } from './loadDump.ts';
import { hasShared, needsShared, sharedPath } from './shared.ts';

const IRON = Uint8Array.of(0);
const readIron = () => buildEamModel(readEamPotential(readFileSync(ironPath!, 'utf8'), ironPath!));

function largestDeviation(name: string, found: ArrayLike<number>, wanted: ArrayLike<number>): number {
  expect(found.length).toBe(wanted.length);
  let largest = 0;
  for (let k = 0; k < found.length; k++) {
    const deviation = Math.abs(found[k]! - wanted[k]!);
    // NaN counts as the largest of all.
    if (!(deviation <= largest)) largest = deviation;
  }
  console.info(`${name}: largest deviation ${largest.toExponential(2)} eV over ${found.length} atoms`);
  return largest;
}

const listOf = (dump: LoadedDump) => buildCellList(dump.position, dump.cell, 2, new MemoryLedger());

/** Reads the cell files of the reference: cubic, one type. */
function readCellData(path: string): { cell: Cell; position: Float64Array } {
  const text = readFileSync(path, 'utf8');
  const edge = Number(/^0\.0 (\S+) xlo xhi$/m.exec(text)![1]);
  const rows = text.split('Atoms # atomic\n\n')[1]!.trimEnd().split('\n');
  return {
    cell: makeCubicCell(edge),
    position: Float64Array.from(rows.flatMap((row) => row.split(' ').slice(2).map(Number))),
  };
}

function energiesOfIron(position: Float64Array, cell: Cell): Float64Array {
  return energiesOfCell(position, cell, new Uint8Array(position.length / 3), IRON, readIron());
}

describe('iron, against the energies that LAMMPS wrote beside the reference data', () => {
  /** @param bound Positions have five decimals: what they are worth in eV grows with the forces, so with heat. */
  function compareSnapshot(name: string, path: string | URL, bound: number): void {
    const dump = loadDump(path);
    const list = listOf(dump);
    const kernel = new EamEnergies({ list, types: new Uint8Array(list.count), elementOfType: IRON }, readIron());
    const energy = new Float64Array(list.count);
    const start = performance.now();
    expect(kernel.compute(0, list.count, energy)).toBe(0);
    console.info(`${name}: ${((1000 * (performance.now() - start)) / list.count).toFixed(1)} µs an atom`);
    expect(largestDeviation(name, energy, dump.energy)).toBeLessThan(bound);
  }

  test.skipIf(!ironPath)(needsIron('fe-gb-2k: c_pe of every atom'), () => compareSnapshot('fe-gb-2k', FE_GB_2K, 2e-5));

  const large = process.env.GRAINSCOPE_LARGE === '1' ? ['fe-gb-1m'] : [];
  const cold = ['fe-gb-16k', 'fe-gb-128k', ...large].map((name) => [name, 2e-5] as const);
  const hot = ['fe-gb-2k-1400K', 'fe-gb-16k-1400K', 'fe-gb-128k-1400K'].map((name) => [name, 5e-5] as const);
  test.skipIf(!ironPath || !hasShared).each([...cold, ...hot])(
    needsIron(needsShared('%s: c_pe of every atom')),
    (name, bound) => compareSnapshot(name, sharedPath(`data/${name}.dump.gz`), bound),
  );

  test.skipIf(!ironPath || !hasShared)(
    needsIron(needsShared('replica cells, every atom, the same coordinates')),
    () => {
      const folder = sharedPath('reference/dft/lammps/cells');
      const ids = readdirSync(folder);
      expect(ids.length).toBe(4);
      for (const id of ids) {
        const { cell, position } = readCellData(`${folder}/${id}/cell.data`);
        const rows = readFileSync(`${folder}/${id}/all.dump`, 'utf8').trimEnd().split('\n').slice(9);
        const wanted = rows.map((row) => Number(row.split(' ')[5]));
        expect(largestDeviation(`cell ${id}`, energiesOfIron(position, cell), wanted)).toBeLessThan(1e-8);
      }
    },
  );

  test.skipIf(!ironPath || !hasShared)(needsIron(needsShared('the centres of 150 replica cells that we cut')), () => {
    const dump = loadDump(sharedPath('data/fe-gb-16k.dump.gz'));
    const manifest = JSON.parse(readFileSync(sharedPath('reference/dft/lammps/manifest.json'), 'utf8')) as {
      id: number;
      n: number;
      e_replica: number;
    }[];
    expect(manifest.length).toBe(150);
    const rows = manifest.map(({ id }) => rowOfId(dump.ids, id));
    const cells = cutReplicas(listOf(dump), rows, { edge: 10, minDistance: 2.2, seam: 'all-pairs' });
    const model = readIron();
    const centre = ({ position, edge }: ReplicaCell) =>
      energyOfFirst(
        position,
        makeCubicCell(edge),
        new Uint8Array(position.length / 3),
        IRON,
        model,
        new MemoryLedger(),
      );
    const found = rows.map((row) => cells.get(row)!);
    expect(found.map((cell) => cell.rows.length)).toEqual(manifest.map(({ n }) => n));
    const wanted = manifest.map((entry) => entry.e_replica);
    expect(largestDeviation('replicas', found.map(centre), wanted)).toBeLessThan(2e-5);
  });
});

describe('against LAMMPS at work', () => {
  /** Atoms on a jittered grid, kinds in turn; a along x, b in the xy plane. */
  function someAlloy(points: number, spacing: number) {
    const edge = points * spacing;
    const cell = makeCell([edge, 0, 0, 0.45 * edge, edge, 0, -0.3 * edge, 0.2 * edge, edge], [1, -2, 3]);
    const v = cell.vectors;
    let state = 7;
    const jitter = () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return 0.18 * (state / 2_147_483_648 - 0.5);
    };
    const position: number[] = [];
    for (let i = 0; i < points ** 3; i++) {
      const f = [Math.floor(i / points ** 2), Math.floor(i / points) % points, i % points].map(
        (x) => (x + 0.5 + jitter()) / points,
      );
      for (let k = 0; k < 3; k++)
        position.push(cell.origin[k]! + f[0]! * v[k]! + f[1]! * v[3 + k]! + f[2]! * v[6 + k]!);
    }
    return {
      cell,
      position: Float64Array.from(position),
      types: Uint8Array.from({ length: points ** 3 }, (_, k) => ((k * k) % 3) % 2),
    };
  }

  // Spacings: dense enough that densities leave the table; 2 points: the cell is smaller than the cutoff.
  describe.each(['eam/alloy', 'eam/fs'] as const)('%s, two elements that do not exist', (style) => {
    test.skipIf(!hasLammps).each([
      [2, 2.7],
      [5, 2.6],
      [6, 1.5],
    ])(needsLammps('%d points along an edge, %d Å apart'), (points, spacing) => {
      const { cell, position, types } = someAlloy(points, spacing);
      const artificial = makeArtificial(style);
      const text = writePotential(artificial);
      const potential = readEamPotential(text, 'x');
      // Types in another order than the file's elements.
      const species = ['Al', 'Fe'];
      const wanted = runLammps({ style, potential: { text }, species, cell, position, types });
      const model = buildEamModel(potential);
      const found = energiesOfCell(position, cell, types, matchElements(potential, species), model);
      expect(largestDeviation(`${style}, ${points}^3 at ${spacing} Å`, found, wanted)).toBeLessThan(1e-8);
    });
  });

  test.skipIf(!hasLammps || !ironPath)(needsLammps(needsIron('fe-gb-2k, the same coordinates')), () => {
    const { cell, position } = loadDump(FE_GB_2K);
    const types = new Uint8Array(position.length / 3);
    const wanted = runLammps({
      style: 'eam/fs',
      potential: { path: ironPath! },
      species: ['Fe'],
      cell,
      position,
      types,
    });
    expect(largestDeviation('fe-gb-2k by lmp', energiesOfIron(position, cell), wanted)).toBeLessThan(1e-8);
  });
});
