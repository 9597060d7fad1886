import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { findElement } from '#chem/elements.ts';
import { type Background, type StructurePaletteId, structureTable } from '#colours/byStructure.ts';
import { type Cell, cellVolume, makeCell } from '#data/cell.ts';
import type { Column } from '#data/column.ts';
import type { StageSummaries } from '#pipeline/summaries.ts';
import type { AtomColour, AtomsScene, Clip } from '#render/scene.ts';
import type { Cuts } from '#state/slices/clips.ts';
import { useStore } from '#state/store.ts';
import { rowsOfIds } from '../hooks/rows.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { clipsOf } from './cuts.ts';
import type { Legend } from './legend.ts';
import { columnOf } from './quantities.ts';
import { visibleTypes } from './shown.ts';
import { useFlags } from './useFlags.ts';
import { useQuantityNamed } from './useLegend.ts';

/** Atoms before anything is known of them: the colour of what has no type. */
const PLAIN = { dark: '#b8bdc4', light: '#8c8c8c' } as const;
/** Half the nearest distance in bcc, in units of the cube root of the volume of an atom: spheres that just touch. */
const TOUCHING = Math.sqrt(3) / 2 / 2 ** (2 / 3);

/** What of a view says what is in the picture and how it is coloured. */
export type SceneView = Cuts & {
  readonly theme: Background;
  readonly palette: StructurePaletteId;
  readonly colourBy: string;
  readonly hiddenTypes: readonly number[];
  readonly markChosen: boolean;
  /** Row of the atom that is looked at. */
  readonly pickedRow: number | null;
};

/** Everything the picture shows, by reference; null before a snapshot is there. */
export function useScene(legend: Legend): AtomsScene | null {
  const view = useStore(
    useShallow(
      ({ theme, palette, colourBy, hiddenTypes, markChosen, pickedRow, slice, clipBox, crop }): SceneView => ({
        ...{ theme, palette, colourBy, hiddenTypes, markChosen, pickedRow },
        ...{ slice, clipBox, crop },
      }),
    ),
  );
  return useSceneOf(view, legend);
}

/** The same of any view, whether it is the one that is shown or not. */
export function useSceneOf(view: SceneView, legend: Legend): AtomsScene | null {
  const { columns: registry } = useWorkbench();
  // Drawn anew whenever the registry holds something new; a new scene only where that is part of it.
  useStore((store) => store.columns);
  const { theme, palette, hiddenTypes, pickedRow: highlighted } = view;
  const marked = useMarkedRowsOf(view.markChosen);
  const { quantity } = useQuantityNamed(view.colourBy);

  const frame = useFrame();
  const values = columnOf(quantity.id, registry);
  const typeTable = useMemo(() => structureTable(palette, theme), [palette, theme]);
  const scale = legend.kind === 'range' ? legend.scale : null;
  const colour = useMemo((): AtomColour => {
    if (!values || legend.kind === 'none') return { kind: 'uniform', colour: PLAIN[theme] };
    return scale
      ? { kind: 'continuous', values, scale }
      : { kind: 'structure', values: values as Column<Uint8Array>, table: typeTable };
  }, [values, legend.kind, scale, typeTable, theme]);

  const positions = registry.find('atoms.position') as Column<Float32Array> | undefined;
  const types = (registry.find('structure.type') as Column<Uint8Array> | undefined) ?? null;
  const clips = useClipsOf(view);
  const { flags, tints } = useFlags();
  return useMemo(() => {
    if (!positions || !frame) return null;
    const shown = { types, visibleTypes: visibleTypes(hiddenTypes), clips, flags, tints };
    return { positions, ...frame, ...shown, colour, marked, highlighted };
  }, [positions, types, frame, hiddenTypes, clips, flags, tints, colour, marked, highlighted]);
}

const NOTHING_CUT: readonly Clip[] = [];

/** What is cut away of the model; the same array until it is something else. */
export function useClips(): readonly Clip[] {
  return useClipsOf(useStore(useShallow(({ slice, clipBox, crop }): Cuts => ({ slice, clipBox, crop }))));
}

function useClipsOf({ slice, clipBox, crop }: Cuts): readonly Clip[] {
  const frame = useFrame();
  return useMemo(() => {
    const clips = frame ? clipsOf({ slice, clipBox, crop }, frame.cell) : [];
    return clips.length > 0 ? clips : NOTHING_CUT;
  }, [frame, slice, clipBox, crop]);
}

/** Cell and drawing radius of the snapshot that is open. */
export function useFrame(): { readonly cell: Cell; readonly radius: number } | undefined {
  const snapshot = useStore((store) => store.stages.snapshot.summary);
  return useMemo(() => snapshot && frameOf(snapshot), [snapshot]);
}

/** Rows of the chosen atoms, where they are to be marked. */
export function useMarkedRows(): Uint32Array {
  return useMarkedRowsOf(useStore((store) => store.markChosen));
}

function useMarkedRowsOf(markChosen: boolean): Uint32Array {
  const { columns: registry } = useWorkbench();
  const ids = useStore((store) => (markChosen ? store.stages.select.summary?.ids : undefined));
  return useMemo(() => rowsOfIds(registry, ids), [registry, ids]);
}

/** Cell and drawing radius of a snapshot: they do not change while it is looked at. */
function frameOf({ vectors, origin, periodic, count, species }: StageSummaries['snapshot']): {
  cell: Cell;
  radius: number;
} {
  const cell = makeCell(vectors, origin, periodic);
  const touching = TOUCHING * Math.cbrt(Math.abs(cellVolume(cell)) / Math.max(1, count));
  // A cell that is mostly vacuum says nothing about the distance between its atoms.
  const symbol = species.find((name) => name !== null);
  const largest = (symbol && findElement(symbol)?.radius) || Number.POSITIVE_INFINITY;
  return { cell, radius: Math.min(touching, largest) };
}
