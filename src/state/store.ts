import { create } from 'zustand';
import { type CalculationsSlice, createCalculationsSlice } from './slices/calculations.ts';
import { type ClipsSlice, createClipsSlice } from './slices/clips.ts';
import { type ColouringSlice, createColouringSlice } from './slices/colouring.ts';
import { createFiltersSlice, type FiltersSlice } from './slices/filters.ts';
import { createMeasureSlice, type MeasureSlice } from './slices/measure.ts';
import { createParametersSlice, type ParametersSlice } from './slices/parameters.ts';
import { createProfileSlice, type ProfileSlice } from './slices/profile.ts';
import { createReplicaSweepSlice, type ReplicaSweepSlice } from './slices/replicaSweep.ts';
import { createSessionSlice, type SessionSlice } from './slices/session.ts';
import { createSetsSlice, type SetsSlice } from './slices/sets.ts';
import { createStagesSlice, type StagesSlice } from './slices/stages.ts';
import { createViewSlice, type ViewSlice } from './slices/view.ts';

/** Everything small that the page shows. Arrays live in the column registry, never here. */
export type Store = ParametersSlice &
  StagesSlice &
  ViewSlice &
  ClipsSlice &
  ColouringSlice &
  SessionSlice &
  SetsSlice &
  FiltersSlice &
  ProfileSlice &
  MeasureSlice &
  ReplicaSweepSlice &
  CalculationsSlice;

export const useStore = create<Store>()((...api) => ({
  ...createParametersSlice(...api),
  ...createStagesSlice(...api),
  ...createViewSlice(...api),
  ...createClipsSlice(...api),
  ...createColouringSlice(...api),
  ...createSessionSlice(...api),
  ...createSetsSlice(...api),
  ...createFiltersSlice(...api),
  ...createProfileSlice(...api),
  ...createMeasureSlice(...api),
  ...createReplicaSweepSlice(...api),
  ...createCalculationsSlice(...api),
}));
