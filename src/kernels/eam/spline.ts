/** A cubic through a table over an even grid that starts at 0, with continuous slope. Plain data. */
export interface Spline {
  readonly points: number;
  /** Steps a unit of the argument. */
  readonly perUnit: number;
  /** [points, 4] value, slope, quadratic and cubic coefficient over the step that starts at each point, per step. */
  readonly coefficients: Float64Array;
}

/**
 * The interpolation that LAMMPS uses for tables of the embedded-atom method: the slope at a point is the five-point
 * difference ((f[-2] - f[2]) + 8 (f[1] - f[-1])) / 12, next to the ends the three-point and at the ends the two-point
 * one; between two points runs the cubic that has their values and slopes (Hermite). Another interpolation would move
 * energies by more than their printed digits.
 * @param table At least 5 values.
 */
export function buildSpline(table: Float64Array, step: number): Spline {
  const points = table.length;
  const last = points - 1;
  const f = (k: number) => table[k]!;
  const slope = new Float64Array(points);
  slope[0] = f(1) - f(0);
  slope[1] = 0.5 * (f(2) - f(0));
  slope[last - 1] = 0.5 * (f(last) - f(last - 2));
  slope[last] = f(last) - f(last - 1);
  for (let k = 2; k <= last - 2; k++) slope[k] = (f(k - 2) - f(k + 2) + 8 * (f(k + 1) - f(k - 1))) / 12;

  const coefficients = new Float64Array(4 * points);
  for (let k = 0; k < points; k++) {
    const [rise, start, end] = k < last ? [f(k + 1) - f(k), slope[k]!, slope[k + 1]!] : [0, 0, 0];
    coefficients[4 * k] = f(k);
    coefficients[4 * k + 1] = slope[k]!;
    coefficients[4 * k + 2] = 3 * rise - 2 * start - end;
    coefficients[4 * k + 3] = start + end - 2 * rise;
  }
  return { points, perUnit: 1 / step, coefficients };
}

/** Value at `x` >= 0; beyond the table its last value. */
export function splineValue({ points, perUnit, coefficients: c }: Spline, x: number): number {
  const steps = x * perUnit;
  const k = Math.min(Math.trunc(steps), points - 2);
  const t = Math.min(steps - k, 1);
  return ((c[4 * k + 3]! * t + c[4 * k + 2]!) * t + c[4 * k + 1]!) * t + c[4 * k]!;
}

/**
 * Value at any `x`; beyond the table it goes on along the last slope, as LAMMPS continues the embedding energy of atoms
 * that sit too close. Below 0 the first cubic goes on.
 */
export function splineValueOnwards({ points, perUnit, coefficients: c }: Spline, x: number): number {
  const steps = x * perUnit;
  const k = Math.max(0, Math.min(Math.trunc(steps), points - 2));
  const t = Math.min(steps - k, 1);
  const inside = ((c[4 * k + 3]! * t + c[4 * k + 2]!) * t + c[4 * k + 1]!) * t + c[4 * k]!;
  const beyond = steps - (points - 1);
  return beyond > 0 ? inside + c[4 * (points - 1) + 1]! * beyond : inside;
}
