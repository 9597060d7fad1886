import type { Slice } from '#state/slices/clips.ts';
import { decimal } from '../words/numbers.ts';

/** "z = 21.5 Å": where a slice lies, in the coordinates of the file. @param middle Of the cell, along the normal, Å. */
export function sliceWhere({ axis, hkl, position }: Slice, middle: number): string {
  const across = axis === 'hkl' ? `(${hkl.join(' ').replaceAll('-', '−')})` : axis;
  return `${across} = ${decimal(middle + position, 1)} Å`;
}

/** "12.5 Å thick". */
export function thicknessWords(thickness: number): string {
  return `${decimal(thickness, Number.isInteger(thickness) ? 0 : 1)} Å thick`;
}
