import type { Parameters } from './parameters.ts';

/**
 * Parameters when energies come from files: no other source, and nothing of what was said of single energies of an
 * earlier set, since a job that was run again may be another one.
 */
export const WITH_NEW_ENERGIES = {
  labelColumn: null,
  potential: null,
  acceptedEnergies: null,
  leftOut: null,
} as const satisfies Partial<Parameters>;
