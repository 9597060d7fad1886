import type { Cell } from '#data/cell.ts';
import { cellCentre } from '#data/cell.ts';
import { type AtomFilter, isShown } from '#render/depthOrder.ts';
import { ALL_TYPES, type Slab } from '#render/scene.ts';
import type { Slice } from '#state/slices/view.ts';

const AXES = ['x', 'y', 'z'] as const;

/** Bits of the structure types that are drawn. */
export function visibleTypes(hidden: readonly number[]): number {
  return hidden.reduce((bits, code) => bits & ~(1 << code), ALL_TYPES);
}

/** A slice as the picture wants it: null where it is off. */
export function slabOf({ on, axis, position, thickness }: Slice): Slab | null {
  if (!on) return null;
  const [x = 0, y = 0, z = 0] = AXES.map((name) => (name === axis ? 1 : 0));
  return { normal: [x, y, z], from: position - thickness / 2, to: position + thickness / 2 };
}

/** How far a cell reaches along an axis: its middle in the coordinates of the file, and half its length, Å. */
export function cellAlong(cell: Cell, axis: Slice['axis']): { readonly middle: number; readonly half: number } {
  const k = AXES.indexOf(axis);
  const { vectors } = cell;
  const half = 0.5 * [0, 3, 6].reduce((sum, row) => sum + Math.abs(vectors[row + k]!), 0);
  return { middle: cellCentre(cell)[k]!, half };
}

/** How many atoms a picture is of: one pass over all of them. Those with rings are shown whatever their type. */
export function countShown(positions: Float32Array, filter: AtomFilter, marked: Uint32Array): number {
  let shown = 0;
  for (let row = 0; row < positions.length / 3; row++) if (isShown(row, positions, filter)) shown++;
  const ofAnyType = { ...filter, types: null };
  for (const row of marked) {
    if (!isShown(row, positions, filter) && isShown(row, positions, ofAnyType)) shown++;
  }
  return shown;
}
