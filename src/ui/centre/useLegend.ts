import { useMemo } from 'react';
import type { ColourMapId } from '#colours/maps.ts';
import { useStore } from '#state/store.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { type Legend, rangeLegend, type TypeEntry, typeEntries } from './legend.ts';
import { columnOf, type Quantity, quantitiesOf, STRUCTURE_TYPE } from './quantities.ts';

/** What the atoms are coloured by: the choice, or structure types where the chosen numbers do not exist any more. */
export function useQuantity(): { readonly quantity: Quantity; readonly quantities: readonly Quantity[] } {
  const columns = useStore((store) => store.columns);
  const colourBy = useStore((store) => store.colourBy);
  return useMemo(() => {
    const quantities = quantitiesOf(columns);
    return { quantity: quantities.find(({ id }) => id === colourBy) ?? STRUCTURE_TYPE, quantities };
  }, [columns, colourBy]);
}

export function useTypeEntries(): readonly TypeEntry[] {
  const counts = useStore((store) => store.stages.structure.summary?.counts);
  const palette = useStore((store) => store.palette);
  const theme = useStore((store) => store.theme);
  return useMemo(() => typeEntries(counts, palette, theme), [counts, palette, theme]);
}

export function useLegend(): Legend {
  const { columns: registry } = useWorkbench();
  const columns = useStore((store) => store.columns);
  const mapId = useStore((store) => store.colourMap) as ColourMapId;
  const { quantity } = useQuantity();
  const entries = useTypeEntries();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `columns` says when the registry holds something new.
  return useMemo(() => {
    if (quantity.kind === 'types') {
      return entries.length > 0
        ? { kind: 'types', title: quantity.label, entries }
        : { kind: 'none', title: 'Structure types: not computed yet' };
    }
    const column = columnOf(quantity.id, registry);
    return column
      ? rangeLegend(quantity, column, mapId)
      : { kind: 'none', title: `${quantity.label}: not computed yet` };
  }, [quantity, entries, mapId, registry, columns]);
}
