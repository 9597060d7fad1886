/** Neighbours that the local lattice constant is taken from: two bcc shells. */
export const SHELL_NEIGHBOURS = 14;
const FIRST_SHELL = 8;

/**
 * Local bcc lattice constant a = 1/2 [ 2/sqrt(3) mean(d1..d8) + mean(d9..d14) ], Å (paper, Eq. 12).
 * @param distance2 Squared distances in ascending order, at least 14, Å^2.
 */
export function localLatticeConstant(distance2: Float64Array): number {
  let first = 0;
  for (let k = 0; k < FIRST_SHELL; k++) first += Math.sqrt(distance2[k]!);
  let second = 0;
  for (let k = FIRST_SHELL; k < SHELL_NEIGHBOURS; k++) second += Math.sqrt(distance2[k]!);
  return ((2 / Math.sqrt(3)) * (first / FIRST_SHELL) + second / (SHELL_NEIGHBOURS - FIRST_SHELL)) / 2;
}

/** Radius half way between the second and third bcc shell, Å: neighbours up to here count (paper, Eq. 11). */
export function coordinationRadius(latticeConstant: number): number {
  return ((1 + Math.SQRT2) / 2) * latticeConstant;
}

/** How many of the first `count` squared distances are no longer than `radius`. */
export function countWithin(distance2: Float64Array, count: number, radius: number): number {
  const radius2 = radius * radius;
  let within = 0;
  for (let k = 0; k < count; k++) if (distance2[k]! <= radius2) within++;
  return within;
}
