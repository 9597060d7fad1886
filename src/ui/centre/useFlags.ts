import { useMemo } from 'react';
import type { Versioned } from '#render/scene.ts';
import { useStore } from '#state/store.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';

/** What sets and filters tell the picture of every atom. */
export interface SceneFlags {
  /** [n] bit 7 leaves an atom out, the others are the index of its tint, 0 for none; null where none is in force. */
  readonly flags: Versioned<Uint8Array> | null;
  /** Colours by tint index minus 1. */
  readonly tints: readonly string[];
}

const NO_TINTS: readonly string[] = [];

/** The flags of all atoms; the same object until they are others. */
export function useFlags(): SceneFlags {
  const { flags: keeper } = useWorkbench();
  const record = useStore((store) => store.flags);
  return useMemo(
    () => ({ flags: record ? keeper.kept : null, tints: record ? record.tints : NO_TINTS }),
    [keeper, record],
  );
}
