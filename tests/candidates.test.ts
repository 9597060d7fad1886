import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { inlineExecutor } from '#compute/inlineExecutor.ts';
import { rowsOf, setOfRows } from '#data/atomSet.ts';
import { MemoryLedger } from '#data/buffers.ts';
import { Control } from '#data/control.ts';
import { rowOfId } from '#data/snapshot.ts';
import { blobSource } from '#formats/format.ts';
import { readIdList } from '#formats/idList/read.ts';
import { readSnapshot } from '#formats/readSnapshot.ts';
import { hashOfIds, type IdListRef } from '#pipeline/idLists.ts';
import { defaultParameters, type Parameters } from '#pipeline/parameters.ts';
import { Session } from '#pipeline/session.ts';
import type { StageSummaries } from '#pipeline/summaries.ts';
import { dot, gram, invert, type Rows, times, vectorsOf } from './algebra.ts';
import { FE_GB_2K } from './fixture.ts';

const FEW: Parameters = { ...defaultParameters(), components: 8, lambda: 1e-3, count: 4 };
const session = new Session(inlineExecutor, new MemoryLedger());
let all: Uint32Array;

const source = () => blobSource(new Blob([readFileSync(FE_GB_2K)]), 'fe-gb-2k.dump.gz');

/** Every seventh atom, from the middle on: not where the picks would be without. */
const poolIds = () => all.filter((_id, row) => row > 700 && row % 7 === 0);

function refTo(ids: Uint32Array): IdListRef {
  const work = hashOfIds(ids);
  let step = work.next();
  while (!step.done) step = work.next();
  session.provideIds(step.value, ids);
  return { name: 'Set 1', count: ids.length, sha256: step.value };
}

async function pick(change: Partial<Parameters>): Promise<StageSummaries['select']> {
  const parameters = { ...FEW, ...change };
  await session.bringTo('select', parameters, new Control(), { snapshot: source() });
  return session.records.get('select')!.summary as StageSummaries['select'];
}

/** Sum over all atoms of x_j P X^T X P x_j (Eqs. 8, 10), as the paper writes it. */
function totalAfter(atoms: Rows, chosen: Rows, lambda: number): number {
  const P = invert(gram(chosen, atoms[0]!.length, lambda));
  let total = 0;
  for (const x of atoms) {
    const u = times(P, x);
    for (const y of chosen) total += dot(y, u) ** 2;
  }
  return total;
}

beforeAll(async () => {
  await session.bringTo('pool', FEW, new Control(), { snapshot: source() });
  await session.bringTo('structure', FEW, new Control(), {});
  all = session.results.snapshot!.snapshot.ids;
});

test('only candidates are picked, and those that leave the least variance over the whole pool: by brute force', async () => {
  const ids = poolIds();
  const barred = ids.filter((_id, k) => k % 5 === 0);
  const summary = await pick({ candidates: [...ids], exclude: [...barred] });
  expect(summary.candidates).toBe(ids.length - barred.length);

  const atoms = vectorsOf(session.results.select!.features);
  const open = [...ids].filter((id) => !barred.includes(id)).map((id) => rowOfId(all, id));
  const chosen: number[] = [];
  for (let k = 0; k < FEW.count; k++) {
    const before = chosen.map((row) => atoms[row]!);
    let [best, least] = [-1, Number.POSITIVE_INFINITY];
    for (const row of open) {
      if (chosen.includes(row)) continue;
      const total = totalAfter(atoms, [...before, atoms[row]!], FEW.lambda);
      if (total < least) [best, least] = [row, total];
    }
    chosen.push(best);
    expect(Math.abs(summary.totalVariance[k]! / least - 1)).toBeLessThan(1e-6);
  }
  expect(summary.ids).toEqual(chosen.map((row) => all[row]!));
  // Without the list others are picked: it decides something.
  expect((await pick({})).ids.every((id) => ids.includes(id))).toBe(false);
});

