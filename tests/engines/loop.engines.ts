import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUILD_PATIENCE_MS, buildCli, type CliProgram, readTable } from '../cliProgram.ts';
import { ironPath } from '../eamPotentials.ts';
import { hasShared, sharedPath } from '../shared.ts';

/** Cells of the reference that are run here; each takes a tenth of a second. */
const CELLS = 20;
/** eV; the reference's cells were cut from coordinates of five decimals. */
const SAME_ENERGY = 1e-4;
const SLURM = fileURLToPath(new URL('./slurm/run.sh', import.meta.url));

const has = (command: string) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
const missing = [
  ...(hasShared ? [] : ['no ../shared']),
  ...(has('lmp') && ironPath ? [] : ['no lmp with Fe_mm.eam.fs']),
  ...(has('bash') && has('python3') ? [] : ['no bash or python3']),
];
const needs = (title: string, more: readonly string[] = []) =>
  [...missing, ...more].length > 0 ? `${title} (skipped: ${[...missing, ...more].join(', ')})` : title;

interface ReferenceCell {
  readonly id: number;
  readonly n: number;
  readonly e_replica: number;
}

let cli: CliProgram;
let reference: Map<number, ReferenceCell>;
const inside = (path: string) => join(cli.folder, path);
const shell = (folder: string, ...args: string[]) => {
  const ended = spawnSync(args[0]!, args.slice(1), { cwd: inside(folder), encoding: 'utf8' });
  return { code: ended.status, words: `${ended.stdout}${ended.stderr}` };
};

describe.skipIf(missing.length > 0)(needs('the way to LAMMPS and back'), () => {
  beforeAll(async () => {
    cli = await buildCli();
    const cells: ReferenceCell[] = JSON.parse(readFileSync(sharedPath('reference/dft/lammps/manifest.json'), 'utf8'));
    reference = new Map(cells.slice(0, CELLS).map((cell) => [cell.id, cell]));
    writeFileSync(inside('ids.txt'), [...reference.keys()].join('\n'));
    const snapshot = sharedPath('data/fe-gb-16k.dump.gz');
    const chosen = ['--candidates', 'ids.txt', '--count', String(CELLS), '--seam', 'all-pairs'];
    // The model has fewer features than training atoms, so that there is a noise to speak of.
    expect(cli.run('replicas', snapshot, ...chosen, '--components', '8', '--out', 'results')).toMatchObject({
      code: 0,
    });
    const made = cli.run('replicas', 'results', '--engine', 'lammps', '--potential', ironPath!, '--out', 'pack');
    expect(made, made.stderr).toMatchObject({ code: 0 });
  }, BUILD_PATIENCE_MS);
  afterAll(() => cli?.dispose());

  /** What `collect.py` makes of a package that was run. */
  function expectReference(folder: string): void {
    const collected = shell(folder, 'python3', 'collect.py');
    expect(collected, collected.words).toMatchObject({ code: 0 });
    const rows = readTable(inside(`${folder}/results.csv`));
    expect(rows).toHaveLength(CELLS + 1);
    for (const { id, energy, unit, code, partition, status } of rows) {
      expect({ unit, partition, status }).toEqual({ unit: 'eV', partition: 'classical', status: 'ok' });
      expect(code).toMatch(/^LAMMPS /);
      const cell = reference.get(Number(id));
      if (cell) expect(Math.abs(Number(energy) - cell.e_replica), `atom ${id}`).toBeLessThan(SAME_ENERGY);
      else expect(id).toBe('0');
    }
  }

  test('the cells are those of the reference', () => {
    const { jobs } = JSON.parse(readFileSync(inside('pack/manifest.json'), 'utf8'));
    for (const { id, natoms } of jobs.slice(1)) expect(natoms, `atom ${id}`).toBe(reference.get(id)!.n);
  });

  test('run_local.sh, collect.py, import, fit', () => {
    cpSync(inside('pack'), inside('local'), { recursive: true });
    const ran = shell('local', 'bash', 'run_local.sh', '-j', '2');
    expect(ran, ran.words).toMatchObject({ code: 0 });
    expectReference('local');

    const fitted = [
      ['a folder', 'local'],
      ['results.csv', 'local/results.csv'],
    ].map(([what, energies]) => {
      const { code, stdout, stderr } = cli.run('fit', 'results', '--json', '--energies', energies!);
      expect(code, `${what}: ${stderr}`).toBe(0);
      return JSON.parse(stdout).stages;
    });
    for (const { energies, model } of fitted) {
      expect(energies).toMatchObject({
        labelled: CELLS,
        missing: [],
        bulkSource: 'bulk cell',
        kinds: [{ code: 'LAMMPS', partition: 'classical', count: CELLS + 1 }],
      });
      expect(model.trained).toBe(CELLS);
      for (const { id, energy_eV } of energies.entries.slice(1)) {
        expect(Math.abs(energy_eV - reference.get(id)!.e_replica), `atom ${id}`).toBeLessThan(SAME_ENERGY);
      }
    }
    const [fromOutputs, fromTable] = fitted;
    // Nine decimals of the table.
    expect(fromTable.model.leaveOneOutRmse).toBeCloseTo(fromOutputs.model.leaveOneOutRmse, 6);
    // The outputs were replaced by the table, and are still known.
    expect(fromTable.energies.earlier.at(-1)).toMatchObject({ source: 'local' });
    const { stages } = JSON.parse(readFileSync(inside('results/manifest.json'), 'utf8'));
    expect(stages.energies.summary.earlier.at(-1).entries).toHaveLength(CELLS + 1);
  });

  test('an output that was cut is put aside, and the rest is fitted', () => {
    cpSync(inside('local'), inside('cut'), { recursive: true });
    const [first] = [...readTable(inside('results/jobs.csv'))].slice(1);
    const job = `cut/jobs/0001_id${first!.id}`;
    for (const name of ['all.dump', 'centre.dump']) {
      const text = readFileSync(inside(`${job}/${name}`), 'utf8');
      writeFileSync(inside(`${job}/${name}`), text.slice(0, text.length - 20));
    }
    const { code, stdout, stderr } = cli.run('fit', 'results', '--json', '--energies', 'cut');
    expect(code, stderr).toBe(0);
    const { energies, model } = JSON.parse(stdout).stages;
    expect(energies.missing).toEqual([Number(first!.id)]);
    expect(energies.entries.find(({ id }: { id: number }) => id === Number(first!.id))).toMatchObject({
      state: 'quarantined',
    });
    expect(model.trained).toBe(CELLS - 1);
  });

  const noSlurm = has('slurmctld') && process.getuid?.() === 0 ? [] : ['no slurm-wlm, or not root'];
  test.skipIf(noSlurm.length > 0)(needs('the same through a Slurm of one node', noSlurm), () => {
    cpSync(inside('pack'), inside('slurm'), { recursive: true });
    const ran = shell('slurm', 'bash', SLURM, 'bash', 'submit_slurm.sh', '-k', '2');
    expect(ran, ran.words).toMatchObject({ code: 0 });
    expectReference('slurm');
  });

  const noSnakemake = has('snakemake') ? [] : ['no snakemake'];
  test.skipIf(noSnakemake.length > 0)(needs('the same through Snakemake', noSnakemake), () => {
    cpSync(inside('pack'), inside('snakemake'), { recursive: true });
    const ran = shell('snakemake', 'snakemake', '--cores', '2', '--keep-going', '--rerun-incomplete', '--quiet');
    expect(ran, ran.words).toMatchObject({ code: 0 });
    expectReference('snakemake');
  });
});
