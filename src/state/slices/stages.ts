import type { StateCreator } from 'zustand';
import type { Failure, Warning } from '#data/errors.ts';
import type { StageName } from '#pipeline/parameters.ts';
import { STAGES } from '#pipeline/stages.ts';
import type { StageSummaries } from '#pipeline/summaries.ts';
import type { Store } from '../store.ts';

export type StageStatus = 'idle' | 'running' | 'done' | 'failed';

export interface StageState<S extends StageName = StageName> {
  readonly status: StageStatus;
  /** Kept while the stage is stale, running again or failed: what was found stands until it is replaced. */
  readonly summary?: StageSummaries[S];
  readonly fingerprint?: string;
  readonly milliseconds?: number;
  readonly peakBytes?: number;
  readonly warnings: readonly Warning[];
  readonly failure?: Failure | undefined;
}

export interface StagesSlice {
  readonly stages: { readonly [S in StageName]: StageState<S> };
  /** Name or SHA-256 of inputs from outside, which are part of a stage's fingerprint. */
  readonly inputs: Readonly<Partial<Record<StageName, string>>>;
  setStage<S extends StageName>(stage: S, change: Partial<StageState<S>>): void;
  resetStages(names: readonly StageName[]): void;
  setInput(stage: StageName, input: string): void;
}

const IDLE: StageState = { status: 'idle', warnings: [] };

export const createStagesSlice: StateCreator<Store, [], [], StagesSlice> = (set) => ({
  stages: Object.fromEntries(STAGES.map(({ name }) => [name, IDLE])) as StagesSlice['stages'],
  inputs: {},
  setStage: (stage, change) =>
    set(({ stages }) => ({ stages: { ...stages, [stage]: { ...stages[stage], ...change } } })),
  resetStages: (names) =>
    set(({ stages }) => ({ stages: { ...stages, ...Object.fromEntries(names.map((name) => [name, IDLE])) } })),
  setInput: (stage, input) => set(({ inputs }) => ({ inputs: { ...inputs, [stage]: input } })),
});
