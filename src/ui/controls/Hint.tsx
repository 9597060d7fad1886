import { Info } from 'lucide-react';
import { useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import styles from './Hint.module.css';

interface HintProps {
  /** What it explains: "Cutoff". */
  readonly about: string;
  readonly children: string;
  /** Id to give the text, so that the field it explains can point at it. */
  readonly textId: string;
}

const WIDTH = 280;
const GAP = 8;

/** A sentence or two on demand: on hover, on keyboard focus, and on a tap. Esc closes it. */
export function Hint({ about, children, textId }: HintProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);

  const show = () => {
    const box = button.current!.getBoundingClientRect();
    const left = Math.min(box.right + GAP, innerWidth - WIDTH - GAP);
    setPlace({ left, top: Math.min(box.top - 4, innerHeight - 120) });
  };
  const hide = () => setPlace(null);

  return (
    <>
      <button
        ref={button}
        type="button"
        className={styles.button}
        aria-label={`About ${about}`}
        aria-describedby={textId}
        onMouseEnter={show}
        onMouseLeave={hide}
        onFocus={show}
        onBlur={hide}
        onClick={show}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && place) {
            event.stopPropagation();
            hide();
          }
        }}
      >
        <Info aria-hidden />
      </button>
      <span id={textId} className="unseen">
        {children}
      </span>
      {place &&
        createPortal(
          <div role="tooltip" className={styles.tip} style={{ ...place, width: WIDTH }}>
            {children}
          </div>,
          document.body,
        )}
    </>
  );
}
