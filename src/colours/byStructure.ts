import { BCC, FCC, HCP, ICOSAHEDRAL, OTHER, STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { type ColourTable, TABLE_SIZE } from './maps.ts';
import { parseCssColour } from './rgb.ts';

export type Background = 'dark' | 'light';

export interface StructurePalette {
  readonly name: string;
  /** `#rrggbb` by structure code, for each background. */
  readonly colours: Readonly<Record<Background, readonly string[]>>;
}

/** Colours in code order, from a record that cannot mix codes up; OTH differs with the background. */
function palette(name: string, byCode: Readonly<Record<number, string>>, other: Record<Background, string>) {
  const inOrder = (background: Background) =>
    STRUCTURE_TYPES.map(({ code }) => (code === OTHER ? other[background] : byCode[code]!));
  return { name, colours: { dark: inOrder('dark'), light: inOrder('light') } };
}

/** OVITO's colours are the field's; the second set (Okabe and Ito 2008) keeps apart under every colour blindness. */
export const STRUCTURE_PALETTES = {
  ovito: palette(
    'OVITO',
    { [FCC]: '#66ff66', [HCP]: '#ff6666', [BCC]: '#6666ff', [ICOSAHEDRAL]: '#f2cc33' },
    { dark: '#f2f2f2', light: '#a3a3a3' },
  ),
  colourBlindSafe: palette(
    'Colour-blind safe',
    { [FCC]: '#009e73', [HCP]: '#d55e00', [BCC]: '#0072b2', [ICOSAHEDRAL]: '#f0e442' },
    { dark: '#f2f2f2', light: '#a3a3a3' },
  ),
} as const satisfies Record<string, StructurePalette>;
export type StructurePaletteId = keyof typeof STRUCTURE_PALETTES;

/** Colour of one structure type, `#rrggbb`, for legends and plots. */
export function structureColour(palette: StructurePaletteId, background: Background, code: number): string {
  return STRUCTURE_PALETTES[palette].colours[background][code]!;
}

/** Table indexed by structure code; codes without a type take the colour of OTH. */
export function structureTable(palette: StructurePaletteId, background: Background): ColourTable {
  const colours = STRUCTURE_PALETTES[palette].colours[background];
  const table = new Uint8Array(3 * TABLE_SIZE);
  for (let code = 0; code < TABLE_SIZE; code++) table.set(parseCssColour(colours[code] ?? colours[OTHER]!), 3 * code);
  return table;
}
