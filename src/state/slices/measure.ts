import type { StateCreator } from 'zustand';
import type { Store } from '../store.ts';

/** Rows of the atoms of one measurement: two for a distance, three for an angle at the middle one. */
export type MeasuredRows = readonly number[];

const ATOMS_OF_ANGLE = 3;

export interface MeasureSlice {
  /** True while clicks measure. */
  readonly measuring: boolean;
  /** Finished measurements and, last, the one that is being picked. */
  readonly measured: readonly MeasuredRows[];
  setMeasuring(on: boolean): void;
  /** The next atom; after an angle another measurement begins. */
  measureAtom(row: number): void;
  /** Begin another measurement: a distance then stays a distance. */
  endMeasurement(): void;
  /** Forget one measurement or, without a place, all of them. */
  clearMeasured(at?: number): void;
}

export const createMeasureSlice: StateCreator<Store, [], [], MeasureSlice> = (set) => ({
  measuring: false,
  measured: [],
  // One atom alone measures nothing.
  setMeasuring: (measuring) => set(({ measured }) => ({ measuring, measured: measured.filter(isWhole) })),
  measureAtom: (row) =>
    set(({ measured }) => {
      const current = measured.at(-1);
      if (!current || current.length === ATOMS_OF_ANGLE) return { measured: [...measured, [row]] };
      // A second click on the atom that was last hit is one too many.
      if (current.at(-1) === row) return {};
      return { measured: [...measured.slice(0, -1), [...current, row]] };
    }),
  endMeasurement: () =>
    set(({ measured }) => {
      const current = measured.at(-1);
      return current && isWhole(current) ? { measured: [...measured, []] } : {};
    }),
  clearMeasured: (at) =>
    set(({ measured }) => ({ measured: at === undefined ? [] : measured.filter((_, place) => place !== at) })),
});

function isWhole(rows: MeasuredRows): boolean {
  return rows.length >= 2;
}
