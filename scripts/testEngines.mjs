// npm run test:engines: exported cells through real programs, which are fetched from Debian where we may install them.
// --slow fetches the large ones too. What is missing nevertheless is skipped, counted and said.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled, PROJECT, runCommand } from './install.mjs';
import { describeTally, tallyVitest } from './tally.mjs';

const { values } = parseArgs({ options: { slow: { type: 'boolean', default: false } } });

/** Programs by the command that they bring. */
const PROGRAMS = [
  { command: 'lmp', packages: ['lammps', 'lammps-data'], slow: false },
  { command: 'sbatch', packages: ['slurm-wlm'], slow: false },
  { command: 'cp2k', packages: ['cp2k'], slow: false },
  { command: 'snakemake', packages: ['snakemake'], slow: true },
  { command: 'pw.x', packages: ['quantum-espresso', 'quantum-espresso-data'], slow: true },
];

/** @param {string} command */
const isThere = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

function fetchPrograms() {
  const wanted = PROGRAMS.filter(({ command, slow }) => (!slow || values.slow) && !isThere(command));
  if (wanted.length === 0) return;
  const names = wanted.map(({ command }) => command).join(', ');
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    console.log(`Not installed, and not ours to install: ${names}.`);
    return;
  }
  console.log(`Fetching from Debian: ${names}.`);
  const packages = wanted.flatMap((program) => program.packages).join(' ');
  runCommand(`apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ${packages}`);
}

function runTests() {
  const report = join(PROJECT, 'test-results', 'engines.json');
  mkdirSync(join(PROJECT, 'test-results'), { recursive: true });
  rmSync(report, { force: true });
  const reporters = '--reporter=default --reporter=json --outputFile.json=test-results/engines.json';
  const succeeded = runCommand(`npx --no vitest run --config vitest.engines.config.ts ${reporters}`);
  if (!existsSync(report)) {
    console.error('The tests ended without a report.');
    return false;
  }
  console.log(`\nReal programs: ${describeTally(tallyVitest(JSON.parse(readFileSync(report, 'utf8'))))}`);
  return succeeded;
}

if (values.slow) process.env.GRAINSCOPE_SLOW = 'yes';
if (ensureInstalled()) {
  fetchPrograms();
  if (!runTests()) process.exitCode = 1;
} else process.exitCode = 1;
