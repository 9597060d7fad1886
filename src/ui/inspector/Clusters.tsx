import { type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { IDENTITY, type Rotation } from '#kernels/align/rotation.ts';
import { DARK_SCENE, LIGHT_SCENE } from '#render/scene.ts';
import { useStore } from '#state/store.ts';
import { type Cluster, drawClusters } from './drawClusters.ts';
import styles from './Inspector.module.css';
import { turned } from './turn.ts';

interface ClustersProps {
  readonly clusters: readonly Cluster[];
  /** Å from the middle to the edge of each picture. */
  readonly reach: number;
  readonly withDistances: boolean;
  readonly label: string;
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

/** Small pictures that turn together, by drag and arrow keys. */
export function Clusters({ clusters, reach, withDistances, label }: ClustersProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useStore((store) => (store.theme === 'dark' ? DARK_SCENE : LIGHT_SCENE));
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
    if (width > 0) drawClusters(context, clusters, view, width, height, { theme, withDistances, reach });
  }, [clusters, view, size, theme, withDistances, reach]);

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
