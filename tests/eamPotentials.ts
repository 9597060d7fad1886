import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
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
      Float64Array.from({ length: DENSITIES }, (_, k) => depth * Math.sqrt(k * STEPS.density) + 0),
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
