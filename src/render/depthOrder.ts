/** Which atoms there are to draw: those of row k where bit `types[k]` of `visible` is set. */
export interface TypeFilter {
  readonly types: Uint8Array;
  readonly visible: number;
}

export interface OrderedView {
  /** Unit vector to the viewer. */
  readonly towards: readonly [number, number, number];
  /** Radius of the sphere about the cell centre that holds every atom, Å. */
  readonly reach: number;
}

/** Layers of depth; within one, rows ascend. */
const LAYERS = 512;
const HIDDEN = 0xffff;

/**
 * Rows of the atoms to draw, from the nearest to the farthest, in layers of depth. Drawn in this order an atom behind
 * others fails the depth test before its pixels are computed, and atoms of hidden types cost nothing. The picture is the
 * same in any order, so layers are enough: a counting sort, about 10 ns an atom.
 * @param positions [n, 3] Å about the cell centre.
 * @param filter null shows all.
 * @param order [n]; its beginning receives the rows.
 * @returns How many rows there are to draw.
 */
export function orderFrontToBack(
  positions: Float32Array,
  { towards: [tx, ty, tz], reach }: OrderedView,
  filter: TypeFilter | null,
  order: Uint32Array,
): number {
  const layersPerAngstrom = LAYERS / (2 * reach);
  const layer = new Uint16Array(order.length);
  const starts = new Uint32Array(LAYERS + 1);
  for (let row = 0; row < order.length; row++) {
    if (filter && ((filter.visible >>> filter.types[row]!) & 1) === 0) {
      layer[row] = HIDDEN;
      continue;
    }
    const at = 3 * row;
    const nearness = positions[at]! * tx + positions[at + 1]! * ty + positions[at + 2]! * tz;
    const key = Math.min(LAYERS - 1, Math.max(0, ((reach - nearness) * layersPerAngstrom) | 0));
    layer[row] = key;
    starts[key + 1]!++;
  }
  for (let key = 0; key < LAYERS; key++) starts[key + 1]! += starts[key]!;
  const shown = starts[LAYERS]!;
  for (let row = 0; row < order.length; row++) {
    const key = layer[row]!;
    if (key !== HIDDEN) order[starts[key]!++] = row;
  }
  return shown;
}
