import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cell } from '#data/cell.ts';
import type { EamPotential } from '#data/eamPotential.ts';

export const hasLammps = spawnSync('lmp', ['-h']).status === 0;

/** Title of a test that runs LAMMPS. */
export function needsLammps(title: string): string {
  return hasLammps ? title : `${title} (skipped: no lmp)`;
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
