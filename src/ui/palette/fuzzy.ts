/** For a letter that follows the last one found, begins a word, or neither. */
const NEXT = 8;
const WORD_START = 6;
const ELSEWHERE = 1;

/**
 * How well the letters of a query are found in a text, in their order; null where they are not all there. Letters that
 * stand together and beginnings of words count most; what is missed costs a little, so that short texts come first.
 */
export function fuzzyScore(query: string, text: string): number | null {
  const letters = query.toLowerCase().replace(/\s+/g, '');
  const low = text.toLowerCase();
  const whole = low.indexOf(query.trim().toLowerCase());
  let score = whole < 0 || letters === '' ? 0 : 40 + (isWordStart(low, whole) ? 20 : 0);
  let at = -1;
  for (const letter of letters) {
    const next = low.indexOf(letter, at + 1);
    if (next < 0) return null;
    score += next === at + 1 ? NEXT : isWordStart(low, next) ? WORD_START : ELSEWHERE;
    at = next;
  }
  return score - text.length / 100;
}

/** What fits, best first; equals stay in the order in which they came. An empty query leaves all as they are. */
export function ranked<T>(query: string, items: readonly T[], textOf: (item: T) => string): T[] {
  if (query.trim() === '') return [...items];
  return items
    .flatMap((item) => {
      const score = fuzzyScore(query, textOf(item));
      return score === null ? [] : [{ item, score }];
    })
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item);
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || ' (:-'.includes(text[at - 1]!);
}
