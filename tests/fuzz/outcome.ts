import { expect } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import type { Snapshot } from '#data/snapshot.ts';
import { readSnapshot } from '#formats/readSnapshot.ts';
import { bytesSource } from '../../src/formats/testSupport.ts';

/** Of every reader; `npm run fuzz` sets many. */
export const CASES = Number(process.env.FUZZ_CASES ?? 150);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
export const OPTIONS = { numRuns: CASES, seed: SEED, endOnFailure: true };
/** What all cases of a reader may take, ms. */
export const ALL_PATIENCE_MS = CASES * 100 + 30_000;
/** No case may take longer, ms. */
const PATIENCE_MS = 5000;

/** What came of reading: a result, or the sentence that refuses it. Anything else is thrown. */
export async function resultOf<T>(read: (memory: MemoryLedger) => Promise<T>): Promise<T | string> {
  const memory = new MemoryLedger();
  const from = performance.now();
  try {
    return await Promise.race([read(memory), noEnd()]);
  } catch (thrown) {
    if (!(thrown instanceof Error) || thrown.name !== 'Refusal') throw thrown;
    expect(memory.bytes, 'memory that a refused file still holds').toBe(0);
    expect(thrown.message).toMatch(/[.!?]$/);
    return thrown.message;
  } finally {
    expect(performance.now() - from, 'milliseconds').toBeLessThan(PATIENCE_MS);
  }
}

/** What came of a snapshot file. */
export function outcomeOf(bytes: Uint8Array<ArrayBuffer>): Promise<Snapshot | string> {
  return resultOf((memory) => readSnapshot(bytesSource(bytes), { frame: 'last', memory }));
}

/** A reader that waits for ever fails as a case of its own, which fast-check then names. */
async function noEnd(): Promise<never> {
  await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref());
  throw new Error(`no end after ${PATIENCE_MS} ms`);
}
