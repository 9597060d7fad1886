import { ChevronFirst, ChevronLast, ChevronLeft, ChevronRight } from 'lucide-react';
import { type FocusEvent, type KeyboardEvent, useId, useState } from 'react';
import { PARAMETERS } from '#pipeline/parameters.ts';
import { useStore } from '#state/store.ts';
import { IconButton } from '../controls/Button.tsx';
import inputs from '../controls/fields.module.css';
import { Hint } from '../controls/Hint.tsx';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { count, plural } from '../words/numbers.ts';
import own from './FrameField.module.css';
import styles from './ParameterField.module.css';

const { label } = PARAMETERS.frame;

/** Which frame of the file that is open: another one is read at once. People count from 1. */
export function FrameField() {
  const frames = useStore((store) => store.stages.snapshot.summary?.frameCount ?? 1);
  const shown = useStore((store) => (store.stages.snapshot.summary?.frame ?? 0) + 1);
  if (frames === 1) return null;
  return <Frames {...{ frames, shown }} />;
}

function Frames({ frames, shown }: { readonly frames: number; readonly shown: number }) {
  const workbench = useWorkbench();
  const busy = useStore((store) => store.job !== null);
  const [draft, setDraft] = useState({ text: String(shown), of: shown });
  if (draft.of !== shown) setDraft({ text: String(shown), of: shown });
  const [helpId, problemId] = [useId(), useId()];
  const typed = /^\s*\d+\s*$/.test(draft.text) ? Number(draft.text) : 0;
  const problem = typed < 1 || typed > frames;

  const read = (frame: number) => {
    if (!busy && frame >= 1 && frame <= frames && frame !== shown) void workbench.readFrame(frame - 1);
  };
  const keyed = (event: KeyboardEvent) => {
    const target = { Enter: typed, ArrowUp: shown + 1, ArrowDown: shown - 1 }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    read(target);
  };
  const left = ({ relatedTarget, currentTarget }: FocusEvent) => {
    // Whoever goes on to a button beside it means that button.
    if (!currentTarget.parentElement?.contains(relatedTarget)) read(typed);
  };
  // They keep the focus while a frame is read, so that the next press follows.
  const button = (name: string, frame: number, Icon: typeof ChevronFirst) => (
    <IconButton
      label={name}
      aria-disabled={busy || frame < 1 || frame > frames || frame === shown}
      onClick={() => read(frame)}
    >
      <Icon aria-hidden />
    </IconButton>
  );

  return (
    <div data-field className={styles.field} data-wide>
      <span className={styles.label}>
        <span>{label}</span>
        <Hint about={label} textId={helpId}>
          {`The file holds ${plural(frames, 'frame')}, counted from 1 here and from 0 on the command line. ` +
            'Another one is read at once; the results of the one before go.'}
        </Hint>
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset brings its own layout. */}
      <div role="group" aria-label={label} className={own.frames}>
        {button('First frame', 1, ChevronFirst)}
        {button('Previous frame', shown - 1, ChevronLeft)}
        <input
          className={inputs.input}
          type="text"
          inputMode="numeric"
          autoComplete="off"
          aria-label={`Frame of ${frames}`}
          aria-describedby={problem ? `${problemId} ${helpId}` : helpId}
          aria-invalid={problem}
          value={draft.text}
          onChange={({ target }) => setDraft({ text: target.value, of: shown })}
          onKeyDown={keyed}
          onBlur={left}
        />
        <span className={own.of}>of {count(frames)}</span>
        {button('Next frame', shown + 1, ChevronRight)}
        {button('Last frame', frames, ChevronLast)}
      </div>
      {problem && (
        <p id={problemId} role="alert" className={styles.problem}>
          The file has frames 1 to {count(frames)}. Frame {count(shown)} stays.
        </p>
      )}
    </div>
  );
}
