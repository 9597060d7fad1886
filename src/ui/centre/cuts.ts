import { type Cell, cellSpan, unitVector } from '#data/cell.ts';
import type { Clip } from '#render/scene.ts';
import type { Cuts, Slice } from '#state/slices/clips.ts';

type Triple = readonly [number, number, number];

/** Beyond every model, Å. */
const FAR = 1e6;

/** What is cut away, as the picture wants it. */
export function clipsOf({ slice, clipBox, crop }: Cuts, cell: Cell): Clip[] {
  const clips: Clip[] = [];
  if (slice.on) {
    const { position, thickness } = slice;
    const [from, to] = thickness === null ? [position, FAR] : [position - thickness / 2, position + thickness / 2];
    clips.push({ kind: 'slab', normal: normalOf(slice, cell), from, to });
  }
  for (const k of [0, 1, 2] as const) {
    if (!clipBox || (clipBox.from[k] <= 0 && clipBox.to[k] >= 1)) continue;
    const normal = planeNormal([k === 0 ? 1 : 0, k === 1 ? 1 : 0, k === 2 ? 1 : 0], cell);
    const { half } = cellSpan(cell, normal);
    // At the walls nothing is cut: atoms may lie a little beyond them.
    const from = clipBox.from[k] <= 0 ? -FAR : (2 * clipBox.from[k] - 1) * half;
    const to = clipBox.to[k] >= 1 ? FAR : (2 * clipBox.to[k] - 1) * half;
    clips.push({ kind: 'slab', normal, from, to });
  }
  if (crop) clips.push({ kind: 'sphere', centre: crop.centre, radius: crop.radius });
  return clips;
}

/** Unit normal of the planes of a slice. */
export function normalOf({ axis, hkl }: Pick<Slice, 'axis' | 'hkl'>, cell: Cell): Triple {
  if (axis === 'hkl') return planeNormal(hkl, cell);
  return [axis === 'x' ? 1 : 0, axis === 'y' ? 1 : 0, axis === 'z' ? 1 : 0];
}

/** Unit normal of the planes (hkl) of a cell: h a* + k b* + l c*. */
export function planeNormal([h, k, l]: Triple, { vectors: v }: Cell): Triple {
  const row = (at: number): Triple => [v[at]!, v[at + 1]!, v[at + 2]!];
  const [a, b, c] = [row(0), row(3), row(6)];
  const [bc, ca, ab] = [cross(b, c), cross(c, a), cross(a, b)];
  // Left-handed cells have their reciprocal vectors the other way round.
  const sign = Math.sign(a[0] * bc[0] + a[1] * bc[1] + a[2] * bc[2]);
  const along = (axis: 0 | 1 | 2) => sign * (h * bc[axis] + k * ca[axis] + l * ab[axis]);
  return unitVector([along(0), along(1), along(2)]);
}

function cross(p: Triple, q: Triple): Triple {
  return [p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]];
}
