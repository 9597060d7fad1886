import { type Ref, useImperativeHandle, useRef, useState } from 'react';
import { Button } from '../controls/Button.tsx';
import styles from './Header.module.css';

export interface LinkHandle {
  show(link: string): void;
}

/** Says that the link was copied; where the browser does not allow that, it can be copied from here. */
export function LinkDialog({ ref }: { readonly ref: Ref<LinkHandle> }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [link, setLink] = useState('');
  const [copied, setCopied] = useState<boolean | null>(null);
  useImperativeHandle(
    ref,
    () => ({
      show: (text) => {
        setLink(text);
        setCopied(null);
        dialog.current?.showModal();
        // The field holds it after the next drawing only.
        requestAnimationFrame(() => field.current?.select());
        void copy(text).then(setCopied);
      },
    }),
    [],
  );
  return (
    <dialog ref={dialog} className={styles.help} aria-labelledby="link-title">
      <div className={styles.helpBody}>
        <h2 id="link-title">View link</h2>
        <p role="status">
          {copied === null
            ? 'Copying…'
            : copied
              ? 'Copied.'
              : 'Copy it from here: the browser does not let the page do it.'}{' '}
          It holds the view and the name of the snapshot, not the atoms: whoever opens it loads the same file.
        </p>
        <input ref={field} className={styles.link} aria-label="View link" readOnly value={link} />
        <div>
          <Button onClick={() => dialog.current?.close()}>Close</Button>
        </div>
      </div>
    </dialog>
  );
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
