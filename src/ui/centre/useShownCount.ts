import { useMemo } from 'react';
import type { Column } from '#data/column.ts';
import { useStore } from '#state/store.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { countShown, visibleTypes } from './shown.ts';
import { useFlags } from './useFlags.ts';
import { useClips, useFrame, useMarkedRows } from './useScene.ts';

/** How many atoms are drawn: all of them are looked at only where some are left out. */
export function useShownCount(): number {
  const { columns } = useWorkbench();
  // Drawn anew whenever the registry holds something new.
  useStore((store) => store.columns);
  const hidden = useStore((store) => store.hiddenTypes);
  const clips = useClips();
  const radius = useFrame()?.radius ?? 0;
  const marked = useMarkedRows();
  const { flags } = useFlags();
  const positions = columns.find('atoms.position') as Column<Float32Array> | undefined;
  const types = (columns.find('structure.type') as Column<Uint8Array> | undefined) ?? null;
  return useMemo(() => {
    if (!positions) return 0;
    if (clips.length === 0 && !flags && hidden.length === 0) return positions.array.length / 3;
    const filter = { types, visibleTypes: visibleTypes(hidden), clips, flags, reach: radius };
    return countShown(positions.array, filter, marked);
  }, [positions, types, hidden, clips, flags, radius, marked]);
}
