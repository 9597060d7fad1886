import type { StateCreator } from 'zustand';
import type { Store } from '../store.ts';

/** How the numbers of a quantity become colours: what can be chosen. */
export interface ScaleChoice {
  readonly reversed: boolean;
  /** Number of colours; null: a continuous scale. */
  readonly steps: number | null;
  readonly logarithmic: boolean;
  /** Zero in the middle; not on a logarithmic scale, which has none. */
  readonly symmetric: boolean;
  /** Share of the values left out at each end, 0 to just below 0.5; ends that are given go before it. */
  readonly trim: number;
  /** Ends of the range in the unit of the column; null: from the values. */
  readonly low: number | null;
  readonly high: number | null;
  /** Values beyond the ends have colours of their own; otherwise those of the ends. */
  readonly markBeyond: boolean;
}

/** How one quantity is coloured, as far as somebody chose it. */
export type Colouring = Readonly<Partial<ScaleChoice>>;

export interface ColouringSlice {
  /** By quantity: each keeps what was chosen for it. */
  readonly colourings: Readonly<Record<string, Colouring>>;
  /** Null: as it is when nothing was chosen. */
  setColouring(quantity: string, change: Colouring | null): void;
}

export const createColouringSlice: StateCreator<Store, [], [], ColouringSlice> = (set) => ({
  colourings: {},
  setColouring: (quantity, change) =>
    set(({ colourings }) => {
      const { [quantity]: before, ...others } = colourings;
      return { colourings: change ? { ...others, [quantity]: { ...before, ...change } } : others };
    }),
});
