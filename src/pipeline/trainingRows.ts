import type { Results } from './results.ts';

/** Rows that a model of these picks is fitted to: the given atoms, then the picks in their order, as far as they have energies. */
export function trainingRows({ select, energies }: Results, picks: Iterable<number>): Uint32Array {
  const { label } = energies!;
  return Uint32Array.from([...select!.givenRows, ...picks].filter((row) => !Number.isNaN(label[row]!)));
}
