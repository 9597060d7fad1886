import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BUILD_PATIENCE_MS, buildCli, type CliProgram, SNAPSHOT } from './cliProgram.ts';

/** Loaded into every thread: after so many signs of life it does what is asked of it. */
const faultAt = (sign: number, fault: string) => `
  import { isMainThread } from 'node:worker_threads';
  const add = Atomics.add;
  let given = 0;
  if (!isMainThread) Atomics.add = (...of) => {
    if (++given === ${sign}) ${fault};
    return add(...of);
  };`;

let cli: CliProgram;
beforeAll(async () => {
  cli = await buildCli();
}, BUILD_PATIENCE_MS);
afterAll(() => cli.dispose());

/** Runs the loop with threads to each of which that happens. */
function runWith(module: string) {
  const path = join(cli.folder, 'fault.mjs');
  writeFileSync(path, module);
  const before = process.env.NODE_OPTIONS;
  process.env.NODE_OPTIONS = `--import ${pathToFileURL(path)}`;
  try {
    return cli.run('run', SNAPSHOT, '--out', 'out', '--count', '5', '--threads', '2');
  } finally {
    if (before === undefined) delete process.env.NODE_OPTIONS;
    else process.env.NODE_OPTIONS = before;
    rmSync(path);
  }
}

test.each([
  ['ends', 'process.exit(3)', 'exit code 3'],
  // An error that no part of ours catches.
  ['throws outside its work', 'queueMicrotask(() => { throw new Error("disk on fire"); })', 'disk on fire'],
])('a thread that %s ends the program with a sentence and a code, in no time', (_, fault, reason) => {
  for (const sign of [1, 30, 80]) {
    const { code, stderr } = runWith(faultAt(sign, fault));
    expect(stderr).toContain(`grainscope: A worker died while it was busy (${reason}). Run the step again.`);
    expect(code).toBe(1);
  }
});

test('nothing of it stays: the same command runs afterwards in the same folder', () => {
  expect(cli.run('run', SNAPSHOT, '--out', 'out', '--count', '5', '--threads', '2')).toMatchObject({ code: 0 });
});
