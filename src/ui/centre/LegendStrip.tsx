import type { Column } from '#data/column.ts';
import { useStore } from '#state/store.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { count, percent } from '../words/numbers.ts';
import styles from './AtomsPanel.module.css';
import { gradientOf, type Legend } from './legend.ts';
import { useTypeEntries } from './useLegend.ts';
import { useMarkedRows } from './useScene.ts';

/** What the colours mean, which types are drawn, and how many atoms that is. Two lines, always. */
export function LegendStrip({ legend }: { readonly legend: Legend }) {
  return (
    <div className={styles.strip}>
      <div className={styles.meaning}>
        <strong title={legend.title}>{legend.title}</strong>
        {legend.kind === 'range' && <Scale legend={legend} />}
        {legend.kind === 'range' && legend.missing > 0 && (
          <span className={styles.soft}>{count(legend.missing)} atoms have no value</span>
        )}
        <Shown />
      </div>
      <Types coloured={legend.kind === 'types'} />
    </div>
  );
}

function Scale({ legend: { table, ticks } }: { readonly legend: Extract<Legend, { kind: 'range' }> }) {
  return (
    <div className={styles.scale}>
      <i style={{ background: gradientOf(table) }} />
      {ticks.map(({ at, text }) => (
        <span key={text} className={styles.tick} style={{ left: `${100 * at}%` }}>
          {text}
        </span>
      ))}
    </div>
  );
}

/** Switches of the structure types, with the number of atoms of each. */
function Types({ coloured }: { readonly coloured: boolean }) {
  const entries = useTypeEntries();
  const hidden = useStore((store) => store.hiddenTypes);
  const { toggleType } = useStore.getState();
  const total = entries.reduce((sum, entry) => sum + entry.count, 0);
  return (
    <div className={styles.types}>
      <ul aria-label="Structure types drawn">
        {entries.map(({ code, label, name, colour, count: atoms }) => (
          <li key={code}>
            <label className={styles.check} title={`${name}, ${percent(atoms / total, 2)}`}>
              <input type="checkbox" checked={!hidden.includes(code)} onChange={() => toggleType(code)} />
              {coloured && <span className={styles.swatch} style={{ background: colour }} />}
              <span>
                {label} <span className={styles.soft}>{count(atoms)}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Shown() {
  const { columns } = useWorkbench();
  const total = useStore((store) => store.stages.snapshot.summary?.count);
  const entries = useTypeEntries();
  const hidden = useStore((store) => store.hiddenTypes);
  const marked = useMarkedRows();
  if (total === undefined) return null;
  const types = columns.find('structure.type') as Column<Uint8Array> | undefined;
  const away = entries.reduce((sum, { code, count: atoms }) => sum + (hidden.includes(code) ? atoms : 0), 0);
  // Marked atoms are drawn whatever their type.
  const back = types && away > 0 ? marked.filter((row) => hidden.includes(types.array[row]!)).length : 0;
  return (
    <span className={styles.shown}>
      {count(total - away + back)} of {count(total)} shown
    </span>
  );
}
