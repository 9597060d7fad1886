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
  /** Whether WebAssembly has SIMD here; without, the float64 references compute everything. */
  readonly simd: boolean;
}

export interface RunningJob {
  readonly stage: StageName;
  readonly startedAt: number;
  readonly progress: Progress;
  /** Forecast of the rest of this phase, seconds; null until there is ground for one. */
  readonly secondsLeft: number | null;
  readonly cancelling: boolean;
}

/** Whether the browser keeps the project. */
export type Keeping =
  | { readonly status: 'nothing' }
  /** `at`: ms since 1970. `behind`: a step has finished since, and is being kept. */
  | { readonly status: 'kept'; readonly id: string; readonly at: number; readonly behind: boolean }
  | { readonly status: 'refused'; readonly message: string };

export interface SessionSlice {
  readonly keeping: Keeping;
  readonly platform: Platform;
  /** The first snapshot is open, or it was said why not. */
  readonly started: boolean;
  readonly job: RunningJob | null;
  /** Bytes held by the compute side. */
  readonly memoryBytes: number;
  readonly columns: Readonly<Record<string, ColumnRef & { unit: string; width: number }>>;
  /** A failure that belongs to no step: a file that could not be opened, an export. Stays until dismissed. */
  readonly notice: Failure | null;
  /** The server has another build of the page, and it is here already. */
  readonly newBuild: boolean;
  setSession(change: Partial<Omit<SessionSlice, 'setSession'>>): void;
}

export const createSessionSlice: StateCreator<Store, [], [], SessionSlice> = (set) => ({
  platform: { sharedMemory: false, threads: 1, simd: true },
  started: false,
  job: null,
  memoryBytes: 0,
  columns: {},
  notice: null,
  newBuild: false,
  keeping: { status: 'nothing' },
  setSession: (change) => set(change),
});
