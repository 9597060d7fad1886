import { useStore } from '#state/store.ts';
import { count, percent } from '../words/numbers.ts';
import styles from './AtomsPanel.module.css';
import { gradientOf, type Legend } from './legend.ts';
import { SliceRow } from './SliceRow.tsx';
import { useTypeEntries } from './useLegend.ts';
import { useShownCount } from './useShownCount.ts';

/** What the colours mean, which types are drawn, where the model is cut, and how many atoms that leaves. Three lines, always. */
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
      <SliceRow />
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
  const total = useStore((store) => store.stages.snapshot.summary?.count);
  const shown = useShownCount();
  if (total === undefined) return null;
  return (
    <span className={styles.shown}>
      {count(shown)} of {count(total)} shown
    </span>
  );
}
