import type { MemoryLedger } from '#data/buffers.ts';
import type { Control } from '#data/control.ts';
import type { IdLists } from './idLists.ts';
import type { Potentials } from './potentials.ts';
import type { TaskInput, TaskName } from './tasks.ts';

/**
 * Runs tasks of the registry over chunks. Tasks leave their results in the arrays of their input, so nothing but a
 * description travels. Which thread takes which chunk never matters: every chunk writes to places of its own, and
 * sums over chunks are taken afterwards in the order of the chunks.
 */
export interface Executor {
  readonly threads: number;
  run<K extends TaskName>(task: K, input: TaskInput<K>, chunks: number, control: Control): Promise<void>;
}

/** What every stage works with. */
export interface Context {
  readonly executor: Executor;
  readonly control: Control;
  readonly memory: MemoryLedger;
  /** Long lists of atoms that parameters refer to. */
  readonly lists: IdLists;
  /** Files of potentials that parameters refer to. */
  readonly potentials: Potentials;
}

/** Chunks of sums over atoms. Fixed, so that results do not depend on the number of threads; also the most threads used. */
export const CHUNKS = 32;

/** First element of a chunk of `count` things split into `chunks`. */
export function chunkStart(count: number, chunk: number, chunks: number = CHUNKS): number {
  return Math.floor((count * chunk) / chunks);
}
