#!/usr/bin/env node
/**
 * Writes public/fe-fs1984.eam.fs: iron by Finnis and Sinclair, Phil. Mag. A 50, 45 (1984), with the parameters of the
 * erratum, 53, 161 (1986), tabulated for programs that read eam/fs. The formula and its numbers are published; the
 * table is ours, and so goes with the program.
 *
 *     node scripts/ironPotential.mjs [FILE]
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** d, c: Å. A: eV (phi in Å^2). c0, c1, c2: eV/Å^2, eV/Å^3, eV/Å^4. */
const IRON = { d: 3.569745, A: 1.828905, beta: 1.8, c: 3.4, c0: 1.2371147, c1: -0.3592185, c2: -0.0385607 };
/** Å and u. */
const [LATTICE_CONSTANT, MASS, NUMBER] = [2.8665, 55.845, 26];

const STEPS = 2000;
/** Densities of a crystal and its boundaries are 5 to 10; beyond the table programs go on along the last slope. */
const HIGHEST_DENSITY = 20;
const DIGITS = 12;
const NUMBERS_A_LINE = 5;

const { d, A, beta, c, c0, c1, c2 } = IRON;
/** @typedef {(x: number) => number} Curve */
/** @type {Curve} eV. */
const embedding = (rho) => -A * Math.sqrt(rho);
/** @type {Curve} Å^2. */
const density = (r) => (r < d ? (r - d) ** 2 + (beta * (r - d) ** 3) / d : 0);
/** @type {Curve} eV. */
const pair = (r) => (r < c ? (r - c) ** 2 * (c0 + c1 * r + c2 * r * r) : 0);

/** @type {Curve} eV Å. */
const pairTimesDistance = (r) => r * pair(r);

/**
 * [STEPS + 1] values at even steps from 0 to `last`, five numbers a line.
 * @param {Curve} f
 * @param {number} last
 */
function table(f, last) {
  // Adding 0 makes no negative zero of one.
  const words = Array.from({ length: STEPS + 1 }, (_, k) => (f((k * last) / STEPS) + 0).toPrecision(DIGITS));
  const lines = [];
  for (let k = 0; k < words.length; k += NUMBERS_A_LINE) lines.push(words.slice(k, k + NUMBERS_A_LINE).join(' '));
  return lines;
}

const lines = [
  '# Fe: M. W. Finnis and J. E. Sinclair, Phil. Mag. A 50, 45 (1984); erratum 53, 161 (1986). UNITS: metal',
  `# d ${d} A ${A} beta ${beta} c ${c} c0 ${c0} c1 ${c1} c2 ${c2}`,
  '# Tabulated from these published numbers by Grainscope (scripts/ironPotential.mjs), under its MIT licence.',
  '1 Fe',
  [STEPS + 1, HIGHEST_DENSITY / STEPS, STEPS + 1, d / STEPS, d].join(' '),
  `${NUMBER} ${MASS} ${LATTICE_CONSTANT} bcc`,
  ...table(embedding, HIGHEST_DENSITY),
  ...table(density, d),
  ...table(pairTimesDistance, d),
];
const target = process.argv[2] ?? fileURLToPath(new URL('../public/fe-fs1984.eam.fs', import.meta.url));
writeFileSync(target, `${lines.join('\n')}\n`);
