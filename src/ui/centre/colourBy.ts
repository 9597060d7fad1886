import { COLOUR_MAPS, type ColourMapId } from '#colours/maps.ts';
import { useStore } from '#state/store.ts';
import type { Quantity } from './quantities.ts';

/** Id of the menu of quantities, for the key that opens it. */
export const COLOUR_MENU_ID = 'colour-by';

const FIRST_OF_KIND = {
  sequential: 'viridis',
  diverging: 'blueRed',
} as const satisfies Record<string, ColourMapId>;

/** Colour by a quantity, with a map of its kind: the one in use, where that fits. */
export function colourByQuantity({ id, kind }: Quantity): void {
  const { colourMap, setView } = useStore.getState();
  const fits = kind === 'types' || COLOUR_MAPS[colourMap as ColourMapId].kind === kind;
  setView({ colourBy: id, ...(fits ? {} : { colourMap: FIRST_OF_KIND[kind] }) });
}
