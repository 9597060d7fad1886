import type { StateCreator } from 'zustand';
import type { Progress } from '#data/control.ts';
import type { Failure } from '#data/errors.ts';
import type { StageName } from '#pipeline/parameters.ts';
import type { ColumnRef } from '../columnRegistry.ts';
import type { Store } from '../store.ts';

/** What this page runs on; shown in the status line. */
export interface Platform {
  readonly sharedMemory: boolean;
  readonly threads: number;
}

export interface RunningJob {
  readonly stage: StageName;
  readonly startedAt: number;
  readonly progress: Progress;
  /** Forecast of the rest of this phase, seconds; null until there is ground for one. */
  readonly secondsLeft: number | null;
  readonly cancelling: boolean;
}

export interface SessionSlice {
  readonly platform: Platform;
  /** The first snapshot is open, or it was said why not. */
  readonly started: boolean;
  readonly job: RunningJob | null;
  /** Bytes held by the compute side. */
  readonly memoryBytes: number;
  readonly columns: Readonly<Record<string, ColumnRef & { unit: string; width: number }>>;
  /** A failure that belongs to no step: a file that could not be opened, an export. Stays until dismissed. */
  readonly notice: Failure | null;
  setSession(change: Partial<Omit<SessionSlice, 'setSession'>>): void;
}

export const createSessionSlice: StateCreator<Store, [], [], SessionSlice> = (set) => ({
  platform: { sharedMemory: false, threads: 1 },
  started: false,
  job: null,
  memoryBytes: 0,
  columns: {},
  notice: null,
  setSession: (change) => set(change),
});
