import type { StateCreator } from 'zustand';
import type { Store } from '../store.ts';

type Triple = readonly [number, number, number];

/** A slice through the model: the atoms between two planes, or beyond one. */
export interface Slice {
  /** Whether the picture is cut. */
  readonly on: boolean;
  /** Along which the planes lie one behind the other: an axis, or the normal of the planes hkl of the cell. */
  readonly axis: 'x' | 'y' | 'z' | 'hkl';
  readonly hkl: Triple;
  /** Of the middle between them, or of the one plane, from the centre of the cell, Å. */
  readonly position: number;
  /** Å; null: everything beyond the plane. */
  readonly thickness: number | null;
}

/** A box within the cell, by parts of its edges, 0 to 1. */
export interface ClipBox {
  readonly from: Triple;
  readonly to: Triple;
}

/** A sphere about an atom. */
export interface Crop {
  /** Id of the atom. */
  readonly id: number;
  /** Å about the centre of the cell. */
  readonly centre: Triple;
  /** Å. */
  readonly radius: number;
}

/** What is cut away of the model before it is drawn. */
export interface Cuts {
  readonly slice: Slice;
  readonly clipBox: ClipBox | null;
  readonly crop: Crop | null;
}

export const WHOLE_MODEL: Cuts = {
  slice: { on: false, axis: 'z', hkl: [1, 1, 0], position: 0, thickness: 10 },
  clipBox: null,
  crop: null,
};

export const WHOLE_BOX: ClipBox = { from: [0, 0, 0], to: [1, 1, 1] };

export interface ClipsSlice extends Cuts {
  setSlice(change: Partial<Slice>): void;
  setCuts(change: Partial<Cuts>): void;
}

export const createClipsSlice: StateCreator<Store, [], [], ClipsSlice> = (set) => ({
  ...WHOLE_MODEL,
  setSlice: (change) => set(({ slice }) => ({ slice: { ...slice, ...change } })),
  setCuts: (change) => set(change),
});
