import {
  interpolateCividis,
  interpolateMagma,
  interpolatePlasma,
  interpolatePuOr,
  interpolateRdBu,
  interpolateViridis,
} from 'd3-scale-chromatic';
import { parseCssColour, type Rgb } from './rgb.ts';

/** 256 colours, sRGB bytes [256, 3]. Continuous maps spread them over a range; categorical ones are indexed by code. */
export type ColourTable = Uint8Array;
export const TABLE_SIZE = 256;

export interface ColourMap {
  readonly name: string;
  /** Sequential maps suit quantities that grow; diverging ones suit errors, with the middle at zero. */
  readonly kind: 'sequential' | 'diverging';
  readonly table: ColourTable;
}

/** Every continuous map, in menu order; the first is the default. A new map is one line. */
export const COLOUR_MAPS = {
  viridis: sample('viridis', 'sequential', interpolateViridis),
  cividis: sample('cividis', 'sequential', interpolateCividis),
  plasma: sample('plasma', 'sequential', interpolatePlasma),
  magma: sample('magma', 'sequential', interpolateMagma),
  // Reversed, so that negative is the cool end and positive the warm one.
  blueRed: sample('blue–red', 'diverging', (t) => interpolateRdBu(1 - t)),
  purpleOrange: sample('purple–orange', 'diverging', (t) => interpolatePuOr(1 - t)),
} as const satisfies Record<string, ColourMap>;
export type ColourMapId = keyof typeof COLOUR_MAPS;

/** Colour in row `row` of a table. */
export function tableColour(table: ColourTable, row: number): Rgb {
  return [table[3 * row]!, table[3 * row + 1]!, table[3 * row + 2]!];
}

function sample(name: string, kind: ColourMap['kind'], colourAt: (t: number) => string): ColourMap {
  const table = new Uint8Array(3 * TABLE_SIZE);
  for (let row = 0; row < TABLE_SIZE; row++) table.set(parseCssColour(colourAt(row / (TABLE_SIZE - 1))), 3 * row);
  return { name, kind, table };
}
