import { availableParallelism } from 'node:os';
import { spawnNodeThread } from '#cli/nodeThread.ts';
import { WorkerPool } from '#compute/workerPool.ts';
import { MemoryLedger } from '#data/buffers.ts';
import { Control } from '#data/control.ts';
import type { ByteSource } from '#formats/format.ts';
import { CHUNKS } from '#pipeline/executor.ts';
import { defaultParameters } from '#pipeline/parameters.ts';
import { Session } from '#pipeline/session.ts';
import { STAGES } from '#pipeline/stages.ts';
import { LABEL_COLUMN, type Measured } from './measured.ts';
import { timeSoap } from './soapKernel.ts';

/** Every stage in this process and its worker_threads: what the command line does, without its files. */
export async function measureNode(source: ByteSource): Promise<Measured> {
  const threads = Math.min(availableParallelism(), CHUNKS);
  const pool = new WorkerPool(threads, spawnNodeThread);
  const session = new Session(pool, new MemoryLedger({ budgetBytes: 2 ** 40 }));
  try {
    const sources = { snapshot: source };
    const started = performance.now();
    await session.bringTo('snapshot', defaultParameters(), Control.shared(), sources);
    const { snapshot } = session.results.snapshot!;
    const labelled = snapshot.columns.some((column) => column.name === LABEL_COLUMN);
    const parameters = { ...defaultParameters(), labelColumn: labelled ? LABEL_COLUMN : null };
    await session.bringTo('select', parameters, Control.shared(), sources);
    const jobMilliseconds = performance.now() - started;
    for (const stage of labelled ? (['replicas', 'model'] as const) : (['replicas'] as const)) {
      await session.bringTo(stage, parameters, Control.shared(), sources);
    }
    const residentBytes = 1024 * process.resourceUsage().maxRSS;
    return {
      platform: `Node ${process.versions.node}`,
      threads,
      atoms: snapshot.count,
      stages: STAGES.flatMap(({ name }) => {
        const record = session.records.get(name);
        return record ? [{ stage: name, milliseconds: record.milliseconds, peakBytes: record.peakBytes }] : [];
      }),
      jobMilliseconds,
      soapMicroseconds: await timeSoap(source),
      residentBytes,
    };
  } finally {
    pool.dispose();
  }
}
