import type { StateCreator } from 'zustand';
import type { Store } from '../store.ts';

/** A set of atoms by name, as far as it is small; its bits are held by `AtomSets`, under its id. */
export interface NamedSet {
  readonly id: string;
  readonly name: string;
  readonly count: number;
  /** Raised when its atoms change. */
  readonly version: number;
  /** `#rrggbb`, of the list below. */
  readonly colour: string;
  /** Whether its atoms are shown in its colour. */
  readonly tinted: boolean;
  /** Whether its atoms are left out of the picture. */
  readonly hidden: boolean;
  /** Where it comes from, in words: "lasso in PCA 1-2", "A ∪ B". */
  readonly origin: string;
}

/** The working selection: every lasso, box and pick replaces it. */
export interface CurrentSelection {
  readonly count: number;
  readonly version: number;
  readonly origin: string;
}

/** The id under which the bits of the working selection are held, and `only` names it. */
export const SELECTION = 'selection';

export const NOTHING_SELECTED: CurrentSelection = { count: 0, version: 0, origin: '' };

/** Of the selection: no set has it, nor OVITO's colours (Paul Tol's vibrant magenta). */
export const SELECTION_COLOUR = '#ee3377';

/** Okabe and Ito's colours, which stay apart for the colour-blind, without black and the one next to the selection's. */
export const SET_COLOURS = ['#e69f00', '#56b4e9', '#009e73', '#f0e442', '#0072b2', '#d55e00'] as const;

/** How a new selection meets the one that stands. */
export type SelectMode = 'replace' | 'add' | 'subtract' | 'intersect';

/** What dragging in the picture does: turn the model, or draw around atoms. */
export type PictureTool = 'turn' | 'lasso' | 'box';

export interface SetsSlice {
  readonly sets: readonly NamedSet[];
  readonly current: CurrentSelection;
  /** Id of the set, or `SELECTION`, beside which nothing is shown; null: no such limit. */
  readonly only: string | null;
  readonly pictureTool: PictureTool;
}

export const createSetsSlice: StateCreator<Store, [], [], SetsSlice> = () => ({
  sets: [],
  current: NOTHING_SELECTED,
  only: null,
  pictureTool: 'turn',
});
