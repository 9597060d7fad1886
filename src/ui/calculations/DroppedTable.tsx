import type { CellInspection } from '#campaign/inspectCell.ts';
import { decimal } from '../words/numbers.ts';
import styles from './Calculations.module.css';

/** Who was dropped, and for whom: the one farther from the centre goes. */
export function DroppedTable({ cell }: { readonly cell: CellInspection }) {
  if (cell.dropped.length === 0) return <p className={styles.soft}>No atom was dropped.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it.
    <section className={styles.table} aria-label="Dropped atoms" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Dropped atom</th>
            <th scope="col">From the centre (Å)</th>
            <th scope="col">Too near to atom</th>
            <th scope="col">Their distance (Å)</th>
          </tr>
        </thead>
        <tbody>
          {cell.dropped.map(({ id, partnerId, distance, fromCentre }) => (
            <tr key={id}>
              <td>{id}</td>
              <td>{decimal(fromCentre, 2)}</td>
              <td>{partnerId}</td>
              <td>{decimal(distance, 3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
