import { useEffect, useMemo, useState } from 'react';
import { inBackground } from '#data/background.ts';
import { binProfile, type ProfileBins } from '#kernels/profile/binProfile.ts';
import { useStore } from '#state/store.ts';
import { useQuantityNamed } from '../centre/useLegend.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import {
  type ProfileObstacle,
  type ProfileTask,
  plotOfBins,
  profileTask,
  TOO_MANY_BINS,
  UNCLASSIFIED,
} from './profileTask.ts';

/** A profile that can be drawn, what it waits for, or a sentence that says why there is none. */
export type ProfileState = ProfileObstacle | { readonly kind: 'counting' };

/** The profile that is chosen, counted in turns of the page. */
export function useProfile(): ProfileState {
  const { columns: registry } = useWorkbench();
  const columns = useStore((store) => store.columns);
  const snapshot = useStore((store) => store.stages.snapshot.summary);
  const choice = useStore((store) => store.profile);
  const { quantity } = useQuantityNamed(choice.quantity);
  const { quantity: id, against, direction, binWidth, withRange } = choice;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `columns` says when the registry holds something new.
  const task = useMemo(
    () => (snapshot ? profileTask({ quantity: id, against, direction, binWidth }, quantity, snapshot, registry) : null),
    [id, against, direction, binWidth, quantity, snapshot, registry, columns],
  );
  const [counted, setCounted] = useState<{ task: ProfileTask; bins: ProfileBins | null } | null>(null);
  useEffect(() => {
    if (task && 'input' in task) return inBackground(binProfile(task.input), (bins) => setCounted({ task, bins }));
  }, [task]);

  return useMemo((): ProfileState => {
    if (!task) return { kind: 'plot', plot: UNCLASSIFIED };
    if (!('input' in task)) return task;
    if (counted?.task !== task) return { kind: 'counting' };
    const { bins } = counted;
    if (!bins) return { kind: 'refused', why: TOO_MANY_BINS };
    return { kind: 'plot', plot: plotOfBins(task, bins, withRange) };
  }, [task, counted, withRange]);
}
