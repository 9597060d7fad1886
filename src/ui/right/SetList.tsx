import { STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { useStore } from '#state/store.ts';
import { rowsOfIds } from '../hooks/rows.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { count } from '../words/numbers.ts';
import styles from './Detail.module.css';

/** The chosen atoms in the order they were picked; a click shows one. */
export function SetList() {
  const { columns } = useWorkbench();
  const ids = useStore((store) => store.stages.select.summary?.ids);
  useStore((store) => store.columns);
  if (!ids) return <p className={styles.hint}>No atoms are chosen yet: the step Select picks them.</p>;
  const types = columns.find('structure.type')?.array;
  const coordination = columns.find('structure.coordination')?.array;
  const rows = rowsOfIds(columns, ids);
  return (
    <section className={styles.list} aria-label="Chosen atoms">
      <table>
        <thead>
          <tr>
            <th scope="col">Pick</th>
            <th scope="col">Atom</th>
            <th scope="col">Type</th>
            <th scope="col">CN</th>
          </tr>
        </thead>
        <tbody>
          {ids.map((id, k) => (
            <tr key={id}>
              <td>{count(k + 1)}</td>
              <td>
                <button type="button" onClick={() => useStore.getState().setView({ pickedRow: rows[k]! })}>
                  {id}
                </button>
              </td>
              <td>{types ? STRUCTURE_TYPES[types[rows[k]!]!]?.label : ''}</td>
              <td>{coordination ? coordination[rows[k]!] : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
