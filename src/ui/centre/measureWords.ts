import type { Measurement } from '#data/nearestImage.ts';
import { decimal } from '../words/numbers.ts';

/** "12 – 40 – 7": the atoms of a measurement by their ids. */
export function atomsWords(ids: readonly number[]): string {
  return ids.join(' – ');
}

/** "2.482 Å, 2.866 Å, 70.5°"; '' for one atom, which measures nothing yet. */
export function measuredWords({ distances, angle }: Measurement): string {
  const words = distances.map((distance) => `${decimal(distance, 3)} Å`);
  if (angle !== null) words.push(Number.isNaN(angle) ? 'no angle' : `${decimal(angle, 1)}°`);
  return words.join(', ');
}

/** What stands at the line in the picture: the last thing measured. */
export function lineWords({ distances, angle }: Measurement): string {
  if (angle !== null && !Number.isNaN(angle)) return `${decimal(angle, 1)}°`;
  return distances.length > 0 ? `${decimal(distances.at(-1), 3)} Å` : '';
}

/** Ids as typed: two or three of them. Null where that is not what it says. */
export function readIds(text: string): readonly number[] | null {
  const parts = text
    .trim()
    .split(/[\s,;–-]+/)
    .map(Number);
  if (parts.length < 2 || parts.length > 3 || !parts.every((id) => Number.isInteger(id) && id >= 0)) return null;
  return parts.some((id, k) => id === parts[k - 1]) ? null : parts;
}

/** A table for the clipboard: tabs between the cells, as spreadsheets take it. */
export function measuredTable(
  rows: readonly { readonly ids: readonly number[]; readonly found: Measurement }[],
): string {
  const number = (value: number | null | undefined, digits: number) =>
    value === null || value === undefined || Number.isNaN(value) ? '' : value.toFixed(digits);
  const lines = rows.map(({ ids: [a = '', b = '', c = ''], found: { distances, angle } }) =>
    [a, b, c, number(distances[0], 3), number(distances[1], 3), number(angle, 1)].join('\t'),
  );
  return [['atom 1', 'atom 2', 'atom 3', 'd12 (Å)', 'd23 (Å)', 'angle at 2 (°)'].join('\t'), ...lines].join('\n');
}
