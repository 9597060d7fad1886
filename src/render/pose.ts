import { Matrix4, Quaternion, Vector3 } from 'three';
import type { Extent } from './geometry.ts';

/**
 * Where the camera is, in terms a reader of the picture has: what lies at the middle of the view, how it is turned, and
 * how many Å fit from top to bottom there. The same for orthographic and perspective cameras. Never changed in place.
 */
export interface Pose {
  readonly target: Vector3;
  /** Turns camera axes (x right, y up, z towards the viewer) into those of the crystal. */
  readonly orientation: Quaternion;
  /** Å from the top to the bottom of the view, at the depth of the target. */
  readonly height: number;
}

/** A named view, or the direction from which one looks. */
export type ViewDirection = 'x' | 'y' | 'z' | 'iso' | readonly [number, number, number];

/** For each view: from where one looks, and what is up. */
const DIRECTIONS: Record<
  Extract<ViewDirection, string>,
  { from: [number, number, number]; up: [number, number, number] }
> = {
  x: { from: [1, 0, 0], up: [0, 0, 1] },
  // From -y, so that x points right and z up.
  y: { from: [0, -1, 0], up: [0, 0, 1] },
  z: { from: [0, 0, 1], up: [0, 1, 0] },
  iso: { from: [0.5, -0.75, 0.45], up: [0, 0, 1] },
};

/** Empty space around the model, as a share of the view. */
const MARGIN = 0.08;
/** Least Å across the view: a few atoms. */
const CLOSEST = 6;

export function orientationAlong(direction: ViewDirection): Quaternion {
  const { from, up } =
    typeof direction === 'string' ? DIRECTIONS[direction] : { from: direction, up: upFor(direction) };
  const z = new Vector3(...from).normalize();
  const x = new Vector3(...up).cross(z).normalize();
  return new Quaternion().setFromRotationMatrix(new Matrix4().makeBasis(x, z.clone().cross(x), z));
}

/** z is up, unless one looks along it. */
function upFor([x, y, z]: readonly [number, number, number]): [number, number, number] {
  return Math.hypot(x, y) > 1e-3 * Math.abs(z) ? [0, 0, 1] : [0, 1, 0];
}

/**
 * The pose of this orientation in which the whole model fills the view.
 * @param lens Width over height of the view, and how much wider it gets for each Å of depth, in half heights: the
 * tangent of half the field of view, 0 for parallel rays.
 */
export function framed(extent: Extent, orientation: Quaternion, { aspect, widening }: Lens): Pose {
  const toCamera = orientation.clone().invert();
  const corner = new Vector3();
  const low = new Vector3(Infinity, Infinity, Infinity);
  const high = new Vector3(-Infinity, -Infinity, -Infinity);
  for (let at = 0; at < extent.corners.length; at += 3) {
    corner.fromArray(extent.corners, at).applyQuaternion(toCamera);
    low.min(corner);
    high.max(corner);
  }
  const middle = low.add(high).multiplyScalar(0.5);
  let height = CLOSEST;
  for (let at = 0; at < extent.corners.length; at += 3) {
    corner.fromArray(extent.corners, at).applyQuaternion(toCamera).sub(middle);
    const reach = Math.max(Math.abs(corner.y), Math.abs(corner.x) / aspect);
    height = Math.max(height, 2 * (reach + widening * corner.z));
  }
  return {
    target: middle.applyQuaternion(orientation),
    orientation: orientation.clone(),
    height: height * (1 + 2 * MARGIN),
  };
}

/** The axes as they are seen, unit lengths to the right, up and towards the viewer; those farther back first. */
export function axesSeen({
  orientation,
}: Pose): { readonly name: string; readonly tip: readonly [number, number, number] }[] {
  const toCamera = orientation.clone().invert();
  return AXES.map(([name, axis]) => ({ name, tip: axis.clone().applyQuaternion(toCamera).toArray() })).sort(
    (a, b) => a.tip[2] - b.tip[2],
  );
}

const AXES = [
  ['x', new Vector3(1, 0, 0)],
  ['y', new Vector3(0, 1, 0)],
  ['z', new Vector3(0, 0, 1)],
] as const;

export interface Lens {
  readonly aspect: number;
  readonly widening: number;
}

/**
 * Turn the model under the hand, as a ball that is rolled: no direction is special and nothing locks.
 * @param right,down Movement of the pointer as a fraction of the shorter side of the view; 1 is half a turn.
 */
export function rotated(pose: Pose, right: number, down: number): Pose {
  const size = Math.hypot(right, down);
  if (size === 0) return pose;
  const axis = new Vector3(-down / size, -right / size, 0);
  const turn = new Quaternion().setFromAxisAngle(axis, size * Math.PI);
  return { ...pose, orientation: pose.orientation.clone().multiply(turn).normalize() };
}

/** Move the model with the hand: `right` and `down` in heights of the view. */
export function panned(pose: Pose, right: number, down: number): Pose {
  const shift = new Vector3(-right * pose.height, down * pose.height, 0).applyQuaternion(pose.orientation);
  return { ...pose, target: pose.target.clone().add(shift) };
}

/**
 * Magnify by 1 / `factor`, keeping in place what is under the pointer.
 * @param right,down Pointer from the middle of the view, in heights of the view.
 */
export function zoomed(pose: Pose, factor: number, limits: ZoomLimits, right = 0, down = 0): Pose {
  const height = Math.min(limits.farthest, Math.max(limits.closest, pose.height * factor));
  const moved = panned(pose, right * (height / pose.height - 1), down * (height / pose.height - 1));
  return { ...moved, height };
}

export interface ZoomLimits {
  /** Least and largest height of the view, Å. */
  readonly closest: number;
  readonly farthest: number;
}

/**
 * How far one may zoom. Point sprites have a largest size, so the closest view is the one where an atom just fits into
 * it: nothing is ever drawn cut off or too small.
 */
export function zoomLimits(extent: Extent, atomRadius: number, pixelHeight: number, maxPointSize: number): ZoomLimits {
  const closest = Math.max(CLOSEST, spriteSize(atomRadius, pixelHeight, 1) / maxPointSize);
  return { closest, farthest: Math.max(8 * extent.radius, 2 * closest) };
}

/** Size of the sprite of an atom with its ring, in the pixels of `pixelHeight`; `height` of the view in Å. */
export function spriteSize(atomRadius: number, pixelHeight: number, height: number): number {
  return (1.6 * 2 * atomRadius * pixelHeight) / height;
}

/** Between two poses; `t` runs from 0 to 1. Heights change by equal ratios, as zooming feels. */
export function between(from: Pose, to: Pose, t: number): Pose {
  return {
    target: from.target.clone().lerp(to.target, t),
    orientation: from.orientation.clone().slerp(to.orientation, t),
    height: from.height * (to.height / from.height) ** t,
  };
}
