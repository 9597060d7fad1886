import type { StateCreator } from 'zustand';
import type { Store } from '../store.ts';

/** Keep the atoms whose value lies between two numbers, both included. An atom without a value is not kept. */
export interface RangeFilter {
  readonly id: string;
  /** Name of a column, or `pool.scores/k` for its k-th component. */
  readonly column: string;
  /** Null: no limit on that side. */
  readonly from: number | null;
  readonly to: number | null;
}

/** What is left out of the picture besides hidden types, slices and hidden sets; an atom has to pass all of it. */
export interface Filters {
  readonly ranges: readonly RangeFilter[];
  /** Only atoms that are not BCC, and their neighbours. */
  readonly network: boolean;
}

export const NO_FILTERS: Filters = { ranges: [], network: false };

/** What the picture is told of every atom: the array is held by `FlagsKeeper`. */
export interface FlagsRecord {
  readonly version: number;
  /** Atoms that filters and sets leave out. */
  readonly hidden: number;
  /** Colours by tint index minus 1. */
  readonly tints: readonly string[];
}

export interface FiltersSlice {
  readonly filters: Filters;
  /** Null where no filter and no tint is in force. */
  readonly flags: FlagsRecord | null;
}

export const createFiltersSlice: StateCreator<Store, [], [], FiltersSlice> = () => ({
  filters: NO_FILTERS,
  flags: null,
});
