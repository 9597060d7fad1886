import type { StateCreator } from 'zustand';
import type { Store } from '../store.ts';

/** How one quantity is coloured, as far as somebody chose it: fields of `ScaleChoice` of #colours/scale.ts. */
export interface Colouring {
  readonly reversed?: boolean;
  readonly steps?: number | null;
  readonly logarithmic?: boolean;
  readonly symmetric?: boolean;
  readonly trim?: number;
  readonly low?: number | null;
  readonly high?: number | null;
  readonly markBeyond?: boolean;
}

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