test('a long list is a reference: the same picks, a small manifest, and the ids in a file beside it', async () => {
  const ids = poolIds();
  const inline = (await pick({ candidates: [...ids], exclude: [ids[0]!] })).ids;
  const parameters = { ...FEW, candidates: refTo(ids), exclude: refTo(ids.slice(0, 1)) };
  expect(session.isFresh('select', parameters)).toBe(false);
  expect(session.isFresh('pool', parameters)).toBe(true);
  expect((await pick(parameters)).ids).toEqual(inline);

  const files = new Map(
    [...session.files('results', parameters)].map(({ path, chunks }) => [
      path,
      path.endsWith('npy') ? '' : [...chunks].join(''),
    ]),
  );
  const text = files.get('candidates.txt')!;
  expect(readIdList(text, 'candidates.txt')).toEqual(ids);
  expect(createHash('sha256').update(text).digest('hex')).toBe(parameters.candidates.sha256);
  expect(readIdList(files.get('exclude.txt')!, 'exclude.txt')).toEqual(ids.slice(0, 1));
  const manifest = JSON.parse(files.get('manifest.json')!);
  expect(manifest.parameters.candidates).toEqual({
    name: 'Set 1',
    count: ids.length,
    sha256: parameters.candidates.sha256,
  });

  const unknown = { ...parameters.candidates, sha256: 'ab' };
  await expect(pick({ candidates: unknown })).rejects.toThrow(
    `Candidates (--candidates): the ${ids.length} atoms of Set 1 are not at hand: name them again.`,
  );
});

test('the atoms of a set as ids, as a table and as extended XYZ that read back', async () => {
  const set = setOfRows([3, 5, 1000, 1981], all.length);
  const { snapshot } = session.results.snapshot!;
  const bytes = session.memory.bytes;
  const text = (kind: 'ids' | 'csv' | 'extxyz') => [...session.atomFile(kind, set, 'My set', FEW)].join('');
  expect(readIdList(text('ids'), 'ids.txt')).toEqual(Uint32Array.from(rowsOf(set), (row) => all[row]!));

  const [header, ...lines] = text('csv').trimEnd().split('\n');
  expect(header!.split(',').slice(0, 6)).toEqual([
    'id',
    'x_Å',
    'y_Å',
    'z_Å',
    'structure_type',
    'structure_coordination',
  ]);
  expect(header).toContain('c_pe');
  expect(lines).toHaveLength(4);
  expect(lines[2]!.split(',').slice(0, 2)).toEqual([String(all[1000]), String(snapshot.position[3000])]);

  const read = await readSnapshot(blobSource(new Blob([text('extxyz')]), 'set.xyz'), {
    frame: 'last',
    memory: new MemoryLedger(),
    control: new Control(),
  });
  expect([...read.ids]).toEqual(Array.from(rowsOf(set), (row) => all[row]!));
  expect(read.position[6]).toBe(snapshot.position[3000]);
  expect([...read.cell.vectors]).toEqual([...snapshot.cell.vectors]);
  const energies = read.columns.find(({ name }) => name === 'c_pe')!.array;
  expect(energies[2]).toBe(snapshot.columns.find(({ name }) => name === 'c_pe')!.array[1000]);
  expect(read.columns.find(({ name }) => name === 'structure_type')!.array[2]).toBe(
    session.results.structure!.structureType[1000],
  );
  expect(session.memory.bytes).toBe(bytes);
});

test('the boundary network is found in turns, cancelled whole, and belongs to the classification', async () => {
  const bytes = session.memory.bytes;
  const cancelled = new Control();
  cancelled.cancel();
  await expect(session.findNetwork(cancelled)).rejects.toThrow('Cancelled');
  expect(session.memory.bytes).toBe(bytes);
  const column = await session.findNetwork(new Control());
  expect(column.name).toBe('structure.network');
  expect(session.memory.bytes).toBe(bytes + all.length);
  await session.run('snapshot', FEW, new Control(), source());
  expect(session.memory.entries.some(({ name }) => name === 'boundary network')).toBe(false);
  await expect(session.findNetwork(new Control())).rejects.toThrow('needs the structure types first');
});
