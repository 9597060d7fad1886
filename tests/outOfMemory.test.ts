import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { inlineExecutor } from '#compute/inlineExecutor.ts';
import { MemoryLedger } from '#data/buffers.ts';
import type { ArrayOf, DType } from '#data/column.ts';
import { Control } from '#data/control.ts';
import { toFailure } from '#data/errors.ts';
import { blobSource } from '#formats/format.ts';
import { defaultParameters, type StageName } from '#pipeline/parameters.ts';
import { Session } from '#pipeline/session.ts';
import { STAGES } from '#pipeline/stages.ts';
import { FE_GB_2K } from './fixture.ts';

/** A ledger whose platform refuses the allocation of this number, counted from the last `refuse`. */
class MeanLedger extends MemoryLedger {
  #left = Number.POSITIVE_INFINITY;
  allocations = 0;

  refuse(number: number): void {
    this.#left = number;
    this.allocations = 0;
  }

  override allocate<D extends DType>(name: string, dtype: D, length: number): ArrayOf<D> {
    this.#count();
    return super.allocate(name, dtype, length);
  }

  override allocateWasmMemory(name: string, bytes: number): WebAssembly.Memory {
    this.#count();
    return super.allocateWasmMemory(name, bytes);
  }

  #count(): void {
    this.allocations++;
    // What the ledger itself throws where a platform has no more.
    if (--this.#left === 0) super.allocate('an array that nothing can hold', 'float64', 2 ** 60);
  }
}

const PARAMETERS = { ...defaultParameters(), count: 5, labelColumn: 'c_pe' };
const memory = new MeanLedger();
const session = new Session(inlineExecutor, memory);
const source = blobSource(new Blob([readFileSync(FE_GB_2K)]), 'fe-gb-2k.dump.gz');

const run = (stage: StageName) =>
  session.run(stage, PARAMETERS, new Control(), stage === 'snapshot' ? source : undefined);
/** What stands: results by stage, and the bytes held. */
const standing = () => ({ results: { ...session.results }, bytes: memory.bytes });

const NAMES = STAGES.map(({ name }) => name);
const allocations = new Map<StageName, number>();

beforeAll(async () => {
  for (const stage of NAMES) {
    memory.refuse(Number.POSITIVE_INFINITY);
    await run(stage);
    allocations.set(stage, memory.allocations);
  }
});

test.each(NAMES)('%s out of memory at any of its allocations leaves every stage as it was', async (stage) => {
  const before = standing();
  for (let number = 1; number <= allocations.get(stage)!; number++) {
    memory.refuse(number);
    const failure = toFailure(await run(stage).catch((thrown: unknown) => thrown));
    expect(failure.tag, `allocation ${number}: ${failure.message}`).toBe('no-memory');
    expect(failure.message).toMatch(/^No memory for .+ Close other tabs/);
    const after = standing();
    expect(after.bytes, `bytes after allocation ${number}`).toBe(before.bytes);
    for (const name of NAMES) expect(after.results[name], name).toBe(before.results[name]);
  }
  console.info(`${stage}: ${allocations.get(stage)} allocations refused, one by one`);
});

test('all stages run afterwards, with the picks of before and no byte more', async () => {
  const { results, bytes } = standing();
  memory.refuse(Number.POSITIVE_INFINITY);
  for (const stage of NAMES) await run(stage);
  expect(session.results.select!.rows).toEqual(results.select!.rows);
  expect(memory.bytes).toBe(bytes);
});
