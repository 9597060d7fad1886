import { STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { type ColourRange, formatTicks, legendTicks, logLegendTicks } from '#colours/byColumn.ts';
import { type Background, type StructurePaletteId, structureColour } from '#colours/byStructure.ts';
import { COLOUR_MAPS, type ColourMap, type ColourMapId, type ColourTable } from '#colours/maps.ts';
import { type ColourScale, fractionOf, makeScale } from '#colours/scale.ts';
import type { Column } from '#data/column.ts';
import type { Colouring, ScaleChoice } from '#state/slices/colouring.ts';
import { type Quantity, quantityTitle } from './quantities.ts';

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
      readonly scale: ColourScale;
      readonly ticks: readonly { readonly at: number; readonly text: string }[];
    };

/** What is chosen where nobody chose: a few wild atoms do not use the scale up, and errors have zero in the middle. */
export function scaleChoice(
  quantity: Quantity,
  chosen: Colouring | undefined,
  map: ColourMap,
  column: Column,
): ScaleChoice {
  return {
    reversed: false,
    steps: null,
    logarithmic: false,
    symmetric: quantity.kind === 'diverging' && map.kind === 'diverging',
    // Counts have no wild values, and each of them matters.
    trim: column.array instanceof Uint8Array ? 0 : TRIM,
    low: null,
    high: null,
    markBeyond: true,
    ...chosen,
  };
}

export function rangeLegend(quantity: Quantity, column: Column, mapId: ColourMapId, chosen?: Colouring): Legend {
  const title = quantityTitle(quantity);
  const map = COLOUR_MAPS[mapId];
  const scale = makeScale(column.array, map, scaleChoice(quantity, chosen, map, column));
  if (!scale) {
    return { kind: 'none', title: `${title}: no atom has a ${chosen?.logarithmic ? 'positive ' : ''}value` };
  }
  const values = scale.logarithmic ? logLegendTicks(scale.range) : ticksOf(scale.range);
  const texts = scale.logarithmic ? values.map((value) => formatTicks([value])[0]!) : formatTicks(values);
  const ticks = values.map((value, k) => ({ at: fractionOf(value, scale), text: texts[k]! }));
  return { kind: 'range', title, scale, ticks };
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
