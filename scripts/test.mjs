// npm test: every gate in order, up to the first that fails. --unit or --e2e run only those tests.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser } from './findBrowser.mjs';
import { ensureInstalled, PROJECT, runCommand } from './install.mjs';
import { addTallies, describeTally, tallyPlaywright, tallyVitest } from './tally.mjs';

const { values: only } = parseArgs({ options: { unit: { type: 'boolean' }, e2e: { type: 'boolean' } } });
const all = !only.unit && !only.e2e;
/** @type {import('./tally.mjs').Tally[]} */
const tallies = [];

/**
 * Runs a test runner that writes a JSON report, adds its counts, and says whether tests ran and all of them passed.
 * @param {string} command
 * @param {string} reportName
 * @param {(report: any) => import('./tally.mjs').Tally} tally
 */
function runTests(command, reportName, tally) {
  const report = join(PROJECT, 'test-results', reportName);
  mkdirSync(join(PROJECT, 'test-results'), { recursive: true });
  rmSync(report, { force: true });
  const succeeded = runCommand(command);
  let counts;
  try {
    counts = tally(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    console.error('The tests ended without a report.');
    return false;
  }
  tallies.push(counts);
  if (counts.passed + counts.failed === 0) console.error('No test ran, which is a failure too.');
  return succeeded && counts.failed === 0 && counts.passed > 0;
}

function unitTests() {
  const reporters = '--reporter=default --reporter=json --outputFile.json=test-results/unit.json';
  return runTests(`npm run --silent unit -- ${reporters}`, 'unit.json', tallyVitest);
}

async function pageTests() {
  try {
    process.env.CHROMIUM_PATH = await findBrowser();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
  console.log(`Browser: ${process.env.CHROMIUM_PATH}`);
  return runTests('npm run --silent e2e', 'e2e.json', tallyPlaywright);
}

/** @type {[title: string, wanted: boolean | undefined, run: () => boolean | Promise<boolean>][]} */
const gates = [
  ['Packages', true, ensureInstalled],
  ['Types', all, () => runCommand('npm run --silent types')],
  ['Lint', all, () => runCommand('npm run --silent lint')],
  ['Unit tests', all || only.unit, unitTests],
  ['Build', all || only.e2e, () => runCommand('npm run --silent build')],
  ['Tests in the page', all || only.e2e, pageTests],
];

for (const [title, wanted, run] of gates) {
  if (!wanted) continue;
  console.log(`\n=== ${title} ===`);
  if (await run()) continue;
  console.error(`\n${title}: failed, the rest was not run.`);
  process.exitCode = 1;
  break;
}
console.log(`\n${describeTally(addTallies(tallies))}`);
