import type { Column, NumericArray } from '#data/column.ts';
import type { ColumnRegistry } from '#state/columnRegistry.ts';
import { partsOf } from '#state/columnValues.ts';

/** Something by which atoms can be coloured. */
export interface Quantity {
  /** Name of a column, or `pool.scores/k` for its k-th component. */
  readonly id: string;
  readonly label: string;
  readonly unit: string;
  /** `types` by palette; `diverging` where zero is the middle of what one looks for. */
  readonly kind: 'types' | 'sequential' | 'diverging';
  readonly group: 'Structure' | 'Model' | 'Principal components' | 'Columns of the file';
}

/** What the store knows of the columns. */
type Columns = Readonly<Record<string, { readonly unit: string; readonly width: number }>>;

export const STRUCTURE_TYPE: Quantity = {
  id: 'structure.type',
  label: 'Structure type',
  unit: '',
  kind: 'types',
  group: 'Structure',
};

const NAMED: readonly Omit<Quantity, 'unit'>[] = [
  { id: 'structure.coordination', label: 'Coordination number', kind: 'sequential', group: 'Structure' },
  { id: 'structure.differs', label: "Differs from the file's type", kind: 'sequential', group: 'Structure' },
  { id: 'structure.boundaryDistance', label: 'Boundary distance', kind: 'sequential', group: 'Structure' },
  { id: 'model.energy', label: 'Predicted energy', kind: 'sequential', group: 'Model' },
  { id: 'model.sigma', label: 'Uncertainty σ', kind: 'sequential', group: 'Model' },
  { id: 'model.sigmaRelative', label: 'Relative uncertainty', kind: 'sequential', group: 'Model' },
  { id: 'energies.label', label: 'Reference energy', kind: 'sequential', group: 'Model' },
  { id: 'eam.energy', label: 'Energy in place, EAM', kind: 'sequential', group: 'Model' },
  { id: 'model.error', label: 'Prediction error', kind: 'diverging', group: 'Model' },
];

/** "Predicted energy (eV)" */
export function quantityTitle({ label, unit }: Pick<Quantity, 'label' | 'unit'>): string {
  return unit ? `${label} (${unit})` : label;
}

/** All that atoms can be coloured by now, in menu order. */
export function quantitiesOf(columns: Columns): Quantity[] {
  const named = NAMED.filter(({ id }) => columns[id]).map((entry) => ({ ...entry, unit: columns[entry.id]!.unit }));
  const components = Array.from({ length: columns['pool.scores']?.width ?? 0 }, (_, k) => componentQuantity(k));
  const own = Object.entries(columns)
    .filter(([name]) => name.startsWith('file.'))
    .map(([id, { unit }]) => fileQuantity(id, unit));
  return [STRUCTURE_TYPE, ...named, ...components, ...own];
}

function componentQuantity(k: number): Quantity {
  return {
    id: `pool.scores/${k}`,
    label: `PC${k + 1}`,
    unit: '',
    kind: 'diverging',
    group: 'Principal components',
  };
}

function fileQuantity(id: string, unit: string): Quantity {
  return { id, label: id.slice('file.'.length), unit, kind: 'sequential', group: 'Columns of the file' };
}

/** Components taken out of the scores, by the column they were taken from; the few last used are kept. */
const components = new WeakMap<Column, Map<number, Column>>();
const KEPT = 3;

/** The numbers of a quantity, one an atom; undefined where they are not computed yet. */
export function columnOf(id: string, registry: ColumnRegistry): Column | undefined {
  const { name, component } = partsOf(id);
  const column = registry.find(name);
  return column && component !== null ? componentOf(column, component) : column;
}

function componentOf(scores: Column, k: number): Column {
  const known = components.get(scores) ?? new Map<number, Column>();
  components.set(scores, known);
  const made = known.get(k) ?? takeComponent(scores, k);
  // Insertion order is order of use: the first is the one longest not looked at.
  known.delete(k);
  known.set(k, made);
  if (known.size > KEPT) known.delete(known.keys().next().value!);
  return made;
}

function takeComponent({ array, shape, unit, version }: Column, k: number): Column {
  const [n, width] = shape as [number, number];
  const taken = new Float32Array(n);
  for (let row = 0, at = k; row < n; row++, at += width) taken[row] = array[at]!;
  return { name: `pool.scores/${k}`, unit, shape: [n], array: taken as NumericArray, version };
}
