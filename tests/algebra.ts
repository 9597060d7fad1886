import { copyFeatures, type Features, featureCount } from '#data/features.ts';
import { seededDraw } from '#kernels/random/random.ts';

/** Plain, slow linear algebra for tests, on purpose not the library that the program computes with. */
export type Rows = readonly (readonly number[])[];

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

export const times = (matrix: Rows, vector: ArrayLike<number>): number[] => matrix.map((row) => dot(row, vector));

export function product(a: Rows, b: Rows): number[][] {
  const columns = b[0]!.map((_, j) => b.map((row) => row[j]!));
  return a.map((row) => columns.map((column) => dot(row, column)));
}

/** X^T X + lambda I of vectors of length `D`. */
export function gram(vectors: Rows, D: number, lambda = 0): number[][] {
  return Array.from({ length: D }, (_, i) =>
    Array.from({ length: D }, (_, j) => vectors.reduce((sum, x) => sum + x[i]! * x[j]!, i === j ? lambda : 0)),
  );
}

/** Gauss-Jordan with row pivoting. */
export function invert(matrix: Rows): number[][] {
  const n = matrix.length;
  const work = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(work[i]![k]!) > Math.abs(work[pivot]![k]!)) pivot = i;
    [work[k], work[pivot]] = [work[pivot]!, work[k]!];
    const scale = work[k]![k]!;
    work[k] = work[k]!.map((value) => value / scale);
    for (let i = 0; i < n; i++) {
      const factor = work[i]![k]!;
      if (i !== k) work[i] = work[i]!.map((value, j) => value - factor * work[k]![j]!);
    }
  }
  return work.map((row) => row.slice(n));
}

/** Feature vectors as the linear model sees them, the constant included. */
export function vectorsOf(features: Features): number[][] {
  const x = new Float64Array(featureCount(features));
  return Array.from({ length: features.count }, (_, row) => {
    copyFeatures(features, row, x);
    return [...x];
  });
}

/** Features with widths that fall off as those of principal components do, seeded. */
export function randomFeatures(seed: number, count: number, width: number, change: Partial<Features> = {}): Features {
  const draw = seededDraw(seed, 'features');
  // A sum of four uniform numbers is close enough to a normal one.
  const normal = () => [0, 1, 2, 3].reduce((sum) => sum + draw(1_000_000) / 500_000 - 1, 0);
  const array = Float64Array.from({ length: count * width }, (_, k) => normal() * 0.7 ** (k % width));
  return { array, count, width, intercept: true, ...change };
}
