import { openAsBlob, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import { invertCell } from '#data/cell.ts';
import type { Snapshot } from '#data/snapshot.ts';
import { hasShared, needsShared, sharedPath } from '#tests/shared.ts';
import { blobSource, type FrameChoice } from './format.ts';
import { readSnapshot } from './readSnapshot.ts';
import { failureOf } from './testSupport.ts';

/** The same 1,982 atoms in many dialects; the rules are those of data/dialects/MANIFEST.json. */
const TOLERANCE = 3e-5;
const SIX_DIGITS = 6e-5;

async function readShared(path: string, frame: FrameChoice = 'last'): Promise<Snapshot> {
  const blob = await openAsBlob(sharedPath(path));
  return readSnapshot(blobSource(blob, path), { frame, memory: new MemoryLedger() });
}

const readDialect = (name: string, frame?: FrameChoice) => readShared(`data/dialects/${name}`, frame);
const readReference = () => readShared('data/fe-gb-2k.dump.gz');

/** Largest distance in any coordinate, Å, modulo the reference cell; `shift` is added to the snapshot's positions. */
function worstDeviation(snapshot: Snapshot, reference: Snapshot, shift: ArrayLike<number> = [0, 0, 0]): number {
  expect(snapshot.count).toBe(reference.count);
  const { vectors } = reference.cell;
  let worst = 0;
  snapshot.position.forEach((coordinate, at) => {
    const k = at % 3;
    const edge = vectors[4 * k]!;
    const difference = coordinate + shift[k]! - reference.position[at]!;
    worst = Math.max(worst, Math.abs(difference - edge * Math.round(difference / edge)));
  });
  return worst;
}

function column(snapshot: Snapshot, name: string): Float64Array {
  return snapshot.columns.find((candidate) => candidate.name === name)!.array;
}

/** Files whose positions, rows in id order, are the reference's. */
const SAME: readonly (readonly [string, number])[] = [
  ...[
    'crlf.dump',
    'element-no-type.dump',
    'gzip.dump.gz',
    'nan-energy.dump',
    'no-energy.dump',
    'no-final-newline.dump',
    'nonperiodic-z.dump',
    'scaled.dump',
    'scaled-unwrapped.dump',
    'shuffled-ids-gaps.dump',
    'triclinic-equivalent.dump',
    'two-types.dump',
    'units-time.dump',
    'unsorted.dump',
    'unwrapped.dump',
    'wrapped-images.dump',
    'extended-origin-id.xyz',
  ].map((name) => [name, TOLERANCE] as const),
  ['dump-atom-default.dump', TOLERANCE],
  ['extra-columns.dump', SIX_DIGITS],
  ['lammps-dump-xyz.xyz', SIX_DIGITS],
  ['data-atomic.data', TOLERANCE],
];
/** Files whose positions lack the origin. */
const SHIFTED = ['extended.xyz', 'extended.xyz.gz', 'plain.xyz'];

describe.skipIf(!hasShared)(needsShared('dialects'), () => {
  test.each(SAME)('%s has the reference positions', async (name, tolerance) => {
    const worst = worstDeviation(await readDialect(name), await readReference());
    console.info(`${name}: worst deviation ${worst.toExponential(2)} Å`);
    expect(worst).toBeLessThan(tolerance);
  });

  test.each(SHIFTED)('%s has the reference positions, shifted by the origin', async (name) => {
    const reference = await readReference();
    const worst = worstDeviation(await readDialect(name), reference, reference.cell.origin);
    console.info(`${name}: worst deviation ${worst.toExponential(2)} Å`);
    expect(worst).toBeLessThan(TOLERANCE);
  });

  test('energies come with their atoms', async () => {
    const energy = column(await readReference(), 'c_pe');
    const sum = JSON.parse(readFileSync(sharedPath('data/dialects/MANIFEST.json'), 'utf8')).sum_c_pe;
    expect(energy.reduce((total, value) => total + value, 0)).toBeCloseTo(sum, 4);
    for (const name of ['unsorted.dump', 'shuffled-ids-gaps.dump', 'wrapped-images.dump', 'extended.xyz']) {
      expect(column(await readDialect(name), 'c_pe'), name).toEqual(energy);
    }
    const withNan = column(await readDialect('nan-energy.dump'), 'c_pe');
    expect([...withNan.keys()].filter((row) => Number.isNaN(withNan[row]))).toEqual([491]);
    expect(column(await readDialect('extended-origin-id.xyz'), 'local_energy')).toEqual(energy);
  });

  test('cells, flags, ids and species', async () => {
    expect((await readDialect('nonperiodic-z.dump')).cell.periodic).toEqual([true, true, false]);
    expect((await readDialect('plain.xyz')).cell.periodic).toEqual([false, false, false]);
    expect((await readDialect('shuffled-ids-gaps.dump')).ids.slice(0, 3)).toEqual(Uint32Array.of(13, 23, 33));
    expect((await readDialect('element-no-type.dump')).species).toEqual(['Fe']);
    const { types, species } = await readDialect('two-types.dump');
    expect([types[990], types[991], species]).toEqual([0, 1, [null, null]]);
    const { cell } = await readReference();
    for (const name of ['extended.xyz', 'extended-origin-id.xyz']) {
      const given = (await readDialect(name)).cell.vectors;
      given.forEach((component, index) => {
        expect(component).toBeCloseTo(cell.vectors[index]!, 9);
      });
    }
  });

  test('a file without ids has its rows in file order', async () => {
    const ordered = await readDialect('unsorted.dump');
    const bare = await readDialect('no-id.dump');
    expect(bare.warnings.map(({ message }) => message).join()).toContain('no id column');
    const lines = readFileSync(sharedPath('data/dialects/unsorted.dump'), 'utf8').split('\n').slice(9, -1);
    lines.forEach((line, row) => {
      const id = Number(line.split(' ')[0]);
      expect(bare.position.subarray(3 * row, 3 * row + 3)).toEqual(ordered.position.subarray(3 * id - 3, 3 * id));
    });
  });

  test('triclinic cells are the true ones, not their bounding boxes', async () => {
    const reference = await readReference();
    const sheared = await readDialect('triclinic-sheared.dump');
    const edge = reference.cell.vectors[0]!;
    expect([...sheared.cell.vectors].map((value) => Number(value.toFixed(9)))).toEqual(
      [edge, 0, 0, 1.2, edge, 0, -0.7, 0.5, edge].map((value) => Number(value.toFixed(9))),
    );
    const inverse = invertCell(sheared.cell);
    let worst = 0;
    for (let row = 0; row < sheared.count; row++) {
      for (let k = 0; k < 3; k++) {
        let fraction = 0;
        for (let j = 0; j < 3; j++) {
          fraction += (sheared.position[3 * row + j]! - sheared.cell.origin[j]!) * inverse[3 * j + k]!;
        }
        const difference = fraction - (reference.position[3 * row + k]! - reference.cell.origin[k]!) / edge;
        worst = Math.max(worst, Math.abs(difference - Math.round(difference)) * edge);
      }
    }
    console.info(`triclinic-sheared.dump: worst deviation of fractions times edge ${worst.toExponential(2)} Å`);
    expect(worst).toBeLessThan(TOLERANCE);
  });

  test('data files have the cells of the dumps that they were written with, and say what they leave out', async () => {
    for (const name of ['triclinic-sheared', 'triclinic-equivalent']) {
      const [data, dump] = await Promise.all([readDialect(`${name}.data`), readDialect(`${name}.dump`)]);
      data.cell.vectors.forEach((component, index) => {
        expect(component, name).toBeCloseTo(dump.cell.vectors[index]!, 6);
      });
      const worst = worstDeviation(data, dump);
      console.info(`${name}.data: worst deviation from the dump ${worst.toExponential(2)} Å, modulo its diagonal`);
      expect(worst).toBeLessThan(TOLERANCE);
      expect(data.warnings.map(({ message }) => message).join()).toContain('velocities are left out');
    }
    const [data, last] = await Promise.all([readDialect('data-with-velocities.data'), readDialect('frames.dump')]);
    expect(worstDeviation(data, last)).toBeLessThan(SIX_DIGITS);
    expect(data.source.timestep).toBe(250);
  });

  test('a data file without a style is read where one alone fits, with a warning', async () => {
    const byHand = await readDialect('data-byhand-nostyle.data');
    expect(worstDeviation(byHand, await readReference())).toBeLessThan(TOLERANCE);
    expect(byHand.species).toEqual(['Fe', 'Cr']);
    expect(byHand.warnings.map(({ message }) => message).join()).toContain('atom style atomic, and of no other');
  });

  test('frames', async () => {
    const last = await readDialect('frames.dump');
    expect(last.source).toMatchObject({ frame: 5, frameCount: 6, timestep: 250 });
    expect((await readDialect('frames.dump', 'first')).source).toMatchObject({ frame: 0, frameCount: 6, timestep: 0 });
    const [first, third] = await Promise.all([0, 2].map((frame) => readDialect('extended-3frames.xyz', frame)));
    expect(third!.cell.vectors[0]! / first!.cell.vectors[0]!).toBeCloseTo(1.002, 9);
  });

  test('a truncated file is refused with its line', async () => {
    const failure = await failureOf(readDialect('truncated.dump'));
    expect(failure.tag).toBe('bad-input');
    expect(failure.line).toBe(readFileSync(sharedPath('data/dialects/truncated.dump'), 'utf8').split('\n').length);
  });

  test.each([
    ['POSCAR-cartesian', ['Fe']],
    ['POSCAR-direct', ['Fe']],
    ['POSCAR-direct-velocities', ['Fe']],
    ['POSCAR-scale-selective', ['Fe']],
    ['POSCAR-two-species', ['Fe', 'Cr']],
  ])('%s has the reference positions, shifted by the origin', async (name, species) => {
    const [given, reference] = await Promise.all([readDialect(name), readReference()]);
    const worst = worstDeviation(given, reference, reference.cell.origin);
    console.info(`${name}: worst deviation ${worst.toExponential(2)} Å`);
    expect(worst).toBeLessThan(TOLERANCE);
    expect(given.species).toEqual(species);
    given.cell.vectors.forEach((component, index) => {
      expect(component).toBeCloseTo(reference.cell.vectors[index]!, 9);
    });
    if (name === 'POSCAR-two-species') expect([given.types[990], given.types[991]]).toEqual([0, 1]);
    const left = given.warnings.some(({ message }) => message.includes('velocities'));
    expect(left).toBe(name === 'POSCAR-direct-velocities');
  });

  test('atomeye.0.cfg has the reference positions as parts of its cell, and the energies', async () => {
    const [given, reference] = await Promise.all([readDialect('atomeye.0.cfg'), readReference()]);
    const [its, edge] = [given.cell.vectors[0]!, reference.cell.vectors[0]!];
    // Six digits of the cell make 4e-5 Å: fractions are what the file says to its precision.
    const scaled = { ...given, position: given.position.map((coordinate) => (coordinate / its) * edge) };
    const worst = worstDeviation(scaled, reference, reference.cell.origin);
    console.info(`atomeye.0.cfg: worst deviation of fractions times edge ${worst.toExponential(2)} Å`);
    expect(worst).toBeLessThan(TOLERANCE);
    expect([given.species, given.ids[0]]).toEqual([['Fe'], 1]);
    expect(column(given, 'c_pe')[0]).toBeCloseTo(column(reference, 'c_pe')[0]!, 4);
  });
});
