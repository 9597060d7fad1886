import { STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import type { ColumnRegistry } from '#state/columnRegistry.ts';
import { useStore } from '#state/store.ts';
import { decimal, plural } from '../words/numbers.ts';
import styles from './Inspector.module.css';
import type { Compared, Inspection } from './inspection.ts';

interface NeighbourTableProps {
  readonly found: Inspection;
  readonly registry: ColumnRegistry;
}

/** The neighbours by distance and, of each training atom, the neighbour that lies on it; an id shows that atom. */
export function NeighbourTable({ found: { surroundings, compared }, registry }: NeighbourTableProps) {
  const ids = registry.find('atoms.id')?.array;
  const types = registry.find('structure.type')?.array;
  const label = (row: number) => (types ? (STRUCTURE_TYPES[types[row]!]?.label ?? '') : '');
  return (
    <section className={styles.table} aria-label="Neighbours">
      <table>
        <thead>
          <tr>
            <th scope="col">No.</th>
            <th scope="col">Atom</th>
            <th scope="col">Type</th>
            <th scope="col">Distance (Å)</th>
            {compared.map(({ row }) => (
              <th key={row} scope="col" title="Distance of the neighbour that lies on it, and how far from it">
                of {ids?.[row]} (Å) | off by (Å)
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from(surroundings.rows, (row, k) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an atom can be there with several of its images.
            <tr key={k}>
              <td>{k + 1}</td>
              <td>
                <button type="button" onClick={() => useStore.getState().setView({ pickedRow: row })}>
                  {ids?.[row]}
                </button>
              </td>
              <td>{label(row)}</td>
              <td>{decimal(surroundings.distance[k], 3)}</td>
              {compared.map((other) => (
                <td key={other.row}>{partnerWords(other, surroundings.offset, k)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Leftover compared={compared} registry={registry} />
    </section>
  );
}

function partnerWords({ alignment, surroundings }: Compared, to: Float64Array, neighbour: number): string {
  const own = alignment.partner.indexOf(neighbour);
  if (own < 0) return '–';
  const off = Math.hypot(...[0, 1, 2].map((k) => alignment.turned[3 * own + k]! - to[3 * neighbour + k]!));
  return `${decimal(surroundings.distance[own], 3)} | ${decimal(off, 3)}`;
}

/** Neighbours of training atoms that lie on none. */
function Leftover({ compared, registry }: { compared: readonly Compared[]; registry: ColumnRegistry }) {
  const ids = registry.find('atoms.id')?.array;
  const left = compared
    .map(({ row, alignment }) => ({ row, count: alignment.partner.reduce((n, other) => n + (other < 0 ? 1 : 0), 0) }))
    .filter(({ count }) => count > 0);
  if (left.length === 0) return null;
  return (
    <p className={styles.soft}>
      {left.map(({ row, count }) => `Atom ${ids?.[row]} has ${plural(count, 'neighbour')} more, marked –.`).join(' ')}
    </p>
  );
}
