import { useEffect, useMemo, useState } from 'react';
import { inBackground } from '#data/background.ts';
import { makeCell } from '#data/cell.ts';
import { useStore } from '#state/store.ts';
import { rowsOfIds } from '../hooks/rows.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { type Inspection, type InspectionInput, inspect } from './inspection.ts';

/**
 * What surrounds an atom, and the training atoms it is known by; null until it is found. While another atom is looked at,
 * what was found for the one before stands.
 */
export function useInspection(row: number): { readonly found: Inspection | null; readonly cutoff: number } {
  const { columns: registry } = useWorkbench();
  const columns = useStore((store) => store.columns);
  const snapshot = useStore((store) => store.stages.snapshot.summary);
  const ids = useStore((store) => store.stages.select.summary?.ids);
  const given = useStore((store) => store.parameters.given);
  const cutoff = useStore((store) => store.parameters.cutoff);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `columns` says when the registry holds something new.
  const input = useMemo((): InspectionInput | null => {
    const position = registry.find('atoms.position')?.array as Float32Array | undefined;
    const scores = registry.find('pool.scores');
    if (!snapshot || !position) return null;
    return {
      row,
      position,
      cell: makeCell(snapshot.vectors, snapshot.origin, snapshot.periodic),
      cutoff,
      scores: scores ? { array: scores.array as Float32Array, width: scores.shape[1] ?? 1 } : null,
      trainingRows: ids ? [...new Set(rowsOfIds(registry, [...(given ?? []), ...ids]))] : [],
    };
  }, [row, cutoff, snapshot, ids, given, registry, columns]);

  const [found, setFound] = useState<Inspection | null>(null);
  useEffect(() => {
    if (input) return inBackground(inspect(input), setFound);
  }, [input]);
  return { found, cutoff };
}
