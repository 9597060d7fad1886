import type { Control } from '#data/control.ts';
import { TASKS, type TaskInput, type TaskName } from './tasks.ts';

type Work = (chunk: number, chunks: number) => Generator<number, void>;

function prepare<K extends TaskName>(task: K, input: TaskInput<K>): Work {
  // The registry pairs every name with its input; TypeScript cannot follow the pair through the lookup.
  return (TASKS[task].prepare as (input: TaskInput<K>) => Work)(input);
}

/** One thread's part of a job: take chunks until none is left, reading once a block whether to end or to wait. */
export function runChunks<K extends TaskName>(task: K, input: TaskInput<K>, chunks: number, control: Control): void {
  const work = prepare(task, input);
  for (let chunk = control.takeChunk(); chunk < chunks; chunk = control.takeChunk()) {
    for (const done of work(chunk, chunks)) {
      control.advance(done);
      control.standStill();
    }
  }
}

const YIELD_EVERY_MS = 12;

/**
 * The same in a thread that has to hear messages meanwhile, since without shared memory a cancel is one: it lets the
 * event loop run every few blocks.
 */
export async function runChunksYielding<K extends TaskName>(
  task: K,
  input: TaskInput<K>,
  chunks: number,
  control: Control,
): Promise<void> {
  const work = prepare(task, input);
  let last = performance.now();
  for (let chunk = 0; chunk < chunks; chunk++) {
    for (const done of work(chunk, chunks)) {
      control.advance(done);
      if (performance.now() - last < YIELD_EVERY_MS) continue;
      await nextMacrotask();
      last = performance.now();
    }
  }
}

/** A macrotask by MessageChannel: setTimeout is clamped to 4 ms and more. */
function nextMacrotask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
