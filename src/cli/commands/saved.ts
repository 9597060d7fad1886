import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { WorkerPool } from '#compute/workerPool.ts';
import { MemoryLedger } from '#data/buffers.ts';
import { Control } from '#data/control.ts';
import { badInput } from '#data/errors.ts';
import type { StageSource } from '#formats/format.ts';
import { CHUNKS } from '#pipeline/executor.ts';
import { defaultParameters, PARAMETER_NAMES, PARAMETERS, type StageName } from '#pipeline/parameters.ts';
import { Session } from '#pipeline/session.ts';
import { STAGES, stageOf, upstreamOf } from '#pipeline/stages.ts';
import { compareRuns, type Found } from '#project/compareRuns.ts';
import { fileSource } from '../files.ts';
import { spawnNodeThread } from '../nodeThread.ts';
import { withProgress } from '../progress.ts';
import { openSavedRun, type SavedRun } from '../savedRun.ts';
import { stageSentence } from '../summary.ts';
import { parseThreads } from './stages.ts';

/** `grainscope show` and `grainscope replay`: what a project or a folder of results holds, and whether it can be had again. */
export function savedCommands(): Command[] {
  const show = new Command('show')
    .description('Say what a project (.grainscope) or a folder of results holds: snapshot, parameters, every step.')
    .argument('<target>', 'project file, or the folder of an earlier run')
    .option('--json', 'print one JSON object on standard output')
    .action(showSaved);
  const replay = new Command('replay')
    .description('Compute everything again from what a project or a folder says, and compare: same picks or not.')
    .argument('<target>', 'project file, or the folder of an earlier run')
    .option(
      '--snapshot <file>',
      'the file of its snapshot (default: the atoms in the project, or where the folder says)',
    )
    .option('--descriptor-file <file>', 'the matrix of descriptors that it was made from, where it was made from one')
    .option('--threads <n>', 'threads that compute (default: all cores); results do not depend on it', parseThreads)
    .option('--json', 'print one JSON object on standard output')
    .action(replaySaved);
  return [show, replay];
}

async function showSaved(target: string, { json }: { json?: boolean }): Promise<void> {
  const saved = await openSavedRun(target);
  if (json) {
    const { name, snapshot, parameters, found } = saved;
    process.stdout.write(`${JSON.stringify({ name, snapshot, parameters, stages: found })}\n`);
    return;
  }
  for (const { name, title } of STAGES) {
    const summary = saved.found[name];
    if (summary) process.stdout.write(`${title.padEnd(10)} ${stageSentence(name, summary)}\n`);
  }
  const defaults = defaultParameters();
  const changed = PARAMETER_NAMES.filter(
    (name) => JSON.stringify(saved.parameters[name]) !== JSON.stringify(defaults[name]),
  );
  for (const name of changed) {
    process.stdout.write(`${PARAMETERS[name].flag} ${JSON.stringify(saved.parameters[name])}\n`);
  }
  process.stdout.write(`Snapshot   ${saved.snapshot.name}, SHA-256 ${saved.snapshot.sha256}\n`);
}

interface ReplayOptions {
  readonly snapshot?: string;
  readonly descriptorFile?: string;
  readonly threads?: number;
  readonly json?: boolean;
}

async function replaySaved(target: string, options: ReplayOptions): Promise<void> {
  const { threads, json } = options;
  const saved = await openSavedRun(target);
  const pool = new WorkerPool(Math.min(threads ?? availableParallelism(), CHUNKS), spawnNodeThread);
  try {
    const again = await computeAgain(saved, options, pool);
    const compared = compareRuns(saved.found, again);
    const same = compared.every((stage) => stage.same);
    if (json) process.stdout.write(`${JSON.stringify({ name: saved.name, same, stages: compared })}\n`);
    else {
      for (const { stage, same: its, words } of compared) {
        process.stdout.write(`${stageOf(stage).title.padEnd(10)} ${its ? 'same   ' : 'DIFFERS'} ${words}\n`);
      }
    }
    if (!same) {
      const first = compared.find((stage) => !stage.same)!;
      throw badInput({
        file: saved.name,
        message: `the repetition parts at ${stageOf(first.stage).title}: ${first.words}`,
      });
    }
  } finally {
    pool.dispose();
  }
}

/** What a new run finds, of every stage that was done before. */
async function computeAgain(
  saved: SavedRun,
  { snapshot: file, descriptorFile }: ReplayOptions,
  pool: WorkerPool,
): Promise<Found> {
  const control = Control.shared();
  process.once('SIGINT', () => control.cancel());
  const session = new Session(pool, new MemoryLedger());
  for (const [sha256, ids] of saved.lists) session.provideIds(sha256, ids);
  for (const [sha256, text] of saved.potentials) session.providePotential(sha256, text);
  const sources: Partial<Record<StageName, StageSource>> = saved.energies ? { energies: saved.energies } : {};
  if (descriptorFile !== undefined) sources.descriptor = fileSource(descriptorFile);
  const path = file ?? saved.places.find((place) => statSync(place, { throwIfNoEntry: false })?.isFile());
  if (path) sources.snapshot = fileSource(path);
  else if (saved.project) {
    const { session: state } = saved.project;
    const records = state.records.filter(({ stage }) => stage === 'snapshot');
    session.restore({ ...state, results: { snapshot: state.results.snapshot }, records }, control, saved.name);
  } else {
    throw badInput({
      file: saved.name,
      message: `its snapshot ${saved.snapshot.name} is not found: name it with --snapshot`,
    });
  }
  const wanted = STAGES.map(({ name }) => name).filter((name) => saved.found[name]);
  let current: StageName = 'snapshot';
  await withProgress(
    control,
    () => stageOf(current).title.padEnd(10),
    async () => {
      for (const stage of [...wanted.flatMap(upstreamOf), ...wanted]) {
        await session.bringTo(stage, saved.parameters, control, sources, (next) => {
          current = next;
        });
        if (stage === 'snapshot') checkSnapshot(session, saved, path);
      }
    },
  );
  return Object.fromEntries([...session.records].map(([stage, { summary }]) => [stage, summary]));
}

function checkSnapshot(session: Session, { snapshot, name }: SavedRun, path: string | undefined): void {
  const { sha256 } = session.results.snapshot!.snapshot.source;
  if (sha256 === snapshot.sha256) return;
  throw badInput({
    file: path ?? name,
    message: `is not the snapshot that ${name} was made from`,
    expected: `SHA-256 ${snapshot.sha256}`,
    found: sha256,
  });
}
