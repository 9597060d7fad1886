/** meV; what is less is no error of anything. */
export const LEAST_MEV = 0.001;

/** A deviation in eV, in meV with two significant digits. */
export function fineMev(value: number): string {
  const meV = 1000 * Math.abs(value);
  return meV < LEAST_MEV ? `< ${LEAST_MEV} meV` : `${Number(meV.toPrecision(2))} meV`;
}

/** Why such a check says little: a potential that ends before the faces of the cell gives no deviation. */
export function reachNote(reach: number, edge: number): string[] {
  if (reach >= edge / 2) return [];
  return [
    `This potential ends at ${Number(reach.toFixed(2))} Å, before the faces of such cells: no energy can deviate. Electrons reach farther.`,
  ];
}
