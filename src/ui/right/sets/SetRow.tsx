import { EllipsisVertical, Eye, EyeOff, Focus } from 'lucide-react';
import { useState } from 'react';
import { type NamedSet, SET_COLOURS } from '#state/slices/sets.ts';
import { useStore } from '#state/store.ts';
import { IconButton } from '../../controls/Button.tsx';
import { useWorkbench } from '../../hooks/useWorkbench.ts';
import { count } from '../../words/numbers.ts';
import { PopMenu } from './PopMenu.tsx';
import { nameFieldId } from './SelectionRow.tsx';
import styles from './Sets.module.css';
import { useSetItems } from './useSetItems.ts';

/** A set that was kept: its name, how many atoms, and how they are shown. */
export function SetRow({ set }: { readonly set: NamedSet }) {
  const { sets } = useWorkbench();
  const only = useStore((store) => store.only === set.id);
  const selected = useStore((store) => store.current.count);
  const { id, name, colour, tinted, hidden } = set;
  const items = useSetItems(id, name, set.count);
  return (
    <li className={styles.row} data-hidden={hidden || undefined}>
      <button
        type="button"
        className={styles.swatch}
        aria-label={`Colour of ${name}`}
        title={tinted ? 'Shown in this colour: click for the colour by quantity' : 'Show in this colour'}
        aria-pressed={tinted}
        style={{ borderColor: colour, background: tinted ? colour : 'none' }}
        onClick={() => sets.tint(id, !tinted)}
      />
      <NameField key={name} set={set} />
      <output className={styles.count} aria-label={`Atoms in ${name}`}>
        {count(set.count)}
      </output>
      <IconButton
        label={hidden ? `Show ${name}` : `Hide ${name}`}
        aria-pressed={hidden}
        onClick={() => sets.hide(id, !hidden)}
      >
        {hidden ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
      </IconButton>
      <IconButton label={`Show only ${name}`} aria-pressed={only} onClick={() => sets.showOnly(only ? null : id)}>
        <Focus aria-hidden />
      </IconButton>
      <PopMenu
        label={`More for ${name}`}
        icon={<EllipsisVertical aria-hidden />}
        items={[
          { label: 'Select', note: 'Make its atoms the selection', disabled: false, run: () => sets.selectSet(id) },
          {
            label: 'Add the selection',
            note: selected === 0 ? 'Nothing is selected' : `${count(selected)} atoms`,
            disabled: selected === 0,
            run: () => sets.adjust(id, 'union'),
          },
          {
            label: 'Take the selection away',
            note: selected === 0 ? 'Nothing is selected' : 'Its atoms leave the set',
            disabled: selected === 0,
            run: () => sets.adjust(id, 'difference'),
          },
          { label: 'Duplicate', note: 'Under another name', disabled: false, run: () => void sets.keep(id) },
          {
            label: 'Complement',
            note: 'A set of all other atoms',
            disabled: false,
            run: () => void sets.complement(id),
          },
          {
            label: 'Another colour',
            note: 'The next of six',
            disabled: false,
            run: () => sets.recolour(id, after(colour)),
          },
          ...items,
          { label: 'Delete', note: 'Ctrl+Z brings it back', disabled: false, run: () => sets.remove(id) },
        ]}
      />
    </li>
  );
}

/** The name, which a press of Enter or leaving the field changes; Esc, or an empty one, keeps the old. */
function NameField({ set: { id, name, origin } }: { readonly set: NamedSet }) {
  const { sets } = useWorkbench();
  const [text, setText] = useState(name);
  const accept = () => {
    if (text.trim() === '') setText(name);
    else sets.rename(id, text.trim());
  };
  return (
    <input
      id={nameFieldId(id)}
      className={styles.name}
      aria-label={`Name of ${name}`}
      title={`${name}: ${origin}`}
      autoComplete="off"
      spellCheck={false}
      maxLength={60}
      value={text}
      onChange={({ target }) => setText(target.value)}
      onBlur={accept}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') {
          event.stopPropagation();
          setText(name);
        }
      }}
    />
  );
}

function after(colour: string): string {
  return SET_COLOURS[(SET_COLOURS.indexOf(colour as (typeof SET_COLOURS)[number]) + 1) % SET_COLOURS.length]!;
}
