import { STRUCTURE_CODES, type StructureCodes } from '#chem/structureCodes.ts';
import { findCriterion } from '#kernels/selection/index.ts';

/** How the page words the values of choice parameters; what is not listed is shown as it is. */
const WORDS: Readonly<Record<string, string>> = {
  soap: 'SOAP (GAP)',
  'new-pairs': 'New pairs only',
  'all-pairs': 'All pairs',
  unsaid: 'Not said',
  file: 'From a file',
  'file-order': 'Order of the file',
  ids: 'By rising id',
};

export function choiceWords(value: string): string {
  const codes: Readonly<Record<string, StructureCodes>> = STRUCTURE_CODES;
  return findCriterion(value)?.label ?? codes[value]?.label ?? WORDS[value] ?? value;
}
