import { availableParallelism } from 'node:os';
import { fileSource } from '#cli/files.ts';
import { spawnNodeThread } from '#cli/nodeThread.ts';
import { WorkerPool } from '#compute/workerPool.ts';
import { MemoryLedger } from '#data/buffers.ts';
import { Control } from '#data/control.ts';
import { CHUNKS } from '#pipeline/executor.ts';
import { defaultParameters } from '#pipeline/parameters.ts';
import { Session } from '#pipeline/session.ts';
import { STAGES } from '#pipeline/stages.ts';
import type { Measured } from './report.ts';

const LABEL_COLUMN = 'c_pe';
const WATCH_MS = 50;

/** Every stage once, in this process and worker_threads; with a label column to the model, else to the replicas. */
export async function measureNode(snapshotFile: string): Promise<Measured> {
  const threads = Math.min(availableParallelism(), CHUNKS);
  const pool = new WorkerPool(threads, spawnNodeThread);
  const session = new Session(pool, new MemoryLedger({ budgetBytes: 2 ** 40 }));
  let residentBytes = 0;
  const watch = setInterval(() => {
    residentBytes = Math.max(residentBytes, process.memoryUsage.rss());
  }, WATCH_MS);
  try {
    const sources = { snapshot: fileSource(snapshotFile) };
    await session.bringTo('snapshot', defaultParameters(), new Control(), sources);
    const { snapshot } = session.results.snapshot!;
    const labelled = snapshot.columns.some((column) => column.name === LABEL_COLUMN);
    const parameters = { ...defaultParameters(), labelColumn: labelled ? LABEL_COLUMN : null };
    for (const stage of labelled ? (['replicas', 'model'] as const) : (['replicas'] as const)) {
      await session.bringTo(stage, parameters, Control.shared(), sources);
    }
    const stages = STAGES.flatMap(({ name }) => {
      const record = session.records.get(name);
      return record ? [{ stage: name, milliseconds: record.milliseconds, peakBytes: record.peakBytes }] : [];
    });
    return { platform: `Node ${process.versions.node}`, threads, atoms: snapshot.count, stages, residentBytes };
  } finally {
    clearInterval(watch);
    pool.dispose();
  }
}
