import { ArrowDown, ArrowUp, Copy, Plus, Trash2 } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import { newPanel } from '#figures/editPanels.ts';
import { MOST_PANELS, PANEL_KINDS, type Panel } from '#figures/recipe.ts';
import { panelLetter } from '#figures/sheet.ts';
import { useStore } from '#state/store.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import inputs from '../controls/fields.module.css';
import { Select } from '../controls/Select.tsx';
import { act, type KeyedPanel, type OwnSheet, type PanelAction, withNewPanel, withPanel } from './ownSheet.ts';
import styles from './PanelList.module.css';
import { PanelOptions } from './PanelOptions.tsx';

const KIND_WORDS: Readonly<Record<Panel['kind'], string>> = {
  atoms: 'Atoms',
  pca: 'PCA plane',
  parity: 'Parity',
  errors: 'Error curves',
  histogram: 'Histogram',
  localErrors: 'Local errors',
  variance: 'Variance left',
  profile: 'Profile',
};
const KINDS = PANEL_KINDS.map((kind) => ({ value: kind, label: KIND_WORDS[kind] }));

interface PanelListProps {
  readonly sheet: OwnSheet;
  readonly onChange: (sheet: OwnSheet) => void;
}

/** The panels of a figure of one's own: which, with what options, in what order, how many beside one another. */
export function PanelList({ sheet, onChange }: PanelListProps) {
  const criterion = useStore((store) => store.parameters.criterion);
  const columnsId = useId();
  const list = useRef<HTMLDivElement>(null);
  /** Where the focus goes when the list has changed: what had it may be gone, or elsewhere. */
  const next = useRef<string | null>(null);
  useEffect(() => {
    const wanted = next.current && list.current?.querySelector<HTMLElement>(next.current);
    next.current = null;
    if (wanted) wanted.focus();
  });
  const { panels, columns } = sheet;
  const full = panels.length >= MOST_PANELS;

  const change = (index: number, action: PanelAction) => {
    const { key } = panels[index]!;
    const changed = act(sheet, index, action);
    const place = changed.panels.findIndex((one) => one.key === key);
    const neighbour = changed.panels[Math.min(index, changed.panels.length - 1)]!.key;
    // At an end of the list the button is spent: its counterpart takes over.
    const spent = { up: place === 0, down: place === changed.panels.length - 1 };
    const button = action === 'up' && spent.up ? 'down' : action === 'down' && spent.down ? 'up' : action;
    next.current = buttonOf(place < 0 ? neighbour : key, changed.panels.length > 1 ? button : 'duplicate');
    onChange(changed);
  };

  return (
    <div ref={list} className={styles.list}>
      <label className={styles.row}>
        <span>Title</span>
        <input
          className={inputs.input}
          type="text"
          value={sheet.title}
          onChange={({ target }) => onChange({ ...sheet, title: target.value })}
        />
      </label>
      <div className={styles.row}>
        <label htmlFor={columnsId}>Columns</label>
        <Select
          id={columnsId}
          value={String(columns)}
          options={Array.from({ length: Math.max(columns, Math.min(4, panels.length)) }, (_, k) => ({
            value: String(k + 1),
            label: String(k + 1),
          }))}
          onChange={(text) => onChange({ ...sheet, columns: Number(text) })}
        />
      </div>
      <ol className={styles.panels}>
        {panels.map((one, index) => (
          <PanelRow
            key={one.key}
            one={one}
            index={index}
            last={index === panels.length - 1}
            full={full}
            criterion={criterion}
            onAction={(action) => change(index, action)}
            onChange={(panel) => onChange(withPanel(sheet, index, panel))}
          />
        ))}
      </ol>
      <Button
        disabled={full}
        title={full ? `A figure has ${MOST_PANELS} panels at most` : ''}
        onClick={() => {
          const added = withNewPanel(sheet, 'atoms', criterion);
          next.current = `[data-panel="${added.panels.at(-1)!.key}"] select`;
          onChange(added);
        }}
      >
        <Plus aria-hidden />
        Add a panel
      </Button>
    </div>
  );
}

function buttonOf(key: number, action: PanelAction): string {
  return `[data-panel="${key}"] [data-action="${action}"]`;
}

const ACTIONS: readonly { action: PanelAction; label: string; Icon: typeof ArrowUp }[] = [
  { action: 'up', label: 'move up', Icon: ArrowUp },
  { action: 'down', label: 'move down', Icon: ArrowDown },
  { action: 'duplicate', label: 'duplicate', Icon: Copy },
  { action: 'remove', label: 'remove', Icon: Trash2 },
];

interface PanelRowProps {
  readonly one: KeyedPanel;
  readonly index: number;
  readonly last: boolean;
  readonly full: boolean;
  readonly criterion: string;
  readonly onAction: (action: PanelAction) => void;
  readonly onChange: (panel: Panel) => void;
}

function PanelRow({ one: { key, panel }, index, last, full, criterion, onAction, onChange }: PanelRowProps) {
  const name = `Panel ${panelLetter(index)}`;
  const spent = { up: index === 0, down: last, duplicate: full, remove: index === 0 && last };
  return (
    <li className={styles.panel} data-panel={key}>
      <div className={styles.head}>
        <strong>{panelLetter(index)}</strong>
        <Select
          aria-label={`${name}: kind`}
          value={panel.kind}
          options={KINDS}
          onChange={(kind) => onChange(newPanel(kind as Panel['kind'], criterion))}
        />
        {ACTIONS.map(({ action, label, Icon }) => (
          <IconButton
            key={action}
            label={`${name}: ${label}`}
            data-action={action}
            disabled={spent[action]}
            onClick={() => onAction(action)}
          >
            <Icon aria-hidden />
          </IconButton>
        ))}
      </div>
      <PanelOptions panel={panel} name={name} onChange={onChange} />
    </li>
  );
}
