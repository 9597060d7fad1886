import { expect, test } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import { Control } from '#data/control.ts';
import { describeFailure } from '#data/errors.ts';
import type { FrameChoice } from '../format.ts';
import { peekSnapshot } from '../peekSnapshot.ts';
import { readSnapshot } from '../readSnapshot.ts';
import { bytesSource, failureOf, gzip, readText, textBytes } from '../testSupport.ts';

const IRON = { size: 2, names: ['Fe', 'Fe'], x: [0, 1.4], y: [0, 1.5], z: [0, 1.6] };
const STRUCTURES = [
  { ...IRON, cell: [3, 0, 0, 0, 3, 0, 0.5, 0, 3] },
  {
    size: 3,
    names: ['Cr', 'Fe', 'Cr'],
    x: [1, 2, 3],
    y: [4, 5, 6],
    z: [7, 8, 9],
    cell: [20, 0, 0, 0, 20, 0, 0, 0, 20],
  },
];
const atom = (values: readonly unknown[]) => ({ target: 'atom', values });

/** As the Python package writes it: metadata first. */
function file(parts: Record<string, unknown> = {}): string {
  return JSON.stringify({ meta: { name: 'test' }, structures: STRUCTURES, ...parts });
}
const read = (parts: Record<string, unknown>, frame: FrameChoice = 'last') => readText(file(parts), frame);
const sentence = async (parts: Record<string, unknown>) => describeFailure(await failureOf(read(parts)));
const NUMBERED = 'The file has no id column: atoms are numbered 1 to n in file order.';
const messages = ({ warnings }: Awaited<ReturnType<typeof read>>) =>
  warnings.map(({ message }) => message).filter((message) => message !== NUMBERED);

test('structures are frames', async () => {
  const first = await read({}, 'first');
  expect(first.source).toMatchObject({ format: 'chemiscope', frame: 0, frameCount: 2, timestep: null });
  expect([...first.position]).toEqual([0, 0, 0, 1.4, 1.5, 1.6]);
  expect([...first.cell.vectors]).toEqual(STRUCTURES[0]!.cell);
  expect(first.cell.periodic).toEqual([true, true, true]);
  expect(messages(first)).toEqual([]);
  const last = await read({});
  expect([[...last.types], last.species, last.count]).toEqual([[0, 1, 0], ['Cr', 'Fe'], 3]);
  expect(await failureOf(read({}, 2))).toMatchObject({ found: '2 frames in the file' });
});

test('properties of atoms are columns, of one number or several, in the order of all atoms', async () => {
  const properties = {
    energy: { ...atom([1, 2, 3, null, 5]), units: 'eV' },
    soap: atom([1, 2, 3, 4, 5].map((value) => [value, -value])),
    word: atom(['a', 'b', 'c', 'd', 'e']),
    ragged: atom([1, [2], [3, 4], 4, 5]),
    total: { target: 'structure', values: [7, 8] },
  };
  const { columns, ...rest } = await read({ properties });
  expect(columns.map(({ name, shape, array }) => [name, shape, [...array]])).toEqual([
    ['energy', [3], [3, Number.NaN, 5]],
    ['soap', [3, 2], [3, -3, 4, -4, 5, -5]],
  ]);
  expect(messages(rest as never)).toEqual([
    'Property word holds no numbers, or not as many for every atom: it is left out.',
    'Property ragged holds no numbers, or not as many for every atom: it is left out.',
    'Properties of whole structures are left out: total.',
  ]);
});

test('environments may be some of the atoms: the others have no value, and that is said', async () => {
  const environments = [
    { structure: 1, center: 2, cutoff: 3.5 },
    { structure: 0, center: 1, cutoff: 3.5 },
  ];
  const snapshot = await read({ environments, properties: { q: atom([10, 20]) } });
  expect([...snapshot.columns[0]!.array]).toEqual([Number.NaN, Number.NaN, 10]);
  expect(messages(snapshot)).toEqual(['Properties are given for 1 of 3 atoms: the others have no value (NaN).']);
  expect(await sentence({ environments, properties: { q: atom([1, 2, 3]) } })).toBe(
    'test: expected 2 entries in properties.q.values, found 3.',
  );
  expect(await sentence({ environments: [{ structure: 1, center: 3 }] })).toBe(
    'test: expected a structure and an atom of it as environments[0], found {"structure":1,"center":3}.',
  );
});

test('without a cell boundaries are open, and that is said', async () => {
  const snapshot = await read({ structures: [IRON] });
  expect(snapshot.cell.periodic).toEqual([false, false, false]);
  expect(messages(snapshot)).toEqual([
    'The file gives no cell: the boundaries are open, and the cell is the box around the atoms.',
  ]);
});

test('NaN and Infinity as Python writes them are numbers, words of the same letters are words', async () => {
  const text = file({ properties: { 'NaN "q"': atom([1, 2, '@', '#', 5]) } })
    .replace('"@"', 'NaN')
    .replace('"#"', '-Infinity');
  const { columns } = await readText(text);
  expect([columns[0]!.name, ...columns[0]!.array]).toEqual(['NaN "q"', Number.NaN, -Infinity, 5]);
});

test('what is wrong is said in one sentence', async () => {
  const [first, second] = STRUCTURES;
  const spoiled = (change: object) => sentence({ structures: [first, { ...second, ...change }] });
  expect(await spoiled({ x: [1, 2] })).toBe('test: expected 3 entries in structures[1].x, found 2.');
  expect(await spoiled({ z: [1, 'a', 2] })).toBe('test: expected a finite number as structures[1].z[1], found "a".');
  expect(await spoiled({ size: 0 })).toBe('test: expected a number of atoms as structures[1].size, found 0.');
  expect(await spoiled({ names: undefined, data: 'b.json' })).toBe(
    'test: structures[1] is kept in another file, which is not here.',
  );
  expect(await spoiled({ cell: [1, 0, 0, 1, 0, 0, 0, 0, 1] })).toContain('expected a cell of finite volume');
  expect(await sentence({ structures: [] })).toBe('test: the file has no structures.');
  expect(await sentence({ structures: undefined })).toBe('test: expected a list as structures, found nothing.');
  expect(await sentence({ properties: { q: atom([1]) } })).toBe(
    'test: expected 5 entries in properties.q.values, found 1.',
  );
  const cut = await failureOf(readText(file().slice(0, -40)));
  expect(cut.message).toMatch(/^the JSON is cut short or damaged \(.+\)$/);
});

test('from gzip in chunks; nothing of what was refused stays in the ledger, and a cancel is looked at', async () => {
  const zipped = await gzip(textBytes(file()));
  const memory = new MemoryLedger();
  const snapshot = await readSnapshot(bytesSource(zipped, 'a.json.gz', 7), { frame: 'last', memory });
  expect(snapshot.count).toBe(3);
  expect(await peekSnapshot(bytesSource(zipped))).toBeNull();
  const refused = new MemoryLedger();
  await failureOf(readText(file({ properties: { q: atom([1]) } }), 'last', refused));
  expect(refused.bytes).toBe(0);
  const control = new Control();
  const reading = readSnapshot(bytesSource(zipped, 'a', 10), { frame: 'last', memory, control });
  control.cancel();
  expect((await failureOf(reading)).tag).toBe('cancelled');
});
