import type { ColourTable } from '#colours/maps.ts';
import type { ColourScale } from '#colours/scale.ts';
import type { Cell } from '#data/cell.ts';
import type { NumericArray } from '#data/column.ts';

/** An array by reference and a number that is raised when its contents change. Every `Column` is one. */
export interface Versioned<A> {
  readonly array: A;
  readonly version: number;
}

export type AtomColour =
  /** Every atom alike, `#rrggbb`. */
  | { readonly kind: 'uniform'; readonly colour: string }
  /** The table is indexed by the code of each atom. */
  | { readonly kind: 'structure'; readonly values: Versioned<Uint8Array>; readonly table: ColourTable }
  /** What the scale cannot show, such as NaN, shows as the theme's `missing`. */
  | { readonly kind: 'continuous'; readonly values: Versioned<NumericArray>; readonly scale: ColourScale };

/** A part of the model to keep; where there are several, what lies in all of them. */
export type Clip =
  /** Between two planes, Å along a direction from the cell centre: spheres that they meet are cut. */
  | {
      readonly kind: 'slab';
      /** Unit vector. */
      readonly normal: readonly [number, number, number];
      readonly from: number;
      readonly to: number;
    }
  /** Atoms, whole, whose centres lie in a sphere, Å about the cell centre. */
  | { readonly kind: 'sphere'; readonly centre: readonly [number, number, number]; readonly radius: number };

/** So many slabs at most, and one sphere. */
export const MOST_SLABS = 4;

/**
 * All that is drawn, held by reference. Make a new (small) object when something in it changes; what did not change
 * must keep its reference and version, and is then not touched again.
 */
export interface AtomsScene {
  /** [n, 3] Å about the cell centre, from `centrePositions` of #data/cell.ts. A new array is a new model: the view frames it. */
  readonly positions: Versioned<Float32Array>;
  readonly cell: Cell | null;
  /** Drawing radius of every atom, Å. */
  readonly radius: number;
  /** [n] structure types, by which atoms are hidden; null shows all. */
  readonly types: Versioned<Uint8Array> | null;
  /** Bit k shows the atoms of type k. */
  readonly visibleTypes: number;
  readonly clips: readonly Clip[];
  /** [n] bit 7 leaves an atom out of the picture, the others are the index of its tint, 0 for none; null: neither. */
  readonly flags: Versioned<Uint8Array> | null;
  /** Colours by tint index minus 1, `#rrggbb`. */
  readonly tints: readonly string[];
  readonly colour: AtomColour;
  /** Rows of the chosen atoms: ringed in the accent colour, and shown whatever their type. */
  readonly marked: Uint32Array;
  /** Row of the one atom that is looked at: ringed in front of everything. */
  readonly highlighted: number | null;
}

export const ALL_TYPES = 0xff;

/** Colours of what is not data, each `#rrggbb`. */
export interface SceneTheme {
  readonly background: string;
  /** Cell box. */
  readonly line: string;
  /** Axes and scale bar. */
  readonly text: string;
  /** Rings of the chosen atoms. */
  readonly accent: string;
  /** Ring of the highlighted atom. */
  readonly highlight: string;
  /** Atoms without a value. */
  readonly missing: string;
}

export const DARK_SCENE: SceneTheme = {
  background: '#15171a',
  line: '#9aa1a9',
  text: '#c9ced4',
  accent: '#ff9e1b',
  highlight: '#ffffff',
  missing: '#4a4f55',
};

export const LIGHT_SCENE: SceneTheme = {
  background: '#ffffff',
  line: '#5f656c',
  text: '#3a3f45',
  accent: '#d9480f',
  highlight: '#111111',
  missing: '#d3d6da',
};
