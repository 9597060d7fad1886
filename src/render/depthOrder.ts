/** Which atoms there are to draw: those of row k where bit `types[k]` of `visible` is set. */
export interface TypeFilter {
  readonly types: Uint8Array;
  readonly visible: number;
}

export interface OrderedView {
  /** Unit vector to the viewer; zero where any order will do. */
  readonly towards: readonly [number, number, number];
  /** Radius of the sphere about the cell centre that holds every atom, Å. */
  readonly reach: number;
  /** One in so many atoms comes first, as a sample: a power of 2; 1 for no sample. */
  readonly sampleOneIn: number;
}

/** Numbers of rows there are to draw. */
export interface Drawn {
  readonly shown: number;
  /** How many of them, at the beginning, are the sample. */
  readonly sampled: number;
}

/** Layers of depth; within one, rows ascend. */
const LAYERS = 512;
const HIDDEN = 0xffff;

/** Rows between two steps: a millisecond of work at most. */
const ROWS_A_STEP = 50_000;
/** Scatters row numbers, whatever order the file has its atoms in (D. E. Knuth's multiplicative hash). */
const SCATTER = 0x9e3779b1;

/**
 * Rows of the atoms to draw, from the nearest to the farthest, in layers of depth; first those of the sample, then the
 * others. Drawn in this order an atom behind others fails the depth test before its pixels are computed, and atoms of
 * hidden types cost nothing. The picture is the same in any order, so layers are enough: a counting sort, about 10 ns
 * an atom, in steps, so that the page can do other things between them. The sample is always of the same atoms.
 * @param positions [n, 3] Å about the cell centre.
 * @param filter null shows all.
 * @param order [n]; its beginning receives the rows.
 */
export function* orderFrontToBack(
  positions: Float32Array,
  { towards: [tx, ty, tz], reach, sampleOneIn }: OrderedView,
  filter: TypeFilter | null,
  order: Uint32Array,
): Generator<void, Drawn> {
  const layersPerAngstrom = LAYERS / (2 * reach);
  const layer = new Uint16Array(order.length);
  const starts = new Uint32Array(2 * LAYERS + 1);
  const beyondSample = 32 - Math.log2(sampleOneIn);
  for (let row = 0; row < order.length; row++) {
    if (row % ROWS_A_STEP === 0) yield;
    if (filter && ((filter.visible >>> filter.types[row]!) & 1) === 0) {
      layer[row] = HIDDEN;
      continue;
    }
    const at = 3 * row;
    const nearness = positions[at]! * tx + positions[at + 1]! * ty + positions[at + 2]! * tz;
    const depth = Math.min(LAYERS - 1, Math.max(0, ((reach - nearness) * layersPerAngstrom) | 0));
    // A shift by 32 is one by 0: without a sample every row is of it.
    const sampled = sampleOneIn === 1 || Math.imul(row, SCATTER) >>> beyondSample === 0;
    const key = sampled ? depth : LAYERS + depth;
    layer[row] = key;
    starts[key + 1]!++;
  }
  for (let key = 0; key < 2 * LAYERS; key++) starts[key + 1]! += starts[key]!;
  const drawn = { shown: starts[2 * LAYERS]!, sampled: starts[LAYERS]! };
  for (let row = 0; row < order.length; row++) {
    if (row % ROWS_A_STEP === 0) yield;
    const key = layer[row]!;
    if (key !== HIDDEN) order[starts[key]!++] = row;
  }
  return drawn;
}

/** All steps at once. */
export function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
