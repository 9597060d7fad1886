import { COLOUR_MAPS } from '#colours/maps.ts';
import { COLOUR_MENU_ID, colourByQuantity } from '../centre/colourBy.ts';
import { quantitiesOf, quantityTitle } from '../centre/quantities.ts';
import type { Command, PageParts } from './command.ts';

/** What colours the atoms. */
export function colourCommands({ store }: PageParts): Command[] {
  const { colourBy, colourMap, palette, setView } = store;
  const quantities = quantitiesOf(store.columns);
  const now = quantities.find(({ id }) => id === colourBy);
  const maps = Object.entries(COLOUR_MAPS).map(
    ([id, { name, kind }]): Command => ({
      id: `map-${id}`,
      group: 'Colour',
      label: `Colour map: ${name}`,
      unavailable:
        now?.kind === kind
          ? colourMap === id
            ? 'In use'
            : undefined
          : `Does not suit ${now?.label ?? 'what is shown'}`,
      run: () => setView({ colourMap: id }),
    }),
  );
  const otherPalette = palette === 'ovito' ? 'colourBlindSafe' : 'ovito';
  return [
    { id: 'colour-menu', group: 'Colour', label: 'Colour menu', keys: [{ key: 'c' }], run: openColourMenu },
    ...quantities.map(
      (quantity): Command => ({
        id: `colour-${quantity.id}`,
        group: 'Colour',
        label: `Colour by ${quantityTitle(quantity)}`,
        unavailable: quantity.id === colourBy ? 'In use' : undefined,
        run: () => colourByQuantity(quantity),
      }),
    ),
    ...maps,
    {
      id: 'palette-of-types',
      group: 'Colour',
      label: `Structure types in ${otherPalette === 'ovito' ? "OVITO's" : 'colour-blind-safe'} colours`,
      run: () => setView({ palette: otherPalette }),
    },
  ];
}

function openColourMenu(): void {
  const menu = document.getElementById(COLOUR_MENU_ID) as HTMLSelectElement | null;
  menu?.focus();
  try {
    menu?.showPicker();
  } catch {
    // Not in every browser: the menu then has the focus, and arrow keys choose.
  }
}
