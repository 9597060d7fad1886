import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Background, StructurePaletteId } from '#colours/byStructure.ts';
import type { ColourMapId } from '#colours/maps.ts';
import type { Colouring } from '#state/slices/colouring.ts';
import { useStore } from '#state/store.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { type Legend, rangeLegend, type TypeEntry, typeEntries } from './legend.ts';
import { columnOf, type Quantity, quantitiesOf, STRUCTURE_TYPE } from './quantities.ts';

/** What the atoms are coloured by: the choice, or structure types where the chosen numbers do not exist any more. */
export function useQuantity(): { readonly quantity: Quantity; readonly quantities: readonly Quantity[] } {
  return useQuantityNamed(useStore((store) => store.colourBy));
}

/** A quantity by its name; structure types where there is none of that name. */
export function useQuantityNamed(id: string): {
  readonly quantity: Quantity;
  readonly quantities: readonly Quantity[];
} {
  const columns = useStore((store) => store.columns);
  return useMemo(() => {
    const quantities = quantitiesOf(columns);
    return { quantity: quantities.find((candidate) => candidate.id === id) ?? STRUCTURE_TYPE, quantities };
  }, [columns, id]);
}

/** How a view colours atoms. */
export interface LegendView {
  readonly theme: Background;
  readonly palette: StructurePaletteId;
  /** Scales by quantity. */
  readonly colourings: Readonly<Record<string, Colouring>>;
}

export function useTypeEntries(): readonly TypeEntry[] {
  return useTypeEntriesOf(useStore(useShallow(({ theme, palette }) => ({ theme, palette }))));
}

function useTypeEntriesOf({ theme, palette }: Pick<LegendView, 'theme' | 'palette'>): readonly TypeEntry[] {
  const counts = useStore((store) => store.stages.structure.summary?.counts);
  return useMemo(() => typeEntries(counts, palette, theme), [counts, palette, theme]);
}

/** What the colours of the atoms mean. */
export function useLegend(): Legend {
  const mapId = useStore((store) => store.colourMap);
  return useLegendOf(useQuantity().quantity, mapId as ColourMapId);
}

/** What the colours of a quantity mean, wherever it is drawn. */
export function useLegendOf(quantity: Quantity, mapId: ColourMapId): Legend {
  const view = useStore(useShallow(({ theme, palette, colourings }): LegendView => ({ theme, palette, colourings })));
  return useLegendIn(view, quantity, mapId);
}

/** The same in any view. */
export function useLegendIn(view: LegendView, quantity: Quantity, mapId: ColourMapId): Legend {
  const { columns: registry } = useWorkbench();
  const columns = useStore((store) => store.columns);
  const colouring = view.colourings[quantity.id];
  const entries = useTypeEntriesOf(view);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `columns` says when the registry holds something new.
  return useMemo(() => {
    if (quantity.kind === 'types') {
      return entries.length > 0
        ? { kind: 'types', title: quantity.label, entries }
        : { kind: 'none', title: 'Structure types: not computed yet' };
    }
    const column = columnOf(quantity.id, registry);
    return column
      ? rangeLegend(quantity, column, mapId, colouring)
      : { kind: 'none', title: `${quantity.label}: not computed yet` };
  }, [quantity, entries, mapId, colouring, registry, columns]);
}
