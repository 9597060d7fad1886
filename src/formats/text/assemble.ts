import { type Cell, cellVolume } from '#data/cell.ts';
import { badInput, type Place, type Warning } from '#data/errors.ts';
import type { Snapshot, SnapshotSource } from '#data/snapshot.ts';
import type { ChosenFrame, FrameData, ReaderContext } from '../format.ts';

const DIGIT_BITS = 16;
const BUCKETS = 1 << DIGIT_BITS;

/** Sort the chosen frame by id and make it a snapshot. @throws Refusal for an id that occurs twice. */
export function assembleSnapshot(
  chosen: ChosenFrame<number | null>,
  source: Omit<SnapshotSource, 'frame' | 'frameCount' | 'timestep'>,
  allocate: ReaderContext['allocate'],
  warnings: readonly Warning[],
): Snapshot {
  const { data, index, frameCount } = chosen;
  const ids = data.ids ?? countingIds(data.count, allocate);
  const order = data.ids ? sortById(source.name, data, data.ids) : null;
  const fileOrder = order && allocate('order of the file', 'uint32', order.length);
  fileOrder?.set(order!);
  const noIds = { message: 'The file has no id column: atoms are numbered 1 to n in file order.' };
  return {
    source: { ...source, frame: index, frameCount, timestep: data.timestep },
    count: data.count,
    cell: data.cell,
    ids,
    fileOrder,
    types: data.types,
    species: data.species,
    position: data.position,
    columns: data.columns,
    warnings: [...(data.ids ? [] : [noIds]), ...data.warnings, ...warnings],
  };
}

/** @throws Refusal for a cell that holds no volume. `line` is where the file describes it. */
export function checkCell(file: string, line: number, cell: Cell): void {
  checkCellAt({ file, line }, cell);
}

/** The same where a place is more than a line. */
export function checkCellAt(place: Place, cell: Cell): void {
  const { vectors } = cell;
  const edge = (row: number) => Math.hypot(vectors[row]!, vectors[row + 1]!, vectors[row + 2]!);
  const flatness = Math.abs(cellVolume(cell)) / (edge(0) * edge(3) * edge(6));
  // Written so that NaN (0/0, or a bound that is not finite) is refused too.
  if (flatness > 1e-9 && cell.origin.every(Number.isFinite)) return;
  throw badInput({
    ...place,
    expected: 'a cell of finite volume',
    found: `vectors (${[0, 3, 6].map((row) => vectors.subarray(row, row + 3).join(' ')).join(', ')})`,
  });
}

function countingIds(count: number, allocate: ReaderContext['allocate']): Uint32Array {
  const ids = allocate('atom ids', 'uint32', count);
  for (let row = 0; row < count; row++) ids[row] = row + 1;
  return ids;
}

/** Sort every array of the frame in place, by the order that is given back; null for a file in id order, which is left alone. */
function sortById(file: string, data: FrameData<number | null>, ids: Uint32Array): Uint32Array | null {
  let ascending = true;
  for (let row = 1; ascending && row < ids.length; row++) ascending = ids[row - 1]! < ids[row]!;
  if (ascending) return null;
  const order = sortedOrder(ids);
  for (let row = 1; row < order.length; row++) {
    const [first, second] = [order[row - 1]!, order[row]!];
    if (ids[first] === ids[second]) {
      const expected = 'every atom id once';
      const { firstLine } = data;
      if (firstLine === null) {
        const found = `id ${ids[second]} for atoms ${first + 1} and ${second + 1} of the frame`;
        throw badInput({ file, expected, found });
      }
      const found = `id ${ids[second]} again, which stands on line ${firstLine + first} already`;
      throw badInput({ file, line: firstLine + second, expected, found });
    }
  }
  const arrays: [Uint32Array | Uint8Array | Float64Array, number][] = [
    [ids, 1],
    [data.types, 1],
    [data.position, 3],
    ...data.columns.map((column): [Float64Array, number] => [column.array, column.shape[1] ?? 1]),
  ];
  for (const [array, width] of arrays) permuteRows(array, width, order);
  return order;
}

/** Rows in ascending order of key, equal keys in row order: a radix sort, two passes of 16 bits. */
function sortedOrder(keys: Uint32Array): Uint32Array {
  let from = new Uint32Array(keys.length).map((_, row) => row);
  let to = new Uint32Array(keys.length);
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    const starts = new Uint32Array(BUCKETS + 1);
    for (const key of keys) starts[((key >>> shift) & (BUCKETS - 1)) + 1]!++;
    for (let bucket = 0; bucket < BUCKETS; bucket++) starts[bucket + 1]! += starts[bucket]!;
    for (const row of from) to[starts[(keys[row]! >>> shift) & (BUCKETS - 1)]!++] = row;
    [from, to] = [to, from];
  }
  return from;
}

/** array[k] = array[order[k]] for rows of `width` numbers; holds one copy of this array meanwhile. */
function permuteRows(array: Uint32Array | Uint8Array | Float64Array, width: number, order: Uint32Array): void {
  const before = array.slice();
  for (let row = 0; row < order.length; row++) {
    const source = order[row]! * width;
    for (let component = 0; component < width; component++)
      array[row * width + component] = before[source + component]!;
  }
}
