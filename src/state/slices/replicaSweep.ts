import type { StateCreator } from 'zustand';
import type { ReplicaSweep } from '#pipeline/sweepReplicas.ts';
import type { Store } from '../store.ts';

export interface ReplicaSweepSlice {
  /** The last sweep over cells, and what it was computed from. */
  readonly replicaSweep: { readonly sweep: ReplicaSweep; readonly from: string } | null;
  setReplicaSweep(sweep: ReplicaSweep, from: string): void;
}

export const createReplicaSweepSlice: StateCreator<Store, [], [], ReplicaSweepSlice> = (set) => ({
  replicaSweep: null,
  setReplicaSweep: (sweep, from) => set({ replicaSweep: { sweep, from } }),
});

/** What a sweep depends on; empty where none can be made. */
export function sweepGround({ stages, parameters }: Store): string {
  const { potential, seam } = parameters;
  const picked = stages.select.fingerprint;
  return potential && picked ? JSON.stringify([picked, potential.sha256, seam]) : '';
}
