/**
 * What the linear model sees of every atom: d principal component scores, row-major, and where `intercept` is true the
 * constant 1 as one more feature, which is never stored. All arithmetic on features is float64.
 */
export interface Features {
  /** [count, width]. */
  readonly array: Float32Array | Float64Array;
  readonly count: number;
  /** d. */
  readonly width: number;
  readonly intercept: boolean;
}

/** Length of a feature vector: d, or d + 1 with the constant. */
export function featureCount({ width, intercept }: Features): number {
  return width + (intercept ? 1 : 0);
}

/** Copy the feature vector of a row, the constant included, to `out[at ... at + D)`. */
export function copyFeatures(features: Features, row: number, out: Float64Array, at = 0): void {
  const { array, width } = features;
  for (let k = 0; k < width; k++) out[at + k] = array[row * width + k]!;
  if (features.intercept) out[at + width] = 1;
}
