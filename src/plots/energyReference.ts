import { escapeText, formatEv, shorten } from './format.ts';
import { SMALL_SIZE } from './template.ts';

/** Where energies are from, and what they are relative to: said on every plot of them. */
export interface EnergyReference {
  /** In words: the column or the file, and the program with its division among atoms. */
  readonly source: string;
  /** Energy of a bulk atom, eV. */
  readonly bulkEnergy?: number;
}

/** Characters that fit under a plot of the page. */
const LENGTH = 60;

/** The title of an axis with the reference of its energies in a small second line, and remarks in lines after it. */
export function titleWithReference(
  title: string,
  reference?: EnergyReference,
  ...remarks: readonly string[]
): { text: string } {
  const small = [...(reference ? [referenceWords(reference)] : []), ...remarks];
  return {
    text: [title, ...small.map((words) => `<span style="font-size:${SMALL_SIZE}px">${words}</span>`)].join('<br>'),
  };
}

function referenceWords({ source, bulkEnergy }: EnergyReference): string {
  const bulk = bulkEnergy === undefined ? '' : `, bulk ${formatEv(bulkEnergy)}`;
  return `${escapeText(shorten(source, LENGTH - bulk.length))}${bulk}`;
}
