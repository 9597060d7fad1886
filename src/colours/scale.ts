import type { NumericArray } from '#data/column.ts';
import type { ScaleChoice } from '#state/slices/colouring.ts';
import { type ColourRange, colourRange } from './byColumn.ts';
import { type ColourMap, type ColourTable, TABLE_SIZE, tableColour } from './maps.ts';
import { toHex } from './rgb.ts';

/** A scale that is in force. */
export interface ColourScale {
  /** In the unit of the column; both positive where it is logarithmic. */
  readonly range: ColourRange;
  readonly logarithmic: boolean;
  readonly table: ColourTable;
  /** Colours beyond the range, `#rrggbb`. */
  readonly below: string;
  readonly above: string;
  /** Numbers of atoms beyond it, and without a value that the scale can show. */
  readonly counts: { readonly below: number; readonly above: number; readonly missing: number };
}

/** Bright, and in none of the maps: they are to be seen. */
const BELOW = '#00e5ff';
const ABOVE = '#ff5fc4';

/** @returns null where no value can be shown. */
export function makeScale(values: NumericArray, map: ColourMap, choice: ScaleChoice): ColourScale | null {
  const range = rangeOf(values, choice);
  if (!range) return null;
  const table = tableOf(map.table, choice);
  return {
    range,
    logarithmic: choice.logarithmic,
    table,
    below: choice.markBeyond ? BELOW : toHex(tableColour(table, 0)),
    above: choice.markBeyond ? ABOVE : toHex(tableColour(table, TABLE_SIZE - 1)),
    counts: countBeyond(values, range, choice.logarithmic),
  };
}

/** Colour of a value, `#rrggbb`; null where it has none. As in the shader of the atoms. */
export function scaleColour(value: number, { range, logarithmic, table, below, above }: ColourScale): string | null {
  if (!Number.isFinite(value) || (logarithmic && value <= 0)) return null;
  if (value < range[0]) return below;
  if (value > range[1]) return above;
  return toHex(tableColour(table, Math.round(fractionOf(value, { range, logarithmic }) * (TABLE_SIZE - 1))));
}

/** Where a value lies between the ends, 0 to 1; the middle where these are the same. */
export function fractionOf(value: number, { range, logarithmic }: Pick<ColourScale, 'range' | 'logarithmic'>): number {
  const along = logarithmic ? Math.log : (number: number) => number;
  const [low, high] = [along(range[0]), along(range[1])];
  return high > low ? (along(value) - low) / (high - low) : 0.5;
}

function rangeOf(values: NumericArray, choice: ScaleChoice): ColourRange | null {
  const { logarithmic, trim } = choice;
  const found = colourRange(logarithmic ? positive(values) : values, {
    trim,
    symmetric: choice.symmetric && !logarithmic,
  });
  if (!found) return null;
  const low = logarithmic && choice.low !== null && choice.low <= 0 ? found[0] : (choice.low ?? found[0]);
  const high = choice.high ?? found[1];
  return low <= high ? [low, high] : [high, low];
}

/** Only these have a logarithm. */
function positive(values: NumericArray): Float64Array {
  return Float64Array.from(values, (value) => (value > 0 ? value : Number.NaN));
}

/** The same scale in few colours, for a figure that draws each by itself. */
export function inSteps(scale: ColourScale, steps: number): ColourScale {
  return { ...scale, table: tableOf(scale.table, { reversed: false, steps }) };
}

function tableOf(table: ColourTable, { reversed, steps }: Pick<ScaleChoice, 'reversed' | 'steps'>): ColourTable {
  if (!reversed && steps === null) return table;
  const last = TABLE_SIZE - 1;
  const made = new Uint8Array(table.length);
  for (let row = 0; row < TABLE_SIZE; row++) {
    const step = steps === null ? row : Math.round((Math.floor((row * steps) / TABLE_SIZE) / (steps - 1)) * last);
    made.set(tableColour(table, reversed ? last - step : step), 3 * row);
  }
  return made;
}

function countBeyond(values: NumericArray, [low, high]: ColourRange, logarithmic: boolean) {
  const counts = { below: 0, above: 0, missing: 0 };
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!Number.isFinite(value) || (logarithmic && value <= 0)) counts.missing++;
    else if (value < low) counts.below++;
    else if (value > high) counts.above++;
  }
  return counts;
}
