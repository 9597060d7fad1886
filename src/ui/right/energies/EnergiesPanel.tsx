import { kindWords } from '#campaign/energyEntry.ts';
import { rowOfId } from '#data/snapshot.ts';
import type { StageSummaries } from '#pipeline/summaries.ts';
import { useStore } from '#state/store.ts';
import { useWorkbench } from '../../hooks/useWorkbench.ts';
import { count, decimal, energy as energyWords, plural } from '../../words/numbers.ts';
import detail from '../Detail.module.css';
import styles from './Energies.module.css';
import { type EnergyLine, energyLines } from './energyLines.ts';

/** The energies that came back, each with a switch: what would the model be without it? */
export function EnergiesPanel() {
  const { columns } = useWorkbench();
  const energies = useStore((store) => store.stages.energies.summary);
  const model = useStore((store) => store.stages.model.summary);
  const chosen = useStore((store) => store.stages.select.summary?.ids);
  const leftOut = useStore((store) => store.parameters.leftOut);
  useStore((store) => store.columns);
  if (!energies || !chosen) return <p className={detail.hint}>No energies yet: the step Energies takes them.</p>;
  const ids = columns.find('atoms.id')?.array as Uint32Array | undefined;
  const numberOf = (column: string) => (id: number) => {
    const row = ids ? rowOfId(ids, id) : -1;
    return row < 0 ? Number.NaN : (columns.find(column)?.array[row] ?? Number.NaN);
  };
  const lines = energyLines({
    energies,
    model,
    chosen,
    leftOut: leftOut ?? [],
    label: numberOf('energies.label'),
    modelError: numberOf('model.error'),
  });
  return (
    <section className={`${detail.list} ${styles.panel}`} aria-label="Energies that came back">
      <p className={styles.head}>{headWords(energies, model)}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">Use</th>
            <th scope="col">Atom</th>
            <th scope="col" title="Relative to the bulk">
              Energy (eV)
            </th>
            <th
              scope="col"
              title="Predicted less given: by a model without this atom where it was fitted to, else by the model"
            >
              Error (meV)
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Line key={line.id} line={line} row={ids ? rowOfId(ids, line.id) : -1} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Line({ line, row }: { readonly line: EnergyLine; readonly row: number }) {
  const workbench = useWorkbench();
  const busy = useStore((store) => store.job !== null);
  const { id, isBulk, energy, error, use, canChange, remark } = line;
  const name = isBulk ? 'bulk cell' : `atom ${id}`;
  return (
    <>
      <tr data-unused={!use || undefined}>
        <td>
          <input
            type="checkbox"
            aria-label={`Use the energy of ${name}`}
            checked={use}
            disabled={!canChange || busy}
            onChange={({ target }) => void workbench.setEnergyUse(id, target.checked)}
          />
        </td>
        <td>
          {isBulk || row < 0 ? (
            name
          ) : (
            <button type="button" onClick={() => useStore.getState().setView({ pickedRow: row })}>
              {id}
            </button>
          )}
        </td>
        <td>{energy === null ? '' : decimal(energy, 3)}</td>
        <td>{error === null ? '' : decimal(1000 * error, 1)}</td>
      </tr>
      {remark && (
        <tr className={styles.remark}>
          <td />
          <td colSpan={3}>{remark}</td>
        </tr>
      )}
    </>
  );
}

/** "package.zip: CP2K, Mulliken. Leave-one-out RMSE 17.3 meV of 149 atoms; of all 150: 18.0 meV." */
function headWords(energies: StageSummaries['energies'], model: StageSummaries['model'] | undefined): string {
  const source = [energies.source, ...energies.kinds.map(kindWords)].join(', ');
  const aside = energies.entries.filter(({ state }) => state === 'quarantined').length;
  const parts = [
    `From ${source}.`,
    ...(aside > 0 ? [`${count(aside)} put aside.`] : []),
    ...(model ? [fitWords(model)] : []),
    ...(energies.earlier.length > 0 ? [`${plural(energies.earlier.length, 'earlier set')} in the manifest.`] : []),
  ];
  return parts.join(' ');
}

function fitWords({ trained, leaveOneOutRmse, withLeftOut }: StageSummaries['model']): string {
  const all = withLeftOut ? `; with what is left out, ${energyWords(withLeftOut.leaveOneOutRmse)}` : '';
  return `Leave-one-out RMSE of ${plural(trained, 'atom')} ${energyWords(leaveOneOutRmse)}${all}.`;
}
