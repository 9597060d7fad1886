const COUNT = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const MINUS = '−';

/** Below this an energy reads better in meV. */
const MEV_BELOW = 0.1;

export const NOT_COMPUTED = 'not computed yet';

/** A number from outside or from a kernel, or null where there is none to show. */
type Maybe = number | null | undefined;

export function isShown(value: Maybe): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** 1,037,880 */
export function count(value: number): string {
  return COUNT.format(value);
}

/** With a true minus sign, `decimals` digits after the point and thousands separated. */
export function decimal(value: Maybe, decimals: number): string {
  if (!isShown(value)) return NOT_COMPUTED;
  const text = Math.abs(value).toLocaleString('en-GB', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

/** Significant digits, without trailing zeros; powers of ten where the number is tiny or huge. */
export function significant(value: Maybe, digits = 4): string {
  if (!isShown(value)) return NOT_COMPUTED;
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) {
    return value
      .toExponential(digits - 1)
      .replace(/\.?0*e\+?/, 'e')
      .replaceAll('-', MINUS);
  }
  return Number(value.toPrecision(digits)).toLocaleString('en-GB', { maximumFractionDigits: 10 }).replace('-', MINUS);
}

/** Energies and errors of energies: eV to 0.001, small ones in meV to 0.1. */
export function energy(value: Maybe): string {
  if (!isShown(value)) return NOT_COMPUTED;
  return Math.abs(value) < MEV_BELOW ? `${decimal(1000 * value, 1)} meV` : `${decimal(value, 3)} eV`;
}

/** A share as "50.8 %"; what is there but rounds to nothing is "< 0.1 %". */
export function percent(share: Maybe, decimals = 1): string {
  if (!isShown(share)) return NOT_COMPUTED;
  const least = 10 ** -decimals;
  return share > 0 && 100 * share < least ? `< ${least} %` : `${decimal(100 * share, decimals)} %`;
}

/** How long something took: "0.3 s", "12 s", "2 min 5 s". */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 0.1) return '< 0.1 s';
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** What is left of a job, rounded up: nobody minds when it is over sooner. */
export function timeLeft(seconds: number): string {
  const whole = Math.max(1, Math.ceil(seconds));
  return whole < 60 ? `${whole} s left` : `${Math.ceil(whole / 60)} min left`;
}

/** "305 kB", "0.9 GB": decimal, as file managers count. */
export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let scaled = value;
  let unit = 0;
  while (scaled >= 999.5 && unit < units.length - 1) {
    scaled /= 1000;
    unit++;
  }
  return `${scaled < 9.95 && unit > 0 ? scaled.toFixed(1) : Math.round(scaled)} ${units[unit]}`;
}

/** "3 atoms", "1 atom". */
export function plural(value: number, noun: string, nouns = `${noun}s`): string {
  return `${count(value)} ${value === 1 ? noun : nouns}`;
}
