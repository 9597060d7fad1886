import { printable } from '#plots/format.ts';

/** Attributes of an element, with what is special in XML escaped; undefined ones are left out. */
export function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${typeof value === 'number' ? round(value) : escapeXml(value!)}"`)
    .join('');
}

/** A line of words; x and y are of its baseline. */
export function text(words: string, values: Readonly<Record<string, string | number | undefined>>): string {
  return `<text${attributes(values)}>${escapeXml(words)}</text>`;
}

function escapeXml(words: string): string {
  return printable(words)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A thousandth of a pixel is more than any printer shows. */
function round(value: number): string {
  return String(Math.round(1000 * value) / 1000);
}
