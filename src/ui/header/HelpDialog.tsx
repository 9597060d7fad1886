import { X } from 'lucide-react';
import { type Ref, useImperativeHandle, useRef, useState } from 'react';
import { PROGRAM } from '#data/version.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import type { Command } from '../palette/command.ts';
import { keyWords } from '../palette/commands.ts';
import styles from './Header.module.css';

export interface HelpHandle {
  show(): void;
}

type KeyEntry = readonly [keys: readonly string[], what: string];

const HAND: readonly KeyEntry[] = [
  [['Drag'], 'Turn; with Shift or the right button, move'],
  [['Wheel'], 'Zoom at the pointer'],
  [['Click'], 'All numbers of an atom'],
  [['Arrows'], 'Turn by keys; with Shift, move; + and − zoom'],
  [['Arrow of a slice'], 'Drag or arrow keys move it, its bars one face; Shift slowly, Esc back'],
];

/** What Grainscope is, and its keys. */
export function HelpDialog({ ref, commands }: { readonly ref: Ref<HelpHandle>; readonly commands: () => Command[] }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [keys, setKeys] = useState<readonly KeyEntry[]>([]);
  useImperativeHandle(
    ref,
    () => ({
      show: () => {
        setKeys(keysOf(commands()));
        dialog.current?.showModal();
      },
    }),
    [commands],
  );
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
          . Made with the work of many others, under{' '}
          <a href="licences.txt" target="_blank" rel="noreferrer">
            these licences
          </a>
          .
        </p>
        <TourLine commands={commands} close={close} />
        <h3>Keyboard</h3>
        <Keys entries={keys} />
        <h3>Atoms</h3>
        <Keys entries={HAND} />
      </div>
    </dialog>
  );
}

/** The way into the tour, or why there is none now. */
function TourLine({ commands, close }: { readonly commands: () => Command[]; readonly close: () => void }) {
  const tour = commands().find(({ id }) => id === 'tour');
  if (!tour) return null;
  const start = () => {
    close();
    tour.run();
  };
  return (
    <p>
      <Button disabled={tour.unavailable !== undefined} title={tour.unavailable} onClick={start}>
        {tour.label}
      </Button>
    </p>
  );
}

/** The keys of all commands that have some; those of the steps are one line. */
function keysOf(commands: readonly Command[]): KeyEntry[] {
  const steps = commands.filter(({ group, keys }) => group === 'Steps' && keys);
  const ends = [steps[0], steps.at(-1)].map((step) => step?.keys?.[0]?.key ?? '');
  const others = commands.filter(({ keys }) => keys).filter((command) => !steps.includes(command));
  return [
    [[ends[0]!, '–', ends[1]!], 'Open a step, and close it again'],
    ...others.map(({ keys, help, label }): KeyEntry => [keyWords(keys![0]!), help ?? label]),
  ];
}

function Keys({ entries }: { readonly entries: readonly KeyEntry[] }) {
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
