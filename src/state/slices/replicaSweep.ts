import type { StateCreator } from 'zustand';
import type { ReplicaSweep } from '#pipeline/sweepReplicas.ts';
import type { Store } from '../store.ts';

export interface MadeSweep {
  readonly sweep: ReplicaSweep;
  /** What it was computed from, as `sweepGround` says it. */
  readonly from: string;
}

export interface ReplicaSweepSlice {
  /** The last sweep over cells of this snapshot. */
  readonly replicaSweep: MadeSweep | null;
  setReplicaSweep(made: MadeSweep | null): void;
}

export const createReplicaSweepSlice: StateCreator<Store, [], [], ReplicaSweepSlice> = (set) => ({
  replicaSweep: null,
  setReplicaSweep: (replicaSweep) => set({ replicaSweep }),
});

/** What a sweep depends on; empty where none can be made. */
export function sweepGround({ stages, parameters }: Store): string {
  const { potential, seam } = parameters;
  const picked = stages.select.fingerprint;
  return potential && picked ? JSON.stringify([picked, potential.sha256, seam]) : '';
}
