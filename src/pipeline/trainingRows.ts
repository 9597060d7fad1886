import type { Parameters } from './parameters.ts';
import type { Results } from './results.ts';

/**
 * Rows that a model of these picks is fitted to: the given atoms, then the picks in their order, as far as they have
 * energies and are not left out.
 */
export function trainingRows(
  { snapshot, select, energies }: Results,
  picks: Iterable<number>,
  { leftOut }: Pick<Parameters, 'leftOut'>,
): Uint32Array {
  const { label } = energies!;
  const { ids } = snapshot!.snapshot;
  const unwanted = new Set(leftOut);
  const rows = [...select!.givenRows, ...picks];
  return Uint32Array.from(rows.filter((row) => !Number.isNaN(label[row]!) && !unwanted.has(ids[row]!)));
}
