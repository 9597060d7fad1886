import { COLOUR_MAPS, type ColourMapId } from '#colours/maps.ts';
import { useStore } from '#state/store.ts';
import type { Quantity } from './quantities.ts';

/** Id of the menu of quantities, for the key that opens it. */
export const COLOUR_MENU_ID = 'colour-by';

const FIRST_OF_KIND = {
  sequential: 'viridis',
  diverging: 'blueRed',
} as const satisfies Record<string, ColourMapId>;

/** A map of the kind of a quantity: the one in use, where that fits. */
export function fittingMap({ kind }: Quantity, inUse: string): ColourMapId {
  const fits = kind === 'types' || COLOUR_MAPS[inUse as ColourMapId].kind === kind;
  return fits ? (inUse as ColourMapId) : FIRST_OF_KIND[kind];
}

export function colourByQuantity(quantity: Quantity): void {
  const { colourMap, setView } = useStore.getState();
  setView({ colourBy: quantity.id, colourMap: fittingMap(quantity, colourMap) });
}
