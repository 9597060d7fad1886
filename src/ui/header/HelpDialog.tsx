import { X } from 'lucide-react';
import { type Ref, useImperativeHandle, useRef } from 'react';
import { PROGRAM } from '#data/version.ts';
import { IconButton } from '../controls/Button.tsx';
import styles from './Header.module.css';

export interface HelpHandle {
  show(): void;
}

const KEYS: readonly [keys: readonly string[], what: string][] = [
  [['1', '–', '8'], 'Open a step, and close it again'],
  [['H'], 'Hide or show the BCC atoms'],
  [['S'], 'Cut a slice out of the model, and put it back'],
  [['[', ']'], 'Move the slice by 1 Å'],
  [['L'], 'Draw a lasso around atoms; Shift adds, Alt takes away'],
  [['B'], 'Draw a box around atoms; by arrows and Enter too'],
  [['Ctrl', 'Z'], 'Undo what was done to sets and filters; with Shift, redo'],
  [['M'], 'Measure distances and angles, and stop'],
  [['C'], 'Colour menu'],
  [['F'], 'Frame all atoms'],
  [['Esc'], 'Put the clicked atom away; clear what was measured'],
  [['?'], 'This help'],
];
const HAND: readonly [keys: readonly string[], what: string][] = [
  [['Drag'], 'Turn; with Shift or the right button, move'],
  [['Wheel'], 'Zoom at the pointer'],
  [['Click'], 'All numbers of an atom'],
  [['Arrows'], 'Turn by keys; with Shift, move; + and − zoom'],
];

/** What Grainscope is, and its keys. */
export function HelpDialog({ ref }: { readonly ref: Ref<HelpHandle> }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useImperativeHandle(ref, () => ({ show: () => dialog.current?.showModal() }), []);
  const close = () => dialog.current?.close();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes it by itself; a click beside it is one way more.
    <dialog
      ref={dialog}
      className={styles.help}
      aria-labelledby="help-title"
      onClick={(event) => event.target === dialog.current && close()}
    >
      <div className={styles.helpHead}>
        <h2 id="help-title">Grainscope {PROGRAM.version}</h2>
        <IconButton label="Close" onClick={close}>
          <X aria-hidden />
        </IconButton>
      </div>
      <div className={styles.helpBody}>
        <p>
          From a huge grain boundary model to the few atoms whose energies have to be computed, and from their energies
          to predicted energy and uncertainty of every atom. The steps on the left are the method; each runs what it
          needs. Nothing leaves this machine.
        </p>
        <p>
          Method: Tamura and Karasuyama,{' '}
          <a href="https://arxiv.org/abs/1912.04596" target="_blank" rel="noreferrer">
            arXiv:1912.04596
          </a>
          .
        </p>
        <h3>Keyboard</h3>
        <Keys entries={KEYS} />
        <h3>Atoms</h3>
        <Keys entries={HAND} />
      </div>
    </dialog>
  );
}

function Keys({ entries }: { readonly entries: typeof KEYS }) {
  return (
    <dl className={styles.keys}>
      {entries.map(([keys, what]) => (
        <div key={what} style={{ display: 'contents' }}>
          <dt>{keys.map((key) => (key === '–' ? key : <kbd key={key}>{key}</kbd>))}</dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}
