import { type Quantity, quantityTitle } from './quantities.ts';

/** Quantities as the options of a menu, in their groups. */
export function quantityOptions(quantities: readonly Quantity[]) {
  const groups = [...new Set(quantities.map(({ group }) => group))];
  return groups.map((group) => ({
    group,
    options: quantities
      .filter((quantity) => quantity.group === group)
      .map((quantity) => ({ value: quantity.id, label: quantityTitle(quantity) })),
  }));
}
