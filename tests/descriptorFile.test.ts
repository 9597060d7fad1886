import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { inlineExecutor } from '#compute/inlineExecutor.ts';
import { zipFiles } from '#compute/zip.ts';
import { MemoryLedger } from '#data/buffers.ts';
import { Control } from '#data/control.ts';
import { type Bytes, blobSource } from '#formats/format.ts';
import { writeNpy } from '#formats/npy/write.ts';
import { describeRows } from '#pipeline/describeRows.ts';
import { defaultParameters, type Parameters } from '#pipeline/parameters.ts';
import { Session } from '#pipeline/session.ts';
import type { StageSummaries } from '#pipeline/summaries.ts';
import { openProjectFile, projectFiles } from '#project/projectFile.ts';
import { FE_GB_2K } from './fixture.ts';

const PARAMETERS: Parameters = { ...defaultParameters(), nMax: 6, lMax: 4, components: 12, count: 10 };
const FROM_FILE: Parameters = { ...PARAMETERS, descriptor: 'file' };
const snapshot = () => blobSource(new Blob([readFileSync(FE_GB_2K)]), 'fe-gb-2k.dump.gz');

const computed = new Session(inlineExecutor, new MemoryLedger());
let count: number;
let dimension: number;
/** [n, D] by rising id, float64. */
let matrix: Float64Array;
let ids: Uint32Array;

function npy(values: Float64Array | Float32Array | Uint32Array, shape: number[]): Bytes {
  const dtype = values instanceof Float64Array ? 'float64' : values instanceof Float32Array ? 'float32' : 'uint32';
  return Buffer.concat([...writeNpy(dtype, shape, [values])]) as unknown as Bytes;
}
const source = (bytes: Uint8Array, name = 'soap.npy') => blobSource(new Blob([bytes as Bytes]), name);

async function withFile(
  bytes: Uint8Array,
  change: Partial<Parameters> = {},
  { of = snapshot(), name = 'soap.npy' } = {},
): Promise<Session> {
  const session = new Session(inlineExecutor, new MemoryLedger());
  const sources = { snapshot: of, descriptor: source(bytes, name) };
  await session.bringTo('select', { ...FROM_FILE, ...change }, new Control(), sources);
  return session;
}

const picks = (session: Session) => (session.records.get('select')!.summary as StageSummaries['select']).ids;
const fileOf = (session: Session) => (session.records.get('descriptor')!.summary as StageSummaries['descriptor']).file!;

beforeAll(async () => {
  await computed.bringTo('select', PARAMETERS, new Control(), { snapshot: snapshot() });
  const { list, snapshot: atoms } = computed.results.snapshot!;
  ({ ids, count } = atoms);
  const rows = Uint32Array.from(ids.keys());
  const context = {
    executor: inlineExecutor,
    control: new Control(),
    memory: new MemoryLedger(),
    lists: new Map(),
    potentials: new Map(),
  };
  const blocks: Float64Array[] = [];
  for await (const block of describeRows(list, rows, PARAMETERS, context)) blocks.push(block.slice());
  matrix = new Float64Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    matrix.set(block, at);
    at += block.length;
  }
  dimension = matrix.length / count;
});

