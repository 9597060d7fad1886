import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { inlineExecutor } from '#compute/inlineExecutor.ts';
import { MemoryLedger } from '#data/buffers.ts';
import { Control } from '#data/control.ts';
import { blobSource } from '#formats/format.ts';
import { defaultParameters } from '#pipeline/parameters.ts';
import { Session } from '#pipeline/session.ts';
import { FE_GB_2K } from './fixture.ts';

const SCRIPT = fileURLToPath(new URL('../scripts/tileSnapshot.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'grainscope-tiles-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function classified(path: string) {
  const session = new Session(inlineExecutor, new MemoryLedger());
  const source = blobSource(new Blob([readFileSync(path)]), 'snapshot');
  await session.bringTo('structure', defaultParameters(), new Control(), { snapshot: source });
  return { ...session.results.snapshot!.snapshot, ...session.results.structure! };
}

test.each(['tiled.dump', 'tiled.dump.gz'])('tiled snapshots are copies side by side, seamlessly: %s', async (name) => {
  const output = join(folder, name);
  execFileSync(process.execPath, [SCRIPT, fileURLToPath(FE_GB_2K), output, '2', '1', '3']);
  const [one, all] = [await classified(fileURLToPath(FE_GB_2K)), await classified(output)];
  expect(all.count).toBe(6 * one.count);
  expect([...all.ids]).toEqual(Array.from({ length: all.count }, (_, row) => row + 1));
  const edges = [0, 4, 8].map((k) => all.cell.vectors[k]! / one.cell.vectors[k]!);
  for (const [axis, copies] of [2, 1, 3].entries()) expect(edges[axis]).toBeCloseTo(copies, 12);
  for (let copy = 0; copy < 6; copy++) {
    const rows = [copy * one.count, (copy + 1) * one.count] as const;
    expect(all.columns[0]!.array.slice(...rows)).toEqual(one.columns[0]!.array.slice());
    // Coordinates are rounded as in the file, so an atom at the edge of a type may change sides.
    const types = all.structureType.slice(...rows).filter((type, row) => type !== one.structureType[row]);
    expect(types.length).toBeLessThanOrEqual(one.count / 500);
  }
});
