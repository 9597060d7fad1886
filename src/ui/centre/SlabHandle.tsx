import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import type { Projection } from '#render/lasso.ts';
import type { Point } from '#render/planeOutline.ts';
import { type SeenLine, seenLine } from '#render/seenLine.ts';
import type { Slice } from '#state/slices/clips.ts';
import { useStore } from '#state/store.ts';
import styles from './SlabLayer.module.css';
import { endOf, type Grip, movedSlice, SLICE_STEP } from './slabDrag.ts';
import { sliceWhere, thicknessWords } from './sliceWords.ts';

interface SlabHandleProps {
  readonly grip: Grip;
  readonly slice: Slice;
  /** Unit normal of the slab. */
  readonly normal: Point;
  /** Of the cell along it: middle in the coordinates of the file, and half of its span, Å. */
  readonly span: { readonly middle: number; readonly half: number };
  /** Where the handle lies. */
  readonly at: Point;
  readonly projection: Projection;
  readonly onHold: (holds: boolean) => void;
}

interface Drag {
  readonly pointer: number;
  readonly projection: Projection;
  readonly line: SeenLine;
  /** The slice when the hand took hold; and at the start of this stretch, in which the camera stood still. */
  readonly before: Slice;
  readonly from: Slice;
  /** How far the hand moved in this stretch, CSS pixels, slow ones counted as they act. */
  moved: readonly [right: number, down: number];
  last: readonly [x: number, y: number];
}

const LABELS: Record<Grip, string> = {
  middle: 'Slab position',
  upper: 'Slab thickness, upper face',
  lower: 'Slab thickness, lower face',
};
const HINTS: Record<Grip, string> = {
  middle: 'Drag to move the slab; with Shift, slowly',
  upper: 'Drag to move this face alone; with Shift, slowly',
  lower: 'Drag to move this face alone; with Shift, slowly',
};
/** What a key does, in steps. */
const KEYS: Record<string, number> = {
  ArrowUp: 1,
  ArrowRight: 1,
  ArrowDown: -1,
  ArrowLeft: -1,
  PageUp: 10,
  PageDown: -10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};
/** With Shift. */
const SLOW = 0.1;
/** CSS pixels from the middle handle to that of a face, along the face. */
const ASIDE = 34;

/** What moves a slab, or one of its faces, along its normal: a slider that lies in the picture. */
export function SlabHandle({ grip, slice, normal, span, at, projection, onHold }: SlabHandleProps) {
  const handle = useRef<SVGGElement>(null);
  const drag = useRef<Drag | null>(null);
  const [holding, setHolding] = useState(false);
  useEffect(
    () => () => {
      // The slice was switched off under the hand.
      if (drag.current) useStore.getState().setView({ handHolds: false });
    },
    [],
  );
  const line = seenLine(projection, at, normal);
  if (!line) return null;

  const end = endOf(span.half);
  const { setSlice, setView } = useStore.getState();
  const hold = (holds: boolean) => {
    setHolding(holds);
    onHold(holds);
    setView({ handHolds: holds });
  };
  const pressed = (event: PointerEvent) => {
    if (event.button !== 0 || drag.current) return;
    handle.current!.setPointerCapture(event.pointerId);
    handle.current!.focus({ preventScroll: true });
    const place = { last: [event.clientX, event.clientY], moved: [0, 0] } as const;
    drag.current = { pointer: event.pointerId, projection, line, before: slice, from: slice, ...place };
    hold(true);
  };
  const moved = (event: PointerEvent) => {
    if (event.pointerId !== drag.current?.pointer) return;
    // Somebody zoomed meanwhile: pixels are other lengths from here on.
    if (drag.current.projection !== projection) {
      drag.current = { ...drag.current, projection, line, from: slice, moved: [0, 0] };
    }
    const { last, moved: before, line: seen, from } = drag.current;
    const speed = event.shiftKey ? SLOW : 1;
    const now = [before[0] + speed * (event.clientX - last[0]), before[1] + speed * (event.clientY - last[1])] as const;
    drag.current.moved = now;
    drag.current.last = [event.clientX, event.clientY];
    setSlice(movedSlice(from, grip, seen.along(...now), end, event.shiftKey ? 2 : 1));
  };
  const released = () => {
    if (!drag.current) return;
    drag.current = null;
    hold(false);
  };
  const keyed = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && drag.current) {
      event.preventDefault();
      event.stopPropagation();
      const { position, thickness } = drag.current.before;
      setSlice({ position, thickness });
      released();
      return;
    }
    const steps = KEYS[event.key];
    if (steps === undefined || drag.current) return;
    event.preventDefault();
    const by = (grip === 'lower' ? -1 : 1) * steps * SLICE_STEP * (event.shiftKey ? SLOW : 1);
    setSlice(movedSlice(slice, grip, by, end, event.shiftKey ? 2 : 1));
  };

  const thickness = slice.thickness ?? 0;
  const [least, most, value] =
    grip === 'middle' ? [-end, end, slice.position] : [0, Math.max(2 * end, thickness), thickness];
  const words = grip === 'middle' ? sliceWhere(slice, span.middle) : thicknessWords(thickness);
  const [right, down] = line.towards;
  const aside = grip === 'middle' ? 0 : grip === 'upper' ? ASIDE : -ASIDE;
  const [x, y] = [line.x - aside * down, line.y + aside * right];
  const shape = grip === 'middle' ? ARROW : BAR;
  return (
    <g
      ref={handle}
      role="slider"
      tabIndex={0}
      aria-label={LABELS[grip]}
      aria-valuetext={words}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={value}
      aria-orientation={Math.abs(right) > Math.abs(down) ? 'horizontal' : 'vertical'}
      className={styles.handle}
      data-holding={holding}
      onPointerDown={pressed}
      onPointerMove={moved}
      onPointerUp={released}
      onPointerCancel={released}
      onLostPointerCapture={released}
      onKeyDown={keyed}
    >
      <title>{HINTS[grip]}</title>
      {/* Drawn along the x axis, and turned to where the normal is seen to point. */}
      <g transform={`translate(${x} ${y}) rotate(${(Math.atan2(down, right) * 180) / Math.PI})`}>
        <path className={styles.grip} d={grip === 'middle' ? ARROW_GRIP : BAR_GRIP} />
        <path className={styles.halo} d={shape} />
        <path className={styles.shape} d={shape} />
        {grip === 'middle' && line.headOn && <circle className={styles.shape} r={5} />}
      </g>
      {holding && (
        <text className={styles.words} x={x + (grip === 'middle' ? ASIDE + 20 : 20)} y={y + 4}>
          {words}
        </text>
      )}
    </g>
  );
}

/** An arrow with two heads, and a bar across: each with what takes the pointer, 24 CSS pixels wide at least. */
const ARROW = 'M-26 0H26M18 -6L26 0L18 6M-18 -6L-26 0L-18 6';
const ARROW_GRIP = 'M-32 -12H32V12H-32Z';
const BAR = 'M0 -8V8';
const BAR_GRIP = 'M-12 -12H12V12H-12Z';
