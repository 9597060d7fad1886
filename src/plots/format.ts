const MINUS = '\u2212';

/** 1037880 is `1,037,880`. */
export function formatCount(count: number): string {
  return Math.round(count).toLocaleString('en-GB').replace('-', MINUS);
}

/** eV to 0.001, with its unit and a true minus sign. */
export function formatEv(value: number): string {
  return `${signed(value, 3)} eV`;
}

/** An energy in eV shown in meV to 0.1; from 1 eV on in eV to 0.001. */
export function formatMev(value: number): string {
  return Math.abs(value) < 1 ? `${signed(1000 * value, 1)} meV` : formatEv(value);
}

/** A pure number with `digits` decimals, a true minus sign and no minus before zero. */
export function signed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : text.replace('-', MINUS);
}

/** A pure number of any size with three significant digits, as `4.56 × 10<sup>7</sup>` where it is far from 1. */
export function formatMagnitude(value: number): string {
  if (value === 0 || (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e4)) {
    return String(Number(value.toPrecision(3))).replace('-', MINUS);
  }
  const [mantissa, exponent] = value.toExponential(2).split('e') as [string, string];
  return `${mantissa.replace('-', MINUS)} × 10<sup>${String(Number(exponent)).replace('-', MINUS)}</sup>`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** A name without the characters that no SVG may hold: one of them would spoil the whole figure. */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, '\ufffd');
}

/** Names of files and columns are shown as they are: plotly would read `<` as a tag, that of a link among them. */
export function escapeText(text: string): string {
  return printable(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A long name with its middle left out, so that both its beginning and its ending can be read. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const kept = length - 1;
  return `${text.slice(0, Math.ceil(kept / 2))}…${text.slice(text.length - Math.floor(kept / 2))}`;
}
