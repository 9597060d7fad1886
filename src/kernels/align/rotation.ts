/** A rotation, row-major [3, 3]: rotated = matrix times column vector. */
export type Rotation = Float64Array;

export const IDENTITY: Rotation = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);

/** @param points [n, 3]. */
export function rotate(rotation: Rotation, points: Float64Array): Float64Array {
  const out = new Float64Array(points.length);
  for (let at = 0; at < points.length; at += 3) {
    for (let k = 0; k < 3; k++) {
      out[at + k] =
        rotation[3 * k]! * points[at]! +
        rotation[3 * k + 1]! * points[at + 1]! +
        rotation[3 * k + 2]! * points[at + 2]!;
    }
  }
  return out;
}

/**
 * The rotation about the origin that brings `from` nearest to `to`, pair by pair, in the sense of least squares. By
 * Horn's quaternion (J. Opt. Soc. Am. A 4, 629, 1987), which solves the problem of Kabsch (1976) and is never a mirror.
 * @param pairs Index into `from` and into `to`, in turn.
 */
export function fitRotation(from: Float64Array, to: Float64Array, pairs: ArrayLike<number>): Rotation {
  const s = new Float64Array(9);
  for (let p = 0; p < pairs.length; p += 2) {
    const a = 3 * pairs[p]!;
    const b = 3 * pairs[p + 1]!;
    for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) s[3 * i + j]! += from[a + i]! * to[b + j]!;
  }
  const [xx, xy, xz, yx, yy, yz, zx, zy, zz] = s as unknown as number[] as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [w, x, y, z] = leadingEigenvector([
    [xx + yy + zz, yz - zy, zx - xz, xy - yx],
    [yz - zy, xx - yy - zz, xy + yx, zx + xz],
    [zx - xz, xy + yx, yy - xx - zz, yz + zy],
    [xy - yx, zx + xz, yz + zy, zz - xx - yy],
  ]) as [number, number, number, number];
  return Float64Array.of(
    w * w + x * x - y * y - z * z,
    2 * (x * y - w * z),
    2 * (x * z + w * y),
    2 * (x * y + w * z),
    w * w - x * x + y * y - z * z,
    2 * (y * z - w * x),
    2 * (x * z - w * y),
    2 * (y * z + w * x),
    w * w - x * x - y * y + z * z,
  );
}

const SWEEPS = 40;

/** Unit eigenvector of the largest eigenvalue of a symmetric matrix, by Jacobi rotations. */
function leadingEigenvector(matrix: number[][]): number[] {
  const n = matrix.length;
  const a = matrix.map((row) => [...row]);
  const v: number[][] = a.map((_, i) => a.map((_, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += a[p]![q]! ** 2;
    if (off === 0) break;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        if (a[p]![q] === 0) continue;
        const theta = (a[q]![q]! - a[p]![p]!) / (2 * a[p]![q]!);
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        const s = t * c;
        for (let k = 0; k < n; k++) {
          const [akp, akq] = [a[k]![p]!, a[k]![q]!];
          a[k]![p] = c * akp - s * akq;
          a[k]![q] = s * akp + c * akq;
        }
        for (let k = 0; k < n; k++) {
          const [apk, aqk] = [a[p]![k]!, a[q]![k]!];
          a[p]![k] = c * apk - s * aqk;
          a[q]![k] = s * apk + c * aqk;
          const [vkp, vkq] = [v[k]![p]!, v[k]![q]!];
          v[k]![p] = c * vkp - s * vkq;
          v[k]![q] = s * vkp + c * vkq;
        }
      }
    }
  }
  let largest = 0;
  for (let k = 1; k < n; k++) if (a[k]![k]! > a[largest]![largest]!) largest = k;
  return v.map((row) => row[largest]!);
}

/** The rotation that turns the plane of `a` and `b` into that of `c` and `d`, `a` onto `c`; null where two are parallel. */
export function turnPair(
  from: Float64Array,
  a: number,
  b: number,
  to: Float64Array,
  c: number,
  d: number,
): Rotation | null {
  const before = frameOf(from, a, b);
  const after = frameOf(to, c, d);
  if (!before || !after) return null;
  const out = new Float64Array(9);
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) {
      for (let axis = 0; axis < 3; axis++) out[3 * i + j]! += after[3 * axis + i]! * before[3 * axis + j]!;
    }
  }
  return out;
}

/** Least sine of the angle between two vectors that span a plane. */
const PARALLEL = 1e-3;

/** Three unit vectors in rows: along the first point, across it towards the second, and normal to both. */
function frameOf(points: Float64Array, first: number, second: number): Float64Array | null {
  const [ax, ay, az] = points.subarray(3 * first, 3 * first + 3) as unknown as [number, number, number];
  const [bx, by, bz] = points.subarray(3 * second, 3 * second + 3) as unknown as [number, number, number];
  const [nx, ny, nz] = [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
  const length = Math.hypot(ax, ay, az);
  const area = Math.hypot(nx, ny, nz);
  if (!(area > PARALLEL * length * Math.hypot(bx, by, bz))) return null;
  const [ux, uy, uz] = [ax / length, ay / length, az / length];
  const [wx, wy, wz] = [nx / area, ny / area, nz / area];
  return Float64Array.of(ux, uy, uz, wy * uz - wz * uy, wz * ux - wx * uz, wx * uy - wy * ux, wx, wy, wz);
}
