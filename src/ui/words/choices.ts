import { findCriterion } from '#kernels/selection/index.ts';

/** How the page words the values of choice parameters; what is not listed is shown as it is. */
const WORDS: Readonly<Record<string, string>> = {
  soap: 'SOAP (GAP)',
  'new-pairs': 'New pairs only',
  'all-pairs': 'All pairs',
};

export function choiceWords(value: string): string {
  return findCriterion(value)?.label ?? WORDS[value] ?? value;
}
