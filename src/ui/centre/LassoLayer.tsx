import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { boxCorners } from '#data/polygon.ts';
import type { AtomsHandle } from '#render/AtomsCanvas.tsx';
import { insideOutline, visibleIn } from '#render/lasso.ts';
import type { AtomsScene } from '#render/scene.ts';
import { modeOfKeys, selectWhere } from '#state/actions/selecting.ts';
import { useStore } from '#state/store.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import styles from './LassoLayer.module.css';
import { zoomBelow } from './zoomBelow.ts';

interface LassoLayerProps {
  readonly picture: RefObject<AtomsHandle | null>;
  readonly scene: AtomsScene;
}

type Point = readonly [x: number, y: number];

/** A new corner of a lasso after so many CSS pixels. */
const STEP = 3;
/** What is smaller than this was no lasso, but a click that slipped, CSS pixels. */
const SLOP = 4;
/** One press of an arrow key, CSS pixels; with Shift. */
const KEY_STEP = 10;
const KEY_STRIDE = 50;

const ARROWS: Record<string, Point> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Takes the hand from the picture while atoms are drawn around, by a lasso or a box; Esc gives it back. */
export function LassoLayer({ picture, scene }: LassoLayerProps) {
  const tool = useStore((store) => store.pictureTool);
  return tool === 'turn' ? null : <Surface key={tool} tool={tool} {...{ picture, scene }} />;
}

function Surface({ tool, picture, scene }: LassoLayerProps & { readonly tool: 'lasso' | 'box' }) {
  const workbench = useWorkbench();
  const surface = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<readonly Point[]>([]);
  /** Where keys draw a box: from a first corner, once there is one, to here. */
  const [cursor, setCursor] = useState<Point | null>(null);

  useEffect(() => surface.current?.focus(), []);

  const take = (points: readonly Point[], keys: { shiftKey: boolean; altKey: boolean }) => {
    setDrawn([]);
    const [first, last] = [points[0], points.at(-1)];
    if (!picture.current || !first || !last || extentOf(points) < SLOP) return;
    const outline = tool === 'box' ? boxCorners(...first, ...last) : points.flat();
    const inside = insideOutline(scene.positions.array, picture.current.project(), outline);
    const visible = visibleIn(scene);
    void selectWhere(workbench, (row) => inside(row) && visible(row), modeOfKeys(keys), `${tool} in the picture`);
  };

  const placeOf = (event: PointerEvent): Point => {
    const box = surface.current!.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const pressed = (event: PointerEvent) => {
    if (event.button !== 0) return;
    surface.current!.setPointerCapture(event.pointerId);
    setCursor(null);
    setDrawn([placeOf(event)]);
  };
  const moved = (event: PointerEvent) => {
    const last = drawn.at(-1);
    if (!last) return;
    const here = placeOf(event);
    if (tool === 'box') setDrawn([drawn[0]!, here]);
    else if (Math.hypot(here[0] - last[0], here[1] - last[1]) >= STEP) setDrawn([...drawn, here]);
  };
  const keyed = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey) return;
    const arrow = ARROWS[event.key];
    if (event.key === 'Escape') {
      event.stopPropagation();
      if (drawn.length > 0) setDrawn([]);
      else useStore.setState({ pictureTool: 'turn' });
    } else if (tool === 'box' && (arrow || event.key === 'Enter')) {
      event.preventDefault();
      const { width, height } = surface.current!.getBoundingClientRect();
      const at = cursor ?? ([width / 2, height / 2] as const);
      if (arrow) {
        const step = event.shiftKey ? KEY_STRIDE : KEY_STEP;
        const next = [within(at[0] + step * arrow[0], width), within(at[1] + step * arrow[1], height)] as const;
        setCursor(next);
        if (drawn[0]) setDrawn([drawn[0], next]);
      } else if (drawn[0]) {
        take([drawn[0], at], event);
      } else {
        setCursor(at);
        setDrawn([at]);
      }
    }
  };

  return (
    <div
      ref={surface}
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: role application is interactive; arrow keys and Enter draw a box.
      tabIndex={0}
      aria-label={
        tool === 'box'
          ? 'Draw a box around atoms. Arrow keys move the cursor, Enter sets its corners, Escape ends.'
          : 'Draw a lasso around atoms. Escape ends.'
      }
      className={styles.surface}
      onPointerDown={pressed}
      onPointerMove={moved}
      onPointerUp={(event) => drawn.length > 0 && take([...drawn, placeOf(event)], event)}
      onPointerCancel={() => setDrawn([])}
      onKeyDown={keyed}
      onWheel={(event) => zoomBelow(surface.current!, event.nativeEvent)}
    >
      <svg className={styles.drawing} aria-hidden>
        {drawn.length > 1 && <polygon points={outlineOf(tool, drawn)} />}
        {cursor && <path d={`M${cursor[0] - 8} ${cursor[1]}h16M${cursor[0]} ${cursor[1] - 8}v16`} />}
      </svg>
      <p className={styles.words}>
        Drag to select{drawn.length === 0 && <span>: Shift adds, Alt takes away, Esc ends</span>}
      </p>
    </div>
  );
}

function outlineOf(tool: 'lasso' | 'box', drawn: readonly Point[]): string {
  const corners = tool === 'box' ? boxCorners(...drawn[0]!, ...drawn.at(-1)!) : drawn.flat();
  return corners.join(' ');
}

function extentOf(points: readonly Point[]): number {
  const [x, y] = [points.map((point) => point[0]), points.map((point) => point[1])];
  return Math.max(Math.max(...x) - Math.min(...x), Math.max(...y) - Math.min(...y));
}

function within(value: number, size: number): number {
  return Math.min(size, Math.max(0, value));
}
