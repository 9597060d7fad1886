import type { LayoutAxis } from 'plotly.js-dist-min';
import { formatCount, signed } from './format.ts';

/**
 * A logarithmic axis over positive values with plain numbers at 1, 2 and 5 times the powers of ten: an error that
 * falls from 900 to 8 meV reads better so than in powers. More than three decades have the powers alone.
 */
export function logTicks(values: readonly number[]): Partial<LayoutAxis> {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value));
  if (positive.length === 0) return { type: 'log' };
  const low = Math.log10(positive.reduce((a, b) => Math.min(a, b)));
  const high = Math.log10(positive.reduce((a, b) => Math.max(a, b)));
  const margin = Math.max(0.05, 0.06 * (high - low));
  const range: [number, number] = [low - margin, high + margin];
  const factors = high - low > 3 ? [1] : [1, 2, 5];
  const ticks: number[] = [];
  for (let power = Math.floor(range[0]); power <= range[1]; power++) {
    for (const factor of factors) ticks.push(factor * 10 ** power);
  }
  return { type: 'log', range, tickmode: 'array', tickvals: ticks, ticktext: ticks.map(tickText) };
}

function tickText(value: number): string {
  if (value >= 1e6 || value < 1e-3) return `10<sup>${signed(Math.log10(value), 0)}</sup>`;
  return value >= 1 ? formatCount(value) : String(Number(value.toPrecision(1)));
}
