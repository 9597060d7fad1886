import { DARK_SCENE, LIGHT_SCENE } from '#render/scene.ts';
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
        <Shown />
      </div>
      <Types coloured={legend.kind === 'types'} />
      <SliceRow />
    </div>
  );
}

function Scale({ legend: { scale, ticks } }: { readonly legend: Extract<Legend, { kind: 'range' }> }) {
  const theme = useStore((store) => store.theme);
  const { missing } = theme === 'dark' ? DARK_SCENE : LIGHT_SCENE;
  const { below, above, counts } = scale;
  return (
    <>
      <Beyond colour={below} atoms={counts.below} sign="below" what="below the scale" />
      <div className={styles.scale}>
        <i style={{ background: gradientOf(scale.table) }} />
        {ticks.map(({ at, text }) => (
          <span key={text} className={styles.tick} style={{ left: `${100 * at}%` }}>
            {text}
          </span>
        ))}
      </div>
      <Beyond colour={above} atoms={counts.above} sign="above" what="above the scale" />
      <Beyond colour={missing} atoms={counts.missing} sign="no value" what="without a value to show" />
    </>
  );
}

/** Atoms that the scale leaves out, where there are any. */
function Beyond({ colour, atoms, sign, what }: { colour: string; atoms: number; sign: string; what: string }) {
  if (atoms === 0) return null;
  return (
    <span className={styles.beyond} title={`${count(atoms)} atoms ${what}`}>
      <i className={styles.swatch} style={{ background: colour }} />
      {sign} <span className={styles.soft}>{count(atoms)}</span>
    </span>
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
