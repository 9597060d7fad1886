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

interface Place {
  readonly left: number;
  readonly width: number;
  readonly top?: number;
  readonly bottom?: number;
}

const WIDTH = 280;
const GAP = 4;
/** Room that a few lines need below the field; where there is less they go above it. */
const ROOM = 110;

/** A sentence or two on demand, inside an element marked `data-field`: on hover, on keyboard focus, and on a tap. Esc closes it. */
export function Hint({ about, children, textId }: HintProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [place, setPlace] = useState<Place | null>(null);

  const show = () => {
    // Under the whole field, so that it hides neither its label nor its control.
    const { left, top, bottom } = button.current!.closest('[data-field]')!.getBoundingClientRect();
    const across = { left: Math.min(left, innerWidth - WIDTH - GAP), width: WIDTH };
    setPlace(
      bottom + ROOM < innerHeight ? { ...across, top: bottom + GAP } : { ...across, bottom: innerHeight - top + GAP },
    );
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
          <div role="tooltip" className={styles.tip} style={place}>
            {children}
          </div>,
          document.body,
        )}
    </>
  );
}
