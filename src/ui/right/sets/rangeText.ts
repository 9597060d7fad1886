/** Limits that were typed: two numbers of which one may be missing, or a sentence on why they cannot stand. */
export type TypedRange = { readonly from: number | null; readonly to: number | null } | { readonly problem: string };

/** Read two limits as they were typed; an empty field is no limit. */
export function readRange(fromText: string, toText: string): TypedRange {
  const from = readLimit(fromText);
  const to = readLimit(toText);
  if (Number.isNaN(from)) return { problem: `“${fromText.trim()}” is no number.` };
  if (Number.isNaN(to)) return { problem: `“${toText.trim()}” is no number.` };
  if (from === null && to === null) return { problem: 'Give a lower limit, an upper one, or both.' };
  if (from !== null && to !== null && from > to) return { problem: 'The lower limit is above the upper one.' };
  return { from, to };
}

/** A limit as it is typed. */
export function limitText(limit: number | null): string {
  return limit === null ? '' : String(limit);
}

/** "Predicted energy 0.1 to 0.3 eV", "Coordination number up to 12". */
export function rangeWords(label: string, unit: string, from: number | null, to: number | null): string {
  const withUnit = unit ? ` ${unit}` : '';
  const words = (limit: number) => limitText(limit).replace('-', '−');
  if (from === null) return `${label} up to ${words(to ?? Infinity)}${withUnit}`;
  if (to === null) return `${label} from ${words(from)}${withUnit}`;
  return from === to ? `${label} ${words(from)}${withUnit}` : `${label} ${words(from)} to ${words(to)}${withUnit}`;
}

/** NaN for what is no number; a minus sign may be the true one. */
function readLimit(text: string): number | null {
  const plain = text.trim().replace('−', '-');
  if (plain === '') return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : Number.NaN;
}
