import { useEffect, useRef } from 'react';
import { type Pose, panned, rotated, zoomed } from './pose.ts';
import type { CameraRig } from './rig.ts';

/** A press that moves less than this, CSS pixels, is a click. */
const CLICK_SLOP = 4;
/** One press of an arrow key: 5 degrees, or a twentieth of the view. */
const KEY_TURN = 5 / 180;
const KEY_PAN = 0.05;
const KEY_ZOOM = 1.2;

interface ControlsProps {
  readonly rig: CameraRig;
  readonly label: string;
  /** A click, as opposed to a drag: CSS pixels from the upper left corner. */
  readonly onClick: (x: number, y: number) => void;
}

/**
 * The surface over the picture that takes the hand. Drag rolls the model; with the right or middle button or Shift it
 * pans; the wheel zooms at the pointer; two fingers pan and zoom. Arrow keys turn, Shift and arrows pan, + and - zoom.
 * It moves the rig and nothing else, so it costs nothing between events.
 */
export function Controls({ rig, label, onClick }: ControlsProps) {
  const surface = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = surface.current!;
    const pointers = new Map<number, { x: number; y: number }>();
    let travelled = 0;
    let panning = false;

    const place = (event: PointerEvent | WheelEvent) => {
      const box = element.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    const zoomAt = (factor: number, x: number, y: number) => {
      const { width, height } = rig.size;
      rig.jump(zoomed(rig.pose, factor, rig.limits, (x - width / 2) / height, (y - height / 2) / height));
    };
    const pan = (right: number, down: number) =>
      rig.jump(panned(rig.pose, right / rig.size.height, down / rig.size.height));

    const pressed = (event: PointerEvent) => {
      if (pointers.size === 0) {
        travelled = 0;
        panning = event.button !== 0 || event.shiftKey || event.ctrlKey || event.metaKey;
      } else {
        travelled = CLICK_SLOP;
      }
      pointers.set(event.pointerId, place(event));
      element.setPointerCapture(event.pointerId);
    };
    const moved = (event: PointerEvent) => {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      const now = place(event);
      const right = now.x - before.x;
      const down = now.y - before.y;
      travelled += Math.hypot(right, down);
      if (pointers.size === 1 && travelled < CLICK_SLOP) return;
      pointers.set(event.pointerId, now);
      if (pointers.size === 1) {
        const side = Math.min(rig.size.width, rig.size.height);
        if (panning) pan(right, down);
        else rig.jump(rotated(rig.pose, right / side, down / side));
        return;
      }
      const other = [...pointers].find(([id]) => id !== event.pointerId)![1];
      const apart = Math.hypot(before.x - other.x, before.y - other.y) || 1;
      const apartNow = Math.hypot(now.x - other.x, now.y - other.y) || 1;
      zoomAt(apart / apartNow, (now.x + other.x) / 2, (now.y + other.y) / 2);
      pan(right / 2, down / 2);
    };
    const released = (event: PointerEvent) => {
      if (!pointers.delete(event.pointerId) || event.type === 'pointercancel') return;
      const { x, y } = place(event);
      if (travelled < CLICK_SLOP && event.button === 0) onClick(x, y);
    };
    const wheeled = (event: WheelEvent) => {
      event.preventDefault();
      const { x, y } = place(event);
      // A line of a wheel is about 33 pixels; one notch is three lines.
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 33 * event.deltaY : event.deltaY;
      zoomAt(Math.exp(0.0016 * Math.max(-300, Math.min(300, pixels))), x, y);
    };
    const keyed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const pose = poseAfterKey(rig, event);
      if (!pose) return;
      event.preventDefault();
      rig.jump(pose);
    };
    const noMenu = (event: Event) => event.preventDefault();

    element.addEventListener('pointerdown', pressed);
    element.addEventListener('pointermove', moved);
    element.addEventListener('pointerup', released);
    element.addEventListener('pointercancel', released);
    element.addEventListener('wheel', wheeled, { passive: false });
    element.addEventListener('keydown', keyed);
    element.addEventListener('contextmenu', noMenu);
    return () => {
      element.removeEventListener('pointerdown', pressed);
      element.removeEventListener('pointermove', moved);
      element.removeEventListener('pointerup', released);
      element.removeEventListener('pointercancel', released);
      element.removeEventListener('wheel', wheeled);
      element.removeEventListener('keydown', keyed);
      element.removeEventListener('contextmenu', noMenu);
    };
  }, [rig, onClick]);

  return (
    <div
      ref={surface}
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: role application is interactive; arrow keys steer the view.
      tabIndex={0}
      aria-label={label}
      style={{ position: 'absolute', inset: 0, touchAction: 'none', outlineOffset: -2 }}
    />
  );
}

const ARROWS: Record<string, readonly [right: number, down: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function poseAfterKey(rig: CameraRig, event: KeyboardEvent): Pose | null {
  const arrow = ARROWS[event.key];
  if (arrow) {
    const [right, down] = arrow;
    return event.shiftKey
      ? panned(rig.pose, right * KEY_PAN, down * KEY_PAN)
      : rotated(rig.pose, right * KEY_TURN, down * KEY_TURN);
  }
  if (event.key === '+' || event.key === '=') return zoomed(rig.pose, 1 / KEY_ZOOM, rig.limits);
  if (event.key === '-') return zoomed(rig.pose, KEY_ZOOM, rig.limits);
  return null;
}
