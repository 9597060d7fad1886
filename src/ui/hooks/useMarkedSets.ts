import { useMemo } from 'react';
import { sampleOf } from '#data/atomSet.ts';
import { SELECTION, SELECTION_COLOUR } from '#state/slices/sets.ts';
import { useStore } from '#state/store.ts';
import { useWorkbench } from './useWorkbench.ts';

/** A set of atoms that plots mark in its colour. */
export interface MarkedSet {
  readonly name: string;
  readonly colour: string;
  readonly count: number;
  /** At most `limit` of its rows, ascending and always the same: `count` says whether that is all. */
  rows(limit: number): Uint32Array;
}

/** The selection and the sets that are shown in their colour, in the order in which one lies over the other. */
export function useMarkedSets(): readonly MarkedSet[] {
  const workbench = useWorkbench();
  const sets = useStore((store) => store.sets);
  const current = useStore((store) => store.current);
  return useMemo(() => {
    const marked = (id: string, name: string, colour: string): MarkedSet => {
      const atoms = workbench.sets.find(id);
      return {
        name,
        colour,
        count: atoms.count,
        rows: (limit) => sampleOf(atoms, limit),
      };
    };
    return [
      ...(current.count > 0 ? [marked(SELECTION, 'Selection', SELECTION_COLOUR)] : []),
      ...sets
        .filter(({ tinted, count }) => tinted && count > 0)
        .map(({ id, name, colour }) => marked(id, name, colour)),
    ];
  }, [workbench, sets, current]);
}
