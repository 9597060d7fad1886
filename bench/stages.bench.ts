import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fileSource } from '#cli/files.ts';
import { badParameter, describeFailure, toFailure } from '#data/errors.ts';
import { PROGRAM } from '#data/version.ts';
import type { Measured } from './measured.ts';
import { measurePage } from './pageStages.ts';
import { timeReference } from './reference.ts';
import { formatGoals, formatStages } from './report.ts';

const BUILT = { page: 'dist/page', soapKernel: 'dist/bench-page/soapKernel.js' };

async function bench(): Promise<void> {
  const { values } = parseArgs({
    options: {
      snapshot: { type: 'string', default: 'public/sample/fe-gb-16k.dump.gz' },
      json: { type: 'string' },
      runs: { type: 'string', default: '1' },
      'node-only': { type: 'boolean', default: false },
      'browser-only': { type: 'boolean', default: false },
    },
  });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1)
    throw badParameter(`--runs: expected a whole number from 1, found ${values.runs}`);
  // Refuses a file that is not there before anything is built on it.
  fileSource(values.snapshot);
  const platforms: (() => Promise<Measured>)[] = [
    ...(values['browser-only'] ? [] : [() => measureNodeApart(values.snapshot)]),
    ...(values['node-only'] ? [] : [() => measurePage(BUILT, values.snapshot)]),
  ];

  const processors = cpus();
  const about = {
    program: `${PROGRAM.name} ${PROGRAM.version}`,
    commit: commit(),
    snapshot: values.snapshot,
    date: new Date().toISOString(),
    machine: `${processors[0]?.model.trim() ?? 'unknown processor'}, ${processors.length} cores`,
    loadBefore: loadavg(),
  };
  // Pass by pass and not platform by platform: a machine that others use has its hours.
  const passes: Measured[][] = platforms.map(() => []);
  const references: number[] = [];
  for (let run = 0; run < runs; run++) {
    for (const [k, measure] of platforms.entries()) {
      references.push(timeReference());
      passes[k]!.push(await measure());
    }
  }
  references.push(timeReference());
  const loadAfter = loadavg();

  const words = (load: readonly number[]) => load.map((value) => value.toFixed(2)).join(' ');
  console.log(`${about.program} (${about.commit}), ${about.snapshot}, ${about.date}`);
  console.log(`${about.machine}; load ${words(about.loadBefore)} before, ${words(loadAfter)} after`);
  console.log(`reference workload ${references.map((time) => time.toFixed(0)).join(', ')} ms\n`);
  const reference = Math.min(...references);
  for (const own of passes) console.log(`${formatStages(own, reference)}\n`);
  console.log(`${formatGoals(passes, reference)}\n`);
  if (values.json)
    writeFileSync(values.json, `${JSON.stringify({ ...about, loadAfter, references, passes }, null, 2)}\n`);
}

async function measureNodeApart(snapshotFile: string): Promise<Measured> {
  const program = fileURLToPath(new URL('./node.bench.js', import.meta.url));
  return JSON.parse(execFileSync(process.execPath, [program, snapshotFile], { encoding: 'utf8' }));
}

/** What was measured; `-dirty` where something is not committed. */
function commit(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'no git';
  }
}

try {
  await bench();
} catch (thrown) {
  console.error(`bench: ${describeFailure(toFailure(thrown))}`);
  process.exitCode = 1;
}
