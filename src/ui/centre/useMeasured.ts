import { useMemo } from 'react';
import { makeCell } from '#data/cell.ts';
import { type Measurement, measureAtoms } from '#data/nearestImage.ts';
import { useStore } from '#state/store.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';

export interface Measured {
  readonly ids: readonly number[];
  readonly found: Measurement;
}

const NONE: readonly Measured[] = [];

/** What is measured now, in the order it was picked; nothing while nobody measures. */
export function useMeasured(): readonly Measured[] {
  const { columns: registry } = useWorkbench();
  const measuring = useStore((store) => store.measuring);
  const measured = useStore((store) => store.measured);
  const snapshot = useStore((store) => store.stages.snapshot.summary);
  return useMemo(() => {
    const position = registry.find('atoms.position')?.array as Float32Array | undefined;
    const ids = registry.find('atoms.id')?.array;
    if (!measuring || !snapshot || !position || !ids) return NONE;
    const cell = makeCell(snapshot.vectors, snapshot.origin, snapshot.periodic);
    return measured.map((rows) => ({ ids: rows.map((row) => ids[row]!), found: measureAtoms(position, rows, cell) }));
  }, [registry, measuring, measured, snapshot]);
}
