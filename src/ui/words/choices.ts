/** How the page words the values of choice parameters; what is not listed is shown as it is. */
const WORDS: Readonly<Record<string, string>> = {
  soap: 'SOAP (GAP)',
  ur: 'Uncertainty (UR)',
  posterior: 'Posterior variance',
  'd-optimal': 'D-optimal',
  'a-optimal': 'A-optimal',
  farthest: 'Farthest point',
  random1: 'Random 1, no BCC',
  random2: 'Random 2, 10 BCC',
  random: 'Random',
  'new-pairs': 'New pairs only',
  'all-pairs': 'All pairs',
};

export function choiceWords(value: string): string {
  return WORDS[value] ?? value;
}
