import { type Features, featureCount } from '#data/features.ts';
import { weightsAlong } from './learningCurve.ts';

/** Rows between two yields: a few ms. */
const CHUNK = 1 << 14;

/**
 * Energies of all atoms by a linear model fitted to these training atoms (METHOD section 2): [n], eV relative to bulk.
 * Yields now and then.
 * @param rows Training atoms, each with a label. @param label [n] eV relative to bulk.
 * @throws Refusal (`bad-parameter`) for a lambda too small for the features.
 */
export function* predictAfter(
  features: Features,
  rows: Uint32Array,
  label: Float64Array,
  lambda: number,
): Generator<void, Float32Array> {
  const weights = weightsAlong(features, rows, label, [rows.length], lambda);
  const { array, width, count } = features;
  const constant = features.intercept ? weights[featureCount(features) - 1]! : 0;
  const energy = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += weights[k]! * array[row * width + k]!;
    energy[row] = sum + constant;
    if (row % CHUNK === 0) yield;
  }
  return energy;
}
