import { type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { IDENTITY, type Rotation } from '#kernels/align/rotation.ts';
import styles from './Inspector.module.css';
import { turned } from './turn.ts';

interface TurnedCanvasProps {
  readonly label: string;
  /** Draws into a context that is scaled to CSS pixels; the canvas is drawn anew when this function changes. */
  readonly draw: (context: CanvasRenderingContext2D, view: Rotation, width: number, height: number) => void;
}

/** One press of an arrow key, degrees. */
const KEY_TURN = 10;
/** Degrees for each CSS pixel of a drag. */
const DRAG_TURN = 0.6;
/** A little from above and aside: along an axis of the cell atoms hide behind one another. */
const FIRST_VIEW = turned(turned(IDENTITY, 24, 0), 0, 18);

const ARROWS: Readonly<Record<string, readonly [right: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A small picture of a few atoms that turns by drag and arrow keys. */
export function TurnedCanvas({ label, draw }: TurnedCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [view, setView] = useState<Rotation>(FIRST_VIEW);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const last = useRef<{ x: number; y: number } | null>(null);

  useEffect(() => {
    const watcher = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      setSize({ width, height });
    });
    watcher.observe(canvas.current!);
    return () => watcher.disconnect();
  }, []);

  useLayoutEffect(() => {
    const { width, height } = size;
    const element = canvas.current!;
    element.width = Math.round(width * devicePixelRatio);
    element.height = Math.round(height * devicePixelRatio);
    const context = element.getContext('2d')!;
    context.scale(devicePixelRatio, devicePixelRatio);
    if (width > 0) draw(context, view, width, height);
  }, [draw, view, size]);

  const moved = (event: PointerEvent) => {
    if (!last.current) return;
    const [right, down] = [event.clientX - last.current.x, event.clientY - last.current.y];
    last.current = { x: event.clientX, y: event.clientY };
    setView((before) => turned(before, DRAG_TURN * right, DRAG_TURN * down));
  };
  const keyed = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    event.preventDefault();
    setView((before) => turned(before, KEY_TURN * arrow[0], KEY_TURN * arrow[1]));
  };
  const released = () => {
    last.current = null;
  };

  return (
    <div
      className={styles.clusters}
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: role application is interactive; arrow keys turn the atoms.
      tabIndex={0}
      aria-label={`${label}. Arrow keys turn.`}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        last.current = { x: event.clientX, y: event.clientY };
      }}
      onPointerMove={moved}
      onPointerUp={released}
      onPointerCancel={released}
      onKeyDown={keyed}
    >
      <canvas ref={canvas} />
    </div>
  );
}
