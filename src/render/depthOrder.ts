import { HIDDEN } from '#state/flags.ts';
import { ALL_TYPES, type AtomsScene, type Clip } from './scene.ts';

/** Which atoms there are to draw. */
export type AtomFilter = Pick<AtomsScene, 'types' | 'visibleTypes' | 'clips'> &
  Partial<Pick<AtomsScene, 'flags'>> & {
    /** Atoms whose centres lie so far beyond a slab, Å, are shown as well: spheres reach into it. 0 unless told. */
    readonly reach?: number;
  };

/** Whether the atom of a row is drawn. */
export function isShown(
  row: number,
  positions: Float32Array,
  { types, visibleTypes, clips, flags, reach = 0 }: AtomFilter,
): boolean {
  if (flags && flags.array[row]! >= HIDDEN) return false;
  if (types && ((visibleTypes >>> types.array[row]!) & 1) === 0) return false;
  if (clips.length === 0) return true;
  const at = 3 * row;
  for (const clip of clips) {
    if (!lieIn(clip, positions[at]!, positions[at + 1]!, positions[at + 2]!, reach)) return false;
  }
  return true;
}

function lieIn(clip: Clip, x: number, y: number, z: number, reach: number): boolean {
  if (clip.kind === 'sphere') {
    const [cx, cy, cz] = clip.centre;
    return (x - cx) ** 2 + (y - cy) ** 2 + (z - cz) ** 2 <= clip.radius ** 2;
  }
  const along = x * clip.normal[0] + y * clip.normal[1] + z * clip.normal[2];
  return along >= clip.from - reach && along <= clip.to + reach;
}

export interface OrderedView {
  /** Unit vector to the viewer. */
  readonly towards: readonly [number, number, number];
  /** Radius of the sphere about the cell centre that holds every atom, Å. */
  readonly reach: number;
}

/** Numbers of rows there are to draw. */
export interface Drawn {
  readonly shown: number;
  /** How many of them, at the beginning, are the sample: one in `oneIn`; all of them where there are few. */
  readonly sampled: number;
  readonly oneIn: number;
}

/** Layers of depth; within one, rows ascend. */
const LAYERS = 512;
/** Rows between two yields: one or two ms. */
const CHUNK = 1 << 16;
/** A sample has at most about so many atoms: what software rendering draws in a few hundredths of a second. */
const LARGEST_SAMPLE = 150_000;
/** Scatters row numbers, whatever order the file has its atoms in (D. E. Knuth's multiplicative hash). */
const SCATTER = 0x9e3779b1;

/** A sample is one in so many atoms, a power of 2. */
export function sampleOneIn(shown: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(shown / LARGEST_SAMPLE)));
}

/**
 * Rows of the atoms to draw, from the nearest to the farthest, in layers of depth; first those of the sample, then the
 * others. Drawn in this order an atom behind others fails the depth test before its pixels are computed, and hidden
 * atoms cost nothing. The picture is the same in any order, so layers are enough: a counting sort, about 30 ns an atom,
 * that yields every ms or two. The sample of the same atoms shown is always the same.
 * @param positions [n, 3] Å about the cell centre.
 * @param order [n]; its beginning receives the rows.
 */
export function* orderFrontToBack(
  positions: Float32Array,
  { towards: [tx, ty, tz], reach }: OrderedView,
  filter: AtomFilter,
  order: Uint32Array,
): Generator<void, Drawn> {
  const layersPerAngstrom = LAYERS / (2 * reach);
  const keys = new Uint16Array(order.length);
  let shown = 0;
  for (const [from, to] of chunks(order.length)) {
    for (let row = from; row < to; row++) {
      if (!isShown(row, positions, filter)) continue;
      const at = 3 * row;
      const nearness = positions[at]! * tx + positions[at + 1]! * ty + positions[at + 2]! * tz;
      keys[shown] = Math.min(LAYERS - 1, Math.max(0, ((reach - nearness) * layersPerAngstrom) | 0));
      order[shown++] = row;
    }
    yield;
  }

  const rows = order.slice(0, shown);
  const oneIn = sampleOneIn(shown);
  const beyondSample = 32 - Math.log2(oneIn);
  const starts = new Uint32Array(2 * LAYERS + 1);
  for (const [from, to] of chunks(shown)) {
    for (let k = from; k < to; k++) {
      // A shift by 32 is one by 0: without a sample every row is of it.
      const sampled = oneIn === 1 || Math.imul(rows[k]!, SCATTER) >>> beyondSample === 0;
      const key = sampled ? keys[k]! : LAYERS + keys[k]!;
      keys[k] = key;
      starts[key + 1]!++;
    }
    yield;
  }
  for (let key = 0; key < 2 * LAYERS; key++) starts[key + 1]! += starts[key]!;

  const drawn = { shown, sampled: starts[LAYERS]!, oneIn };
  for (const [from, to] of chunks(shown)) {
    for (let k = from; k < to; k++) order[starts[keys[k]!]!++] = rows[k]!;
    yield;
  }
  return drawn;
}

/** Whether two filters show the same atoms. */
export function sameAtoms(one: AtomFilter, other: AtomFilter): boolean {
  if (
    one.clips !== other.clips ||
    one.reach !== other.reach ||
    one.visibleTypes !== other.visibleTypes ||
    one.flags !== other.flags
  )
    return false;
  return one.visibleTypes === ALL_TYPES || one.types === other.types;
}

function* chunks(count: number): Generator<readonly [from: number, to: number]> {
  for (let from = 0; from < count; from += CHUNK) yield [from, Math.min(count, from + CHUNK)];
}
