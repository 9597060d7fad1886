import { FIGURE_PRESETS, type FigurePreset } from '#figures/presets.ts';
import type { SheetSize } from '#figures/recipe.ts';
import { Button } from '../controls/Button.tsx';
import small from '../controls/Tabs.module.css';
import { Tabs, tabId } from '../controls/Tabs.tsx';
import styles from './FigureDialog.module.css';
import type { OwnSheet } from './ownSheet.ts';
import { PanelList } from './PanelList.tsx';
import { SheetFields } from './SheetFields.tsx';

/** Whose panels a figure has: those of the paper, or one's own. */
export type Origin = 'paper' | 'own';

interface FigureChoiceProps {
  readonly origin: Origin;
  readonly preset: FigurePreset;
  readonly own: OwnSheet;
  readonly sheet: SheetSize;
  /** Whether all atoms are drawn as the page shows them; null where there are none, or each panel says so itself. */
  readonly asShown: boolean | null;
  readonly onOrigin: (origin: Origin) => void;
  readonly onPreset: (preset: FigurePreset) => void;
  /** Take the panels of the preset over, to change them. */
  readonly onEdit: () => void;
  readonly onOwn: (own: OwnSheet) => void;
  readonly onSheet: (sheet: SheetSize) => void;
  readonly onAsShown: (asShown: boolean) => void;
}

const TABS: readonly { tab: Origin; label: string }[] = [
  { tab: 'paper', label: 'From the paper' },
  { tab: 'own', label: 'Own sheet' },
];

/** Which figure, and how large. */
export function FigureChoice(props: FigureChoiceProps) {
  const { origin, preset, own, sheet, asShown } = props;
  return (
    <div className={styles.choices}>
      <Tabs
        label="Figures to choose from"
        panel="figure-choice"
        tabs={TABS}
        current={origin}
        onShow={props.onOrigin}
        className={styles.tabs}
        tabClassName={small.small}
      />
      <div
        id="figure-choice"
        role="tabpanel"
        aria-labelledby={tabId('figure-choice', origin)}
        className={styles.chosen}
      >
        {origin === 'own' ? (
          <PanelList sheet={own} onChange={props.onOwn} />
        ) : (
          <fieldset className={styles.presets}>
            <legend className="unseen">Figures of the paper</legend>
            {FIGURE_PRESETS.map((one) => (
              <label key={one.id}>
                <input type="radio" name="figure" checked={preset === one} onChange={() => props.onPreset(one)} />
                <strong>{one.name}</strong> <span>{one.about}</span>
              </label>
            ))}
            <Button onClick={props.onEdit}>Change its panels</Button>
          </fieldset>
        )}
        <SheetFields sheet={sheet} onChange={props.onSheet} />
        {asShown !== null && (
          <label className={styles.switch}>
            <input type="checkbox" checked={asShown} onChange={({ target }) => props.onAsShown(target.checked)} />
            Atoms as they are seen now
          </label>
        )}
      </div>
    </div>
  );
}