describe('descriptors from a file', () => {
  test('give the picks that the same descriptors gave when they were computed', async () => {
    const session = await withFile(npy(matrix, [count, dimension]));
    expect(picks(session)).toEqual(picks(computed));
    expect(fileOf(session)).toMatchObject({
      name: 'soap.npy',
      rows: count,
      columns: dimension,
      numbers: '<f8',
      order: 'rising id, which is the order of the file',
    });
    const scores = session.results.pool!.scores;
    const worst = computed.results.pool!.scores.reduce(
      (most, score, k) => Math.max(most, Math.abs(Math.abs(score) - Math.abs(scores[k]!))),
      0,
    );
    expect(worst).toBeLessThan(1e-5);
  });

  test('of any width, none of them like SOAP', async () => {
    for (const columns of [1, 700]) {
      const made = Float32Array.from({ length: count * columns }, (_, k) => Math.sin(0.1 * k * k) + (k % columns));
      const session = await withFile(npy(made, [count, columns]), { components: Math.min(5, columns), count: 5 });
      expect(fileOf(session)).toMatchObject({ columns, numbers: '<f4' });
      expect(picks(session)).toHaveLength(5);
    }
  });

  test('with ids beside them in any order', async () => {
    const order = Array.from(ids.keys()).reverse();
    const shuffled = Float64Array.from(
      order.flatMap((row) => [...matrix.subarray(row * dimension, (row + 1) * dimension)]),
    );
    const archive = zipSync({
      'soap.npy': npy(shuffled, [count, dimension]),
      'id.npy': npy(
        Uint32Array.from(order, (row) => ids[row]!),
        [count],
      ),
    });
    const session = await withFile(archive, {}, { name: 'soap.npz' });
    expect(picks(session)).toEqual(picks(computed));
    expect(fileOf(session).order).toBe('ids beside it');
  });

  test('of a snapshot that is not in the order of its ids: refused until it is said which order, right after that', async () => {
    const { position, cell } = computed.results.snapshot!.snapshot;
    const order = Array.from(ids.keys(), (row) => (row * 7) % count);
    const [x, y, z] = [0, 4, 8].map((k) => cell.vectors[k]!);
    const lines = order.map((row) => `${ids[row]} 1 ${position.subarray(3 * row, 3 * row + 3).join(' ')}`);
    const bounds = [x, y, z].map((edge, k) => `${cell.origin[k]} ${cell.origin[k]! + edge!}`).join('\n');
    const dump = `ITEM: TIMESTEP\n0\nITEM: NUMBER OF ATOMS\n${count}\nITEM: BOX BOUNDS pp pp pp\n${bounds}\nITEM: ATOMS id type x y z\n${lines.join('\n')}\n`;
    const of = () => blobSource(new Blob([dump]), 'shuffled.dump');
    const inFileOrder = Float64Array.from(
      order.flatMap((row) => [...matrix.subarray(row * dimension, (row + 1) * dimension)]),
    );

    await expect(withFile(npy(inFileOrder, [count, dimension]), {}, { of: of() })).rejects.toThrow(
      /--descriptor-rows\): the atoms of shuffled\.dump do not stand in the order of their ids, so say whether .* \(ids\)/,
    );
    const byFile = await withFile(npy(inFileOrder, [count, dimension]), { descriptorRows: 'file-order' }, { of: of() });
    expect(picks(byFile)).toEqual(picks(computed));
    expect(fileOf(byFile).order).toBe('order of the file');
    const byIds = await withFile(npy(matrix, [count, dimension]), { descriptorRows: 'ids' }, { of: of() });
    expect(picks(byIds)).toEqual(picks(computed));
    const wrong = await withFile(npy(inFileOrder, [count, dimension]), { descriptorRows: 'ids' }, { of: of() });
    expect(picks(wrong)).not.toEqual(picks(computed));
  });

  test.each<[string, () => Uint8Array, RegExp]>([
    [
      'other atoms',
      () => npy(matrix.subarray(dimension), [count - 1, dimension]),
      /a row for each of the 1982 atoms of fe-gb-2k\.dump\.gz, found 1981 rows of \d+ numbers/,
    ],
    [
      'an id that is not there',
      () =>
        zipSync({
          'm.npy': npy(matrix, [count, dimension]),
          'id.npy': npy(
            ids.map((id) => id + 1),
            [count],
          ),
        }),
      /row 1982: expected the id of an atom of the snapshot, found 1983/,
    ],
    [
      'an id twice',
      () =>
        zipSync({
          'm.npy': npy(matrix, [count, dimension]),
          'id.npy': npy(
            ids.map((id) => (id === 2 ? 1 : id)),
            [count],
          ),
        }),
      /row 2: expected every atom id once, found 1 again/,
    ],
  ])('refused: %s; what was there stays', async (_, bytes, sentence) => {
    const session = new Session(inlineExecutor, new MemoryLedger());
    await session.bringTo('structure', FROM_FILE, new Control(), { snapshot: snapshot() });
    const before = session.memory.bytes;
    const run = session.bringTo('descriptor', FROM_FILE, new Control(), { descriptor: source(bytes()) });
    await expect(run).rejects.toThrow(sentence);
    expect(session.memory.bytes).toBe(before);
    expect(session.records.has('structure')).toBe(true);
  });

  test('without the file there is a sentence, and SOAP parameters do not matter', async () => {
    const session = await withFile(npy(matrix, [count, dimension]));
    expect(session.isFresh('pool', { ...FROM_FILE, nMax: 3, cutoff: 5 })).toBe(true);
    expect(session.isFresh('pool', { ...FROM_FILE, descriptorRows: 'ids' })).toBe(false);
    const again = session.bringTo('pool', { ...FROM_FILE, descriptorRows: 'ids' }, new Control(), {});
    await expect(again).rejects.toThrow('Its file is not at hand: choose the matrix of descriptors once more');
  });

  test('too large a matrix is refused before it is read', async () => {
    const memory = new MemoryLedger({ budgetBytes: 16 * 2 ** 20 });
    const session = new Session(inlineExecutor, memory);
    await session.bringTo('snapshot', FROM_FILE, new Control(), { snapshot: snapshot() });
    const wide = npy(new Float32Array(count * 2500), [count, 2500]);
    const run = session.bringTo('descriptor', FROM_FILE, new Control(), { descriptor: source(wide) });
    await expect(run).rejects.toThrow(/Descriptor needs up to .* GiB of memory/);
  });

  test('are kept in a project: the pool can be made anew from them', async () => {
    const session = await withFile(npy(matrix, [count, dimension]));
    const project = { created: '2026-11-24T00:00:00.000Z', parameters: FROM_FILE, session: session.state!, page: null };
    const file = await zipFiles(projectFiles(project, 1));
    const opened = new Session(inlineExecutor, new MemoryLedger());
    const { session: state } = await openProjectFile(file, 'test.grainscope', opened.memory);
    opened.restore(state, new Control(), 'test.grainscope');
    const fewer = { ...FROM_FILE, components: 8 };
    await opened.bringTo('pool', fewer, new Control(), {});
    expect(opened.results.pool!.components).toBe(8);
    const expected = session.results.pool!.scores;
    for (const row of [0, 77, count - 1]) expect(opened.results.pool!.scores[8 * row]).toBe(expected[12 * row]);
  });
});
