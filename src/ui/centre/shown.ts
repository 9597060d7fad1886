import { type AtomFilter, isShown } from '#render/depthOrder.ts';
import { ALL_TYPES } from '#render/scene.ts';

/** Bits of the structure types that are drawn. */
export function visibleTypes(hidden: readonly number[]): number {
  return hidden.reduce((bits, code) => bits & ~(1 << code), ALL_TYPES);
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
