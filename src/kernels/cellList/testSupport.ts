import fc from 'fast-check';
import { type Cell, makeCell } from '#data/cell.ts';

export const numberArbitrary = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true, noDefaultInfinity: true });

/** Triclinic cells, most of them thin, with any origin and any directions open. */
export const cellArbitrary = fc
  .tuple(
    fc.array(numberArbitrary(-1, 1), { minLength: 9, maxLength: 9 }),
    fc.array(numberArbitrary(-50, 50), { minLength: 3, maxLength: 3 }),
    fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
    numberArbitrary(2, 9),
  )
  .map(([noise, origin, periodic, edge]) =>
    makeCell(
      noise.map((value, k) => (k % 4 === 0 ? edge : 0.45 * edge * value)),
      origin,
      periodic,
    ),
  );

/** Cartesian positions of points given in fractions of the cell's vectors, flat as they are. */
export function toCartesian(fractional: readonly number[], cell: Cell): Float64Array {
  return Float64Array.from({ length: 3 * Math.floor(fractional.length / 3) }, (_, at) => {
    const [point, c] = [at - (at % 3), at % 3];
    return [0, 1, 2].reduce((sum, k) => sum + fractional[point + k]! * cell.vectors[3 * k + c]!, cell.origin[c]!);
  });
}
