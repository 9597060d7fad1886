import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeCell } from '#data/cell.ts';
import { readEamPotential } from '#formats/eamPotential/read.ts';
import { buildEamModel } from '#kernels/eam/model.ts';
import { seededDraw } from '#kernels/random/random.ts';
import { buildBulkReference } from '#kernels/replica/bulkReference.ts';
import { energiesOfCell } from './eamCells.ts';

const FILE = 'public/fe-fs1984.eam.fs';
const text = readFileSync(FILE, 'utf8');
const model = buildEamModel(readEamPotential(text, FILE));

/** The published formula, eV and Å. */
const V = (r: number) => (r < 3.4 ? (r - 3.4) ** 2 * (1.2371147 - 0.3592185 * r - 0.0385607 * r ** 2) : 0);
const phi = (r: number) => (r < 3.569745 ? (r - 3.569745) ** 2 + (1.8 * (r - 3.569745) ** 3) / 3.569745 : 0);
const A = 1.828905;
const CUTOFF = 3.569745;

/** Energy of every atom of a cell by the formula itself, eV: sums over images. `vectors` in rows, Å. */
function byFormula(position: Float64Array, vectors: readonly number[]): number[] {
  const count = position.length / 3;
  const steps = [-1, 0, 1];
  const shifts = steps.flatMap((i) => steps.flatMap((j) => steps.map((k) => [i, j, k] as const)));
  return Array.from({ length: count }, (_, i) => {
    let [rho, pairs] = [0, 0];
    for (let j = 0; j < count; j++) {
      for (const [a, b, c] of shifts) {
        const apart = [0, 1, 2].map(
          (k) =>
            position[3 * j + k]! - position[3 * i + k]! + a * vectors[k]! + b * vectors[3 + k]! + c * vectors[6 + k]!,
        );
        const r = Math.hypot(...apart);
        if (r < 1e-6 || r >= CUTOFF) continue;
        rho += phi(r);
        pairs += V(r);
      }
    }
    return 0.5 * pairs - A * Math.sqrt(rho);
  });
}

function byTable(position: Float64Array, vectors: readonly number[]): Float64Array {
  const types = new Uint8Array(position.length / 3);
  return energiesOfCell(position, makeCell(vectors), types, Uint8Array.of(0), model);
}

test('the tables give what the formula gives, for atoms shaken as at a boundary', () => {
  const { position, edge } = buildBulkReference(2.8665);
  const draw = seededDraw(1, 'shaken atoms');
  const vectors = [edge, 0, 0, 0, edge, 0, 0, 0, edge];
  let largest = 0;
  for (let round = 0; round < 20; round++) {
    const shaken = position.map((value) => value + 0.5 * (draw(1001) / 1000 - 0.5));
    const wanted = byFormula(shaken, vectors);
    byTable(shaken, vectors).forEach((energy, k) => {
      largest = Math.max(largest, Math.abs(energy - wanted[k]!));
    });
  }
  console.info(`largest deviation from the formula ${largest.toExponential(2)} eV`);
  expect(largest).toBeLessThan(1e-6);
});

test('lattice constant, cohesive energy and elastic constants are the published ones', () => {
  const a = 2.8665;
  const { position, edge } = buildBulkReference(a);
  /** Energy of an atom of the strained crystal, eV; x' = x + e.x with `e` in rows. */
  const energy = (e: readonly number[]) => {
    const strained = (v: readonly number[]) =>
      [0, 1, 2].map((r) => v[r]! + e[3 * r]! * v[0]! + e[3 * r + 1]! * v[1]! + e[3 * r + 2]! * v[2]!);
    const moved = new Float64Array(position.length);
    for (let k = 0; k < position.length; k += 3) moved.set(strained([...position.subarray(k, k + 3)]), k);
    const vectors = [0, 1, 2].flatMap((k) => strained([0, 1, 2].map((c) => (c === k ? edge : 0))));
    return byTable(moved, vectors)[0]!;
  };
  expect(energy([0, 0, 0, 0, 0, 0, 0, 0, 0])).toBeCloseTo(-4.28, 4);

  const h = 2e-3;
  const GPA = 160.2177;
  const volume = a ** 3 / 2;
  const along = (strain: (x: number) => readonly number[]) => {
    const [less, none, more] = [-h, 0, h].map((x) => energy(strain(x)));
    return { slope: (more! - less!) / (2 * h), stiffness: ((more! + less! - 2 * none!) / h ** 2 / volume) * GPA };
  };
  const volumetric = along((x) => [x, 0, 0, 0, x, 0, 0, 0, x]);
  const c11 = along((x) => [x, 0, 0, 0, 0, 0, 0, 0, 0]).stiffness;
  const c12 = (volumetric.stiffness / 3 - c11) / 2;
  const c44 = along((x) => [0, x, 0, 0, 0, 0, 0, 0, 0]).stiffness;
  // The least energy lies where the slope is zero: off by slope over curvature.
  const offset = (a * volumetric.slope) / ((volumetric.stiffness * volume) / GPA);
  console.info(
    `a ${(a - offset).toFixed(5)} Å, C11 ${c11.toFixed(1)}, C12 ${c12.toFixed(1)}, C44 ${c44.toFixed(1)} GPa`,
  );
  expect(Math.abs(offset)).toBeLessThan(1e-4);
  expect(Math.abs(c11 - 243.1)).toBeLessThan(1);
  expect(Math.abs(c12 - 138.1)).toBeLessThan(1);
  expect(Math.abs(c44 - 121.9)).toBeLessThan(1);
});

test('the shipped file is what the script writes, and says what it is and by whom', () => {
  const folder = mkdtempSync(join(tmpdir(), 'iron-'));
  try {
    const written = join(folder, 'fe.eam.fs');
    execFileSync(process.execPath, ['scripts/ironPotential.mjs', written]);
    expect(readFileSync(written, 'utf8')).toBe(text);
  } finally {
    rmSync(folder, { recursive: true });
  }
  const { comments, elements, cutoff } = readEamPotential(text, FILE);
  expect(comments.join(' ')).toMatch(/Finnis.*Sinclair.*1984.*1986.*MIT licence/);
  expect(elements).toEqual([{ symbol: 'Fe', atomicNumber: 26, mass: 55.845 }]);
  expect(cutoff).toBe(CUTOFF);
});
