import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BCC } from '#chem/structureTypes.ts';
import { inlineExecutor } from '#compute/inlineExecutor.ts';
import { MemoryLedger } from '#data/buffers.ts';
import { Control } from '#data/control.ts';
import { blobSource } from '#formats/format.ts';
import { FE_GB_2K } from '#tests/fixture.ts';
import { defaultParameters } from './parameters.ts';
import { Session } from './session.ts';

async function classified(): Promise<Session> {
  const session = new Session(inlineExecutor, new MemoryLedger());
  const source = blobSource(new Blob([readFileSync(FE_GB_2K)]), 'fe-gb-2k.dump.gz');
  await session.run('snapshot', defaultParameters(), new Control(), source);
  await session.run('structure', defaultParameters(), new Control());
  return session;
}

test('every atom of a polycrystal has its distance from the nearest atom that is not BCC', async () => {
  const session = await classified();
  const held = session.memory.bytes;
  const { name, unit, array } = await session.measureBoundary(new Control());
  expect([name, unit]).toEqual(['structure.boundaryDistance', 'Å']);
  // The scratch of the search is given back; the distances go with the structure types.
  expect(session.memory.bytes - held).toBe(array.byteLength);

  const { position, cell } = session.results.snapshot!.snapshot;
  const { structureType } = session.results.structure!;
  const edges = [0, 4, 8].map((k) => cell.vectors[k]!);
  let worst = 0;
  for (let row = 0; row < array.length; row++) {
    let least = Number.POSITIVE_INFINITY;
    for (let other = 0; other < array.length; other++) {
      if (structureType[other] === BCC) continue;
      let d2 = 0;
      for (let k = 0; k < 3; k++) {
        const d = position[3 * other + k]! - position[3 * row + k]!;
        d2 += (d - Math.round(d / edges[k]!) * edges[k]!) ** 2;
      }
      if (d2 < least) least = d2;
    }
    worst = Math.max(worst, Math.abs(Math.sqrt(least) - array[row]!));
  }
  expect(worst).toBeLessThan(2e-6);

  await session.run('structure', defaultParameters(), new Control());
  expect(session.memory.bytes).toBe(held);
});

test('a cancel and a snapshot without types are refused, and keep no memory', async () => {
  const session = await classified();
  const held = session.memory.bytes;
  const control = new Control();
  control.cancel();
  await expect(session.measureBoundary(control)).rejects.toMatchObject({ failure: { tag: 'cancelled' } });
  expect(session.memory.bytes).toBe(held);
  const empty = new Session(inlineExecutor, new MemoryLedger());
  await expect(empty.measureBoundary(new Control())).rejects.toMatchObject({ failure: { tag: 'not-ready' } });
});
