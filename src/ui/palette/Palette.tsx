import { type KeyboardEvent, type Ref, useImperativeHandle, useRef, useState } from 'react';
import type { Command } from './command.ts';
import { keyWords } from './commands.ts';
import { ranked } from './fuzzy.ts';
import styles from './Palette.module.css';

export interface PaletteHandle {
  show(): void;
}

const LIST = 'palette-list';
const idOf = (index: number) => `palette-${index}`;

/** Every command of the page, found by a few letters. The browser gives the focus back when it closes. */
export function Palette({ ref, commands }: { readonly ref: Ref<PaletteHandle>; readonly commands: () => Command[] }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [all, setAll] = useState<readonly Command[]>([]);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);

  useImperativeHandle(
    ref,
    () => ({
      show: () => {
        setAll(commands().filter(({ keyOnly }) => !keyOnly));
        setQuery('');
        setAt(0);
        dialog.current?.showModal();
      },
    }),
    [commands],
  );

  const found = ranked(query, all, ({ label }) => label);
  const run = (command: Command | undefined) => {
    if (!command || command.unavailable !== undefined) return;
    dialog.current?.close();
    command.run();
  };
  const go = (to: number) => {
    setAt(to);
    document.getElementById(idOf(to))?.scrollIntoView({ block: 'nearest' });
  };
  const keyed = (event: KeyboardEvent) => {
    const last = found.length - 1;
    const to = {
      ArrowDown: at >= last ? 0 : at + 1,
      ArrowUp: at <= 0 ? last : at - 1,
      PageDown: Math.min(last, at + 8),
      PageUp: Math.max(0, at - 8),
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      if (found.length > 0) go(to);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(found[at]);
    } else if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      dialog.current?.close();
    }
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes it by itself; a click beside it is one way more.
    <dialog
      ref={dialog}
      className={styles.palette}
      aria-label="Commands"
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      <input
        type="text"
        role="combobox"
        aria-label="Find a command"
        aria-expanded="true"
        aria-controls={LIST}
        aria-autocomplete="list"
        aria-activedescendant={found.length > 0 ? idOf(at) : undefined}
        placeholder="Find a command"
        autoComplete="off"
        spellCheck={false}
        className={styles.query}
        value={query}
        onChange={({ target }) => {
          setQuery(target.value);
          setAt(0);
        }}
        onKeyDown={keyed}
      />
      <div id={LIST} role="listbox" aria-label="Commands" className={styles.list}>
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: keys act on the field.
          <div
            key={command.id}
            id={idOf(index)}
            role="option"
            aria-selected={index === at}
            aria-disabled={command.unavailable !== undefined}
            className={styles.option}
            onPointerMove={() => setAt(index)}
            onClick={() => run(command)}
          >
            <span className={styles.label}>{command.label}</span>
            <small>{command.unavailable ?? command.group}</small>
            <span className={styles.keys}>
              {command.keys?.[0] && keyWords(command.keys[0]).map((key) => <kbd key={key}>{key}</kbd>)}
            </span>
          </div>
        ))}
      </div>
      <p role="status" className={found.length > 0 ? 'unseen' : styles.none}>
        {found.length === 0 ? 'No command has these letters' : `${found.length} commands`}
      </p>
    </dialog>
  );
}
