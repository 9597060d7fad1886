import { STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { type ColourRange, colourRange, formatTicks, legendTicks } from '#colours/byColumn.ts';
import { type Background, type StructurePaletteId, structureColour } from '#colours/byStructure.ts';
import { COLOUR_MAPS, type ColourMapId, type ColourTable } from '#colours/maps.ts';
import type { Column } from '#data/column.ts';
import type { Quantity } from './quantities.ts';

/** Share of the atoms at each end that may lie beyond the map, so that a few wild ones do not use it up. */
const TRIM = 0.001;

export interface TypeEntry {
  readonly code: number;
  readonly label: string;
  readonly name: string;
  readonly colour: string;
  readonly count: number;
}

/** What the colours mean, for the page and for exported pictures. */
export type Legend =
  | { readonly kind: 'none'; readonly title: string }
  | { readonly kind: 'types'; readonly title: string; readonly entries: readonly TypeEntry[] }
  | {
      readonly kind: 'range';
      /** With its unit: "Predicted energy (eV)". */
      readonly title: string;
      readonly range: ColourRange;
      readonly ticks: readonly { readonly at: number; readonly text: string }[];
      readonly table: ColourTable;
      /** Atoms without a value. */
      readonly missing: number;
    };

interface Spread {
  readonly range: ColourRange | null;
  readonly symmetric: ColourRange | null;
  readonly missing: number;
}

const spreads = new WeakMap<Column, Spread>();

/** Range and missing values of a column: one pass for each edition of it. */
function spreadOf(column: Column): Spread {
  const known = spreads.get(column);
  if (known) return known;
  // Counts have no wild values, and each of them matters.
  const trim = column.array instanceof Uint8Array ? 0 : TRIM;
  const range = colourRange(column.array, { trim });
  let missing = 0;
  for (const value of column.array) if (!Number.isFinite(value)) missing++;
  const reach = range && Math.max(Math.abs(range[0]), Math.abs(range[1]));
  const spread = { range, symmetric: reach === null ? null : ([-reach, reach] as const), missing };
  spreads.set(column, spread);
  return spread;
}

export function rangeLegend(quantity: Quantity, column: Column, mapId: ColourMapId): Legend {
  const title = quantity.unit ? `${quantity.label} (${quantity.unit})` : quantity.label;
  const { kind, table } = COLOUR_MAPS[mapId];
  const spread = spreadOf(column);
  const range = quantity.kind === 'diverging' && kind === 'diverging' ? spread.symmetric : spread.range;
  if (!range) return { kind: 'none', title: `${title}: no atom has a value` };
  const values = ticksOf(range);
  const texts = formatTicks(values);
  const [low, high] = range;
  const ticks = values.map((value, k) => ({
    at: high > low ? (value - low) / (high - low) : 0.5,
    text: texts[k]!,
  }));
  return { kind: 'range', title, range, ticks, table, missing: spread.missing };
}

/** Few numbers, but enough to read a scale: round steps may leave only zero of a range about it. */
function ticksOf(range: ColourRange): number[] {
  const tries = [4, 6, 8].map((wanted) => legendTicks(range, wanted));
  return tries.find((ticks) => ticks.length >= 3) ?? tries.at(-1)!;
}

/** Types that occur, the most frequent first. */
export function typeEntries(
  counts: readonly number[] | undefined,
  palette: StructurePaletteId,
  background: Background,
): TypeEntry[] {
  if (!counts) return [];
  return STRUCTURE_TYPES.map(({ code, label, name }) => ({
    code,
    label,
    name,
    colour: structureColour(palette, background, code),
    count: counts[code] ?? 0,
  }))
    .filter((entry) => entry.count > 0)
    .sort((a, b) => b.count - a.count);
}

/** The colour map as a CSS gradient, left to right. */
export function gradientOf(table: ColourTable): string {
  const stops = Array.from({ length: 17 }, (_, k) => {
    const row = Math.round((k / 16) * (table.length / 3 - 1));
    return `rgb(${table[3 * row]} ${table[3 * row + 1]} ${table[3 * row + 2]})`;
  });
  return `linear-gradient(to right, ${stops.join(', ')})`;
}
