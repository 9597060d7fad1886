import { type Ref, useId, useImperativeHandle, useRef, useState } from 'react';
import { isCamera } from '#state/viewLink.ts';
import { Button } from '../controls/Button.tsx';
import { useHandles } from '../hooks/useHandles.ts';
import styles from './Header.module.css';

export interface CameraHandle {
  show(): void;
}

/** Where the camera is, as numbers: to be copied, and to be put in from elsewhere. */
export function CameraDialog({ ref }: { readonly ref: Ref<CameraHandle> }) {
  const handles = useHandles();
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const [problem, setProblem] = useState('');
  const id = useId();
  useImperativeHandle(
    ref,
    () => ({
      show: () => {
        setText(JSON.stringify(handles.atoms?.camera() ?? null, null, 1));
        setProblem('');
        dialog.current?.showModal();
        // The field holds it after the next drawing only.
        requestAnimationFrame(() => field.current?.select());
      },
    }),
    [handles],
  );
  const apply = () => {
    const camera = read(text);
    if (!isCamera(camera)) {
      setProblem(
        'This is no camera: expected a target (3 numbers, Å), an orientation (unit quaternion) and a height (Å).',
      );
      return;
    }
    handles.atoms?.setCamera(camera);
    dialog.current?.close();
  };
  return (
    <dialog ref={dialog} className={styles.help} aria-labelledby={`${id}-title`}>
      <form
        method="dialog"
        className={styles.helpBody}
        onSubmit={(event) => {
          event.preventDefault();
          apply();
        }}
      >
        <h2 id={`${id}-title`}>Camera</h2>
        <p id={`${id}-what`}>
          What it looks at (Å about the centre of the cell), how it is turned (quaternion), and the Å from the top of
          the view to its bottom. Copy it, or put another in its place.
        </p>
        <textarea
          ref={field}
          className={styles.numbers}
          aria-label="Camera"
          aria-describedby={`${id}-what`}
          rows={15}
          spellCheck={false}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        {problem && <p role="alert">{problem}</p>}
        <div className={styles.buttons}>
          <Button type="submit">Look from there</Button>
          <Button onClick={() => dialog.current?.close()}>Close</Button>
        </div>
      </form>
    </dialog>
  );
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
