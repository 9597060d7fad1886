import { Control } from '#data/control.ts';
import { type Failure, toFailure } from '#data/errors.ts';
import { runChunks } from '#pipeline/runChunks.ts';
import type { ChunkJob } from './workerPool.ts';

/** What a compute thread exposes: its part of one job over shared memory. */
export const blockApi = {
  run(job: ChunkJob): Failure | null {
    try {
      runChunks(job.task, job.input as never, job.chunks, new Control(job.control));
      return null;
    } catch (thrown) {
      return toFailure(thrown);
    }
  },
};
export type BlockApi = typeof blockApi;
