import type { Slice } from '#state/slices/clips.ts';

/** What of a slab a hand holds: all of it, or one of its faces, the upper being the one the normal points out of. */
export type Grip = 'middle' | 'upper' | 'lower';

/** Of the slider and of the arrow keys, Å: finer than the distance of two atomic planes. */
export const SLICE_STEP = 0.5;
/** The thinnest slab that a hand makes, Å. */
const THINNEST = 0.5;

/** How far from the middle a slab can be moved, Å: beyond the wall by less than a step, as the middle is a stop of the slider. */
export function endOf(half: number): number {
  return SLICE_STEP * Math.ceil(half / SLICE_STEP);
}

/**
 * Where something of a slab lies along its normal, Å from the cell centre. What lies beyond the walls is held at the wall:
 * there is nothing outside.
 */
export function placeOfGrip({ position, thickness }: Slice, grip: Grip, end: number): number {
  const out = grip === 'middle' ? 0 : (grip === 'upper' ? 0.5 : -0.5) * (thickness ?? 0);
  return within(position + out, -end, end);
}

/**
 * A slice after something of it was moved; a face moves alone, and the other stays.
 * @param by Å along the normal.
 * @param digits After the point: the hand is not finer.
 */
export function movedSlice(
  slice: Slice,
  grip: Grip,
  by: number,
  end: number,
  digits: number,
): Pick<Slice, 'position' | 'thickness'> {
  const { position, thickness } = slice;
  const place = placeOfGrip(slice, grip, end) + by;
  if (grip === 'middle' || thickness === null) {
    return { position: rounded(within(place, -end, end), digits), thickness };
  }
  const side = grip === 'upper' ? 1 : -1;
  const other = position - (side * thickness) / 2;
  const most = Math.max(THINNEST, side * (side * end - other));
  const thick = rounded(within(side * (place - other), THINNEST, most), digits);
  return { position: rounded(other + (side * thick) / 2, digits + 2), thickness: thick };
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

function rounded(value: number, digits: number): number {
  // A zero is never negative.
  return Number(value.toFixed(digits)) + 0;
}
