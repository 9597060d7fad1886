import { Control } from '#data/control.ts';
import { type Failure, Refusal, toFailure } from '#data/errors.ts';
import type { Executor } from '#pipeline/executor.ts';
import type { TaskName } from '#pipeline/tasks.ts';
import { Silence } from './silence.ts';

/** The message a thread of the pool answers: its part of one job, over shared memory. */
export interface ChunkJob {
  readonly task: TaskName;
  readonly input: unknown;
  readonly chunks: number;
  readonly control: Int32Array;
}

/** How long a thread may stay silent after a cancel before it is ended and replaced: the page is idle within 100 ms. */
const CANCEL_GRACE_MS = 50;
const LOOK_EVERY_MS = 20;

/**
 * How long a job may go without a sign of life. Blocks take milliseconds; but principal components of a long descriptor
 * are one block of minutes on a slow machine. Whoever sits before it will have cancelled long before.
 */
const PATIENCE_MS = 600_000;

/**
 * How long a thread may take to start before another is started in its place: no event tells of a worker that never comes
 * to life. It takes a tenth of a second.
 */
const START_PATIENCE_MS = 5000;
const MOST_STARTS = 4;
const NOT_STARTED = 'not started';

/** A thread as the pool sees it, whether a Web Worker or a worker_thread carries it. */
export interface PoolThread {
  /** Resolves when it has come to life; missing where one that does not says so (`onDeath`). */
  readonly started?: Promise<void>;
  /** Resolves with the failure, or null when its part is done. Never rejects for an expected failure. */
  run(job: ChunkJob): Promise<Failure | null>;
  /** Calls back once if the thread dies or cannot be understood any more. */
  onDeath(report: (reason: string) => void): void;
  terminate(): void;
}

/**
 * One pool of threads over shared memory. Four rules: a dead thread fails its job at once and is replaced; nothing
 * throws synchronously; a cancelled job ends within the grace time, since a thread that does not answer is ended (it
 * holds no state: everything lies in shared memory).
 */
export class WorkerPool implements Executor {
  readonly threads: number;
  readonly #spawn: () => PoolThread;
  #pool: (PoolThread | null)[];
  /** How to give up the threads that are busy, by slot. */
  readonly #stops = new Map<number, (why: Failure) => void>();
  readonly #patience: number;
  readonly #startPatience: number;

  /**
   * @param patience ms a job may go without a sign of life.
   * @param startPatience ms a thread may take to start.
   */
  constructor(
    threads: number,
    spawn: () => PoolThread,
    { patience = PATIENCE_MS, startPatience = START_PATIENCE_MS }: { patience?: number; startPatience?: number } = {},
  ) {
    this.threads = threads;
    this.#spawn = spawn;
    this.#patience = patience;
    this.#startPatience = startPatience;
    this.#pool = Array.from({ length: threads }, () => null);
  }

  async run(task: TaskName, input: unknown, chunks: number, control: Control): Promise<void> {
    control.throwIfCancelled();
    control.rewindChunks();
    const job: ChunkJob = { task, input, chunks, control: control.words };
    const parts = Array.from({ length: Math.min(this.threads, chunks) }, (_, slot) => this.#runOn(slot, job));
    const ended = new AbortController();
    const watcher = this.#endSilentThreads(control, ended.signal);
    const failures = (await Promise.all(parts)).filter((failure) => failure !== null);
    ended.abort();
    await watcher;
    // A death says more than the cancels it caused in the other threads.
    const worst = failures.find((failure) => failure.tag !== 'cancelled') ?? failures[0];
    if (worst) throw new Refusal(worst);
  }

  /** Start every thread before the first job. */
  start(): void {
    this.#pool = this.#pool.map((thread) => thread ?? this.#spawn());
  }

  dispose(): void {
    for (const thread of this.#pool) thread?.terminate();
    this.#pool = this.#pool.map(() => null);
  }

  /** Never rejects. Any failure stops the other threads: they would go on with chunks nobody wants any more. */
  async #runOn(slot: number, job: ChunkJob): Promise<Failure | null> {
    let failure: Failure | null;
    try {
      failure = await this.#runOnStarted(slot, job);
    } catch (thrown) {
      failure = toFailure(thrown);
    }
    if (failure) new Control(job.control).cancel();
    return failure;
  }

  /** One that does not start takes no part of the job: another is started in its place. */
  async #runOnStarted(slot: number, job: ChunkJob): Promise<Failure | null> {
    for (let starts = 0; starts < MOST_STARTS; starts++) {
      const over = await this.#runUntilOver(slot, job);
      if (over !== NOT_STARTED) return over;
    }
    const seconds = (MOST_STARTS * this.#startPatience) / 1000;
    const message = `No worker could be started in ${seconds} s. Run the step again, or reload the page`;
    return { tag: 'worker-died', message };
  }

  async #runUntilOver(slot: number, job: ChunkJob): Promise<Failure | null | typeof NOT_STARTED> {
    const thread = this.#pool[slot] ?? this.#spawn();
    this.#pool[slot] = thread;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const overdue = new Promise<typeof NOT_STARTED>((resolve) => {
      if (!thread.started) return;
      timer = setTimeout(() => {
        this.#end(slot, thread);
        resolve(NOT_STARTED);
      }, this.#startPatience);
    });
    // Not before it runs: a job that was sent already could be begun by a thread that is given up.
    const begin = async () => {
      await thread.started;
      clearTimeout(timer);
      return thread.run(job);
    };
    const death = new Promise<Failure>((resolve) => {
      thread.onDeath((reason) => {
        this.#end(slot, thread);
        resolve({ tag: 'worker-died', message: `A worker died while it was busy (${reason}). Run the step again` });
      });
    });
    const stopped = new Promise<Failure>((resolve) => {
      this.#stops.set(slot, (why) => {
        this.#end(slot, thread);
        resolve(why);
      });
    });
    try {
      return await Promise.race([begin(), death, stopped, overdue]);
    } finally {
      clearTimeout(timer);
      this.#stops.delete(slot);
    }
  }

  /** End a thread; the next job starts another in its slot. */
  #end(slot: number, thread: PoolThread): void {
    if (this.#pool[slot] === thread) this.#pool[slot] = null;
    thread.terminate();
  }

  async #endSilentThreads(control: Control, ended: AbortSignal): Promise<void> {
    const silence = new Silence();
    let cancelledAt: number | null = null;
    while (!ended.aborted) {
      await sleep(LOOK_EVERY_MS, ended);
      const now = performance.now();
      if (silence.look(control.beat, now) > this.#patience) return this.#stopAll(unanswered(this.#patience));
      if (!control.cancelled) continue;
      cancelledAt ??= now;
      if (now - cancelledAt >= CANCEL_GRACE_MS - LOOK_EVERY_MS) return this.#stopAll(CANCELLED);
    }
  }

  /** Give up the threads that have not answered. */
  #stopAll(why: Failure): void {
    for (const stop of this.#stops.values()) stop(why);
  }
}

const CANCELLED: Failure = { tag: 'cancelled', message: 'Cancelled' };

function unanswered(milliseconds: number): Failure {
  const minutes = Math.round(milliseconds / 60_000);
  return {
    tag: 'worker-died',
    message: `A worker gave no sign of life for ${minutes} minutes, and was ended. Run the step again`,
  };
}

function sleep(milliseconds: number, wake: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      wake.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    wake.addEventListener('abort', done);
    if (wake.aborted) done();
  });
}
