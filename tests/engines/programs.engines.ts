import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BUILD_PATIENCE_MS, buildCli, type CliProgram, SNAPSHOT } from '../cliProgram.ts';

const COUNT = 4;
const isSlow = process.env.GRAINSCOPE_SLOW !== undefined;
/** Longest wait for the first step of a self-consistency loop, ms. */
const SCF_PATIENCE_MS = 400_000;

const has = (command: string) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
const skip = (reasons: readonly (string | false)[]) => reasons.filter((reason) => reason !== false);
const titled = (title: string, reasons: readonly string[]) =>
  reasons.length > 0 ? `${title} (skipped: ${reasons.join(', ')})` : title;

/** Lennard-Jones iron: meaningless as physics, but the real program prints its real table in a third of a second. */
const FORCE_FIELD = `&GLOBAL
  PROJECT cell
  RUN_TYPE ENERGY
&END GLOBAL
&FORCE_EVAL
  METHOD FIST
  &MM
    &FORCEFIELD
      &CHARGE
        ATOM Fe
        CHARGE 0.0
      &END CHARGE
      &NONBONDED
        &LENNARD-JONES
          ATOMS Fe Fe
          EPSILON [K_e] 4000
          SIGMA 2.25
          RCUT 4.2
        &END LENNARD-JONES
      &END NONBONDED
    &END FORCEFIELD
    &POISSON
      &EWALD
        EWALD_TYPE NONE
      &END EWALD
    &END POISSON
  &END MM
  &PROPERTIES
    &ATOMIC
      ENERGY T
    &END ATOMIC
  &END PROPERTIES
  &SUBSYS
    &CELL
      A {{cellA}}
      B {{cellB}}
      C {{cellC}}
    &END CELL
    &COORD
      {{atoms}}
    &END COORD
  &END SUBSYS
&END FORCE_EVAL
`;

let cli: CliProgram;
const inside = (path: string) => join(cli.folder, path);

beforeAll(async () => {
  cli = await buildCli();
  expect(cli.run('replicas', SNAPSHOT, '--count', String(COUNT), '--out', 'results')).toMatchObject({ code: 0 });
}, BUILD_PATIENCE_MS);
afterAll(() => cli?.dispose());

const noCp2k = skip([!has('cp2k') && 'no cp2k']);
test.skipIf(noCp2k.length > 0)(
  titled('a real run of CP2K comes back; with a force field only when that is wanted', noCp2k),
  () => {
    mkdirSync(inside('force-field'));
    writeFileSync(inside('force-field/cell.inp'), FORCE_FIELD);
    const template = ['--template', 'force-field/cell.inp'];
    const made = cli.run('replicas', 'results', '--engine', 'cp2k', ...template, '--out', 'cp2k');
    expect(made, made.stderr).toMatchObject({ code: 0 });
    const ran = spawnSync('bash', ['run_local.sh', '-j', '2'], { cwd: inside('cp2k'), encoding: 'utf8' });
    expect(ran.status, ran.stdout + ran.stderr).toBe(0);

    const refused = cli.run('fit', 'results', '--energies', 'cp2k');
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('force field, not DFT');

    const { code, stdout, stderr } = cli.run('fit', 'results', '--json', '--energies', 'cp2k', '--allow-force-field');
    expect(code, stderr).toBe(0);
    const { energies } = JSON.parse(stdout).stages;
    expect(energies).toMatchObject({
      labelled: COUNT,
      missing: [],
      kinds: [{ code: 'CP2K', partition: 'classical', count: COUNT + 1 }],
    });
    // What its own scripts collect is the same.
    const collect = ['collect.py', '--allow-force-field'];
    expect(spawnSync('python3', collect, { cwd: inside('cp2k') }).status).toBe(0);
    const table = cli.run('fit', 'results', '--json', '--energies', 'cp2k/results.csv');
    const again = JSON.parse(table.stdout).stages.energies;
    again.entries.forEach(({ id, energy_eV }: { id: number; energy_eV: number }, k: number) => {
      expect(id).toBe(energies.entries[k].id);
      expect(Math.abs(energy_eV - energies.entries[k].energy_eV)).toBeLessThan(1e-8);
    });
  },
);

/** Starts a job of a package, and stops it when its output says that it is so far; what it said at last otherwise. */
async function runUntil(folder: string, output: string, sign: RegExp): Promise<string> {
  const job = readFileSync(join(folder, 'jobs.txt'), 'utf8').split('\n')[1]!;
  const running = spawn('bash', ['run_job.sh', job], { cwd: folder, detached: true, stdio: 'ignore' });
  const ended = new Promise((resolve) => running.once('exit', resolve));
  const path = join(folder, job, output);
  const text = () => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  const until = Date.now() + SCF_PATIENCE_MS;
  while (!sign.test(text()) && Date.now() < until && running.exitCode === null) {
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  // The program with the script that runs it.
  if (running.exitCode === null) process.kill(-running.pid!, 'SIGKILL');
  await ended;
  return text();
}

const slow = (command: string) => skip([!isSlow && 'slow', !has(command) && `no ${command}`]);

test.skipIf(slow('cp2k').length > 0)(
  titled('CP2K takes an input of ours and begins its SCF loop', slow('cp2k')),
  async () => {
    expect(cli.run('replicas', 'results', '--engine', 'cp2k', '--out', 'qs')).toMatchObject({ code: 0 });
    const said = await runUntil(inside('qs'), 'cell.out', /Step +Update method/);
    expect(said.slice(-3000)).toMatch(/SCF WAVEFUNCTION OPTIMIZATION[\s\S]*Step +Update method/);
  },
);

test.skipIf(slow('pw.x').length > 0)(
  titled('pw.x takes an input of ours and begins its SCF loop', slow('pw.x')),
  async () => {
    // One point and a low cut-off: it is to begin within minutes on two cores, not to be right.
    const settings = [
      'pseudopotential=Fe=Fe.pbe-nd-rrkjus.UPF',
      'pseudoDir=/usr/share/espresso/pseudo',
      'cutoff=200',
      'kSpacing=2',
    ];
    const given = [...settings.flatMap((setting) => ['--set', setting]), '--energy-density-code'];
    const made = cli.run('replicas', 'results', '--engine', 'qe', ...given, '--out', 'qe');
    expect(made, made.stderr).toMatchObject({ code: 0 });
    const said = await runUntil(inside('qe'), 'cell.out', /iteration # +1/);
    expect(said.slice(-3000)).toMatch(/Self-consistent Calculation[\s\S]*iteration # +1/);
  },
);
