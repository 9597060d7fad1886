// npm run test:engines: exported cells through real programs, which are fetched from Debian where we may install them.
// --slow fetches the large ones too. What is missing nevertheless is skipped, counted and said.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fetchPrograms } from './fetchPrograms.mjs';
import { ensureInstalled, PROJECT, runCommand } from './install.mjs';
import { describeTally, tallyVitest } from './tally.mjs';

const { values } = parseArgs({ options: { slow: { type: 'boolean', default: false } } });

/** Programs by the commands that they bring. */
const PROGRAMS = [
  { commands: ['lmp'], packages: ['lammps', 'lammps-data'], slow: false },
  { commands: ['sbatch'], packages: ['slurm-wlm'], slow: false },
  { commands: ['cp2k'], packages: ['cp2k'], slow: false },
  { commands: ['snakemake'], packages: ['snakemake'], slow: true },
  { commands: ['pw.x'], packages: ['quantum-espresso', 'quantum-espresso-data'], slow: true },
];

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
  fetchPrograms(PROGRAMS.filter(({ slow }) => !slow || values.slow));
  if (!runTests()) process.exitCode = 1;
} else process.exitCode = 1;
