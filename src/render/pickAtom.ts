import { isShown } from './depthOrder.ts';
import { RING_LEAST, RING_LIFT, RING_OUTER, RING_PIXELS, RING_THICKNESS } from './rings.ts';
import type { AtomsScene } from './scene.ts';

type Triple = readonly [number, number, number];

/** The line of sight through a point of the view. */
export interface Ray {
  /** Å about the cell centre: the eye or, where rays are parallel, a point far enough back that all atoms lie ahead. */
  readonly origin: Triple;
  /** Unit vector. */
  readonly direction: Triple;
  /** Å of one CSS pixel at a distance along the ray, Å. */
  readonly pixelAt: (distance: number) => number;
}

/** What is drawn, as far as it can be hit. */
type Drawn = Pick<AtomsScene, 'positions' | 'radius' | 'types' | 'visibleTypes' | 'clips' | 'marked'> &
  Partial<Pick<AtomsScene, 'flags'>>;

/**
 * The atom that is seen along a ray: the first sphere, or ring of a chosen atom, that it meets. One pass over all atoms,
 * a few ms for a million, so that neither the GPU nor a lost context matters.
 * @returns Its row, or null where the ray meets none.
 */
export function pickAtom(ray: Ray, scene: Drawn): number | null {
  const sphere = firstSphere(ray, scene);
  const ring = firstRing(ray, scene);
  const first = ring.distance < sphere.distance ? ring : sphere;
  return first.row;
}

interface Hit {
  readonly row: number | null;
  readonly distance: number;
}

function firstSphere({ origin, direction }: Ray, scene: Drawn): Hit {
  const [ox, oy, oz] = origin;
  const [dx, dy, dz] = direction;
  const { radius } = scene;
  const positions = scene.positions.array;
  const reach = radius * radius;
  let row: number | null = null;
  let distance = Number.POSITIVE_INFINITY;
  for (let at = 0; at < positions.length; at += 3) {
    const x = positions[at]! - ox;
    const y = positions[at + 1]! - oy;
    const z = positions[at + 2]! - oz;
    const along = x * dx + y * dy + z * dz;
    const rest = reach - (x * x + y * y + z * z - along * along);
    if (rest < 0 || along < radius) continue;
    const half = Math.sqrt(rest);
    const hit = firstBetween(scene.clips, origin, direction, along - half, along + half);
    if (!(hit < distance) || !isDrawn(at / 3, scene)) continue;
    row = at / 3;
    distance = hit;
  }
  return { row, distance };
}

/** Where a stretch of a ray is first between the planes of every slab; NaN where it never is. As the shader cuts. */
function firstBetween(clips: Drawn['clips'], origin: Triple, direction: Triple, near: number, far: number): number {
  let first = near;
  let last = far;
  for (const clip of clips) {
    if (clip.kind !== 'slab') continue;
    const dot = (vector: Triple) =>
      clip.normal[0] * vector[0] + clip.normal[1] * vector[1] + clip.normal[2] * vector[2];
    const start = dot(origin);
    const rate = dot(direction);
    // Along the planes: infinities of the right signs, inside or outside.
    const met = [(clip.from - start) / rate, (clip.to - start) / rate] as const;
    first = Math.max(first, Math.min(...met));
    last = Math.min(last, Math.max(...met));
  }
  return first < last ? first : Number.NaN;
}

function firstRing({ origin, direction, pixelAt }: Ray, scene: Drawn): Hit {
  const { radius } = scene;
  const positions = scene.positions.array;
  const ofAnyType = { ...scene, types: null, reach: radius };
  let row: number | null = null;
  let distance = Number.POSITIVE_INFINITY;
  for (const candidate of scene.marked) {
    const offset = origin.map((from, axis) => positions[3 * candidate + axis]! - from);
    const along = offset.reduce((sum, part, axis) => sum + part * direction[axis]!, 0);
    const aside = Math.hypot(...offset.map((part, axis) => part - along * direction[axis]!));
    const edge = RING_PIXELS * pixelAt(along);
    const outer = Math.max(RING_OUTER * radius, RING_LEAST * edge);
    const thickness = Math.max(RING_THICKNESS * radius, edge);
    const hit = along - (1 + RING_LIFT) * radius;
    const onRing = Math.abs(aside - outer + thickness / 2) <= thickness / 2 + edge / 2;
    if (!onRing || along < radius || hit >= distance || !isShown(candidate, positions, ofAnyType)) continue;
    row = candidate;
    distance = hit;
  }
  return { row, distance };
}

function isDrawn(row: number, scene: Drawn): boolean {
  const positions = scene.positions.array;
  const filter = { ...scene, reach: scene.radius };
  if (isShown(row, positions, filter)) return true;
  return scene.marked.includes(row) && isShown(row, positions, { ...filter, types: null });
}
