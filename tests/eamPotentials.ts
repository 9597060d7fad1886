import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cell } from '#data/cell.ts';
import { type EamPotential, triangle } from '#data/eamPotential.ts';

const FILE = 'Fe_mm.eam.fs';

/** The iron potential of the reference data is not ours to pass on: `GRAINSCOPE_EAM` names it, or LAMMPS brings it. */
function findIron(): string | null {
  const named = process.env.GRAINSCOPE_EAM;
  const inNamed = named && existsSync(named) && statSync(named).isDirectory() ? join(named, FILE) : named;
  const places = [inNamed, `/usr/share/lammps/potentials/${FILE}`];
  return places.find((path): path is string => path !== undefined && existsSync(path)) ?? null;
}

export const ironPath = findIron();

/** Title of a test that needs the iron potential. */
export function needsIron(title: string): string {
  return ironPath ? title : `${title} (skipped: no ${FILE})`;
}

export const hasLammps = spawnSync('lmp', ['-h']).status === 0;

/** Title of a test that runs LAMMPS. */
export function needsLammps(title: string): string {
  return hasLammps ? title : `${title} (skipped: no lmp)`;
}

interface Shape {
  readonly depth: number;
  readonly nearest: number;
}

const CUTOFF = 5.5;
const [DISTANCES, DENSITIES] = [600, 400];
const STEPS = { distance: CUTOFF / (DISTANCES - 1), density: 0.06 };

/** Two elements that do not exist: pairs by Morse, densities that fall off, embedding by a square root. */
export function makeArtificial(style: EamPotential['style']): EamPotential {
  const elements = [
    { symbol: 'Fe', atomicNumber: 26, mass: 55.845 },
    { symbol: 'Al', atomicNumber: 13, mass: 26.982 },
  ];
  const smooth = (r: number) => (r < CUTOFF ? (1 - (r / CUTOFF) ** 2) ** 2 : 0);
  const radial = (f: (r: number) => number) =>
    Float64Array.from({ length: DISTANCES }, (_, k) => f(k * STEPS.distance) * smooth(k * STEPS.distance) + 0);
  const morse = ({ depth, nearest }: Shape, r: number) => {
    const decay = Math.exp(-1.4 * (r - nearest));
    return depth * (decay * decay - 2 * decay);
  };
  const shapes: readonly Shape[] = [
    { depth: 0.3, nearest: 2.5 },
    { depth: 0.25, nearest: 2.65 },
    { depth: 0.2, nearest: 2.8 },
  ];
  const rho = (source: number, host: number) =>
    radial((r) => (1 + 0.4 * source + 0.25 * host) * Math.exp(-0.9 * (r - 2.5)));
  const own = [rho(0, 0), rho(1, 1)];
  return {
    style,
    comments: ['# artificial, for tests', 'UNITS: metal', ''],
    elements,
    densityStep: STEPS.density,
    distanceStep: STEPS.distance,
    cutoff: CUTOFF,
    embedding: [-0.6, -0.5].map((depth) =>
      Float64Array.from({ length: DENSITIES }, (_, k) => depth * Math.sqrt(k * STEPS.density)),
    ),
    density: style === 'eam/fs' ? [own[0]!, rho(0, 1), rho(1, 0), own[1]!] : [own[0]!, own[0]!, own[1]!, own[1]!],
    pair: shapes.map((shape) => radial((r) => r * morse(shape, r))),
  };
}

/** The text of a potential file. `print` writes a number. */
export function writePotential(potential: EamPotential, print = (value: number) => value.toExponential(16)): string {
  const { elements, densityStep, distanceStep, cutoff, embedding, density, pair } = potential;
  const table = (values: Float64Array) =>
    Array.from({ length: Math.ceil(values.length / 5) }, (_, line) =>
      Array.from(values.subarray(5 * line, 5 * line + 5), print).join(' '),
    );
  const densitiesOf = (k: number) =>
    density.slice(k * elements.length, k * elements.length + (potential.style === 'eam/fs' ? elements.length : 1));
  const grid = [embedding[0]!.length, densityStep, density[0]!.length, distanceStep, cutoff];
  const lines = [
    ...potential.comments,
    `${elements.length} ${elements.map(({ symbol }) => symbol).join(' ')}`,
    grid.join(' '),
    ...elements.flatMap(({ atomicNumber, mass }, k) => [
      `${atomicNumber} ${mass} 2.86 bcc`,
      ...table(embedding[k]!),
      ...densitiesOf(k).flatMap(table),
    ]),
    ...elements.flatMap((_, i) => elements.slice(0, i + 1).flatMap((__, j) => table(pair[triangle(i, j)]!))),
  ];
  return `${lines.join('\n')}\n`;
}

export interface LammpsRun {
  readonly style: EamPotential['style'];
  /** Path or text of the potential file. */
  readonly potential: { readonly path: string } | { readonly text: string };
  /** Symbol of each type. */
  readonly species: readonly string[];
  /** Its vectors lie as LAMMPS wants them: a along x, b in the xy plane. */
  readonly cell: Cell;
  /** [n, 3] Å. */
  readonly position: Float64Array;
  readonly types: Uint8Array;
}

/** What LAMMPS computes: pe/atom, eV, in the order of the atoms. */
export function runLammps({ style, potential, species, cell, position, types }: LammpsRun): Float64Array {
  const folder = mkdtempSync(join(tmpdir(), 'grainscope-lmp-'));
  try {
    const path = 'path' in potential ? potential.path : join(folder, 'potential');
    if ('text' in potential) writeFileSync(path, potential.text);
    const v = cell.vectors;
    const [lx, ly, lz] = cell.origin;
    const atoms = Array.from(types, (type, k) => [k + 1, type + 1, ...position.subarray(3 * k, 3 * k + 3)].join(' '));
    const data = `atoms\n\n${types.length} atoms\n${species.length} atom types\n\n${lx} ${lx! + v[0]!} xlo xhi
${ly} ${ly! + v[4]!} ylo yhi\n${lz} ${lz! + v[8]!} zlo zhi\n${v[3]} ${v[6]} ${v[7]} xy xz yz\n\nAtoms # atomic\n
${atoms.join('\n')}\n`;
    writeFileSync(join(folder, 'data'), data);
    const input = `units metal\natom_style atomic\nbox tilt large\nread_data data\nmass * 1\npair_style ${style}
pair_coeff * * ${path} ${species.join(' ')}\nneighbor 0.5 bin\ncompute pe all pe/atom
dump all all custom 1 out id c_pe\ndump_modify all sort id format line "%d %.12f"\nrun 0 post no\n`;
    writeFileSync(join(folder, 'in'), input);
    execFileSync('lmp', ['-in', 'in', '-log', 'none', '-screen', 'none'], { cwd: folder });
    const rows = readFileSync(join(folder, 'out'), 'utf8').trimEnd().split('\n').slice(9);
    return Float64Array.from(rows, (row) => Number(row.split(' ')[1]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
