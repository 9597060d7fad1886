import {
  type Ref,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { type Cell, cellSpan } from '#data/cell.ts';
import type { AtomsHandle } from '#render/AtomsCanvas.tsx';
import { cellCorners } from '#render/geometry.ts';
import type { Projection } from '#render/lasso.ts';
import { areaCentre, type Point, planeOutline } from '#render/planeOutline.ts';
import { inView, placeOf } from '#render/seenLine.ts';
import type { Slice } from '#state/slices/clips.ts';
import { useStore } from '#state/store.ts';
import { normalOf } from './cuts.ts';
import { SlabHandle } from './SlabHandle.tsx';
import styles from './SlabLayer.module.css';
import { endOf, type Grip, placeOfGrip } from './slabDrag.ts';
import { useFrame } from './useScene.ts';
import { zoomBelow } from './zoomBelow.ts';

export interface SlabFollower {
  /** The camera moved: before the next frame the outlines go with it. */
  follow(): void;
}

interface SlabLayerProps {
  readonly picture: RefObject<AtomsHandle | null>;
  readonly ref: Ref<SlabFollower>;
}

/** Handles stay this far from the edges of the view where the slab lets them, CSS pixels. */
const MARGIN = 40;
/** Outlines are drawn this far beyond the view, so that its edge is no line of them, CSS pixels. */
const BEYOND = 20;

/** The planes of a slice over the atoms, with handles to move them; exported pictures are without. */
export function SlabLayer({ picture, ref }: SlabLayerProps) {
  const slice = useStore((store) => store.slice);
  const turning = useStore((store) => store.pictureTool === 'turn');
  const cell = useFrame()?.cell;
  // What a lasso draws around would lie under the handles.
  return slice.on && turning && cell ? <Slab {...{ picture, ref, slice, cell }} /> : null;
}

function Slab({ picture, ref, slice, cell }: SlabLayerProps & { readonly slice: Slice; readonly cell: Cell }) {
  const layer = useRef<SVGSVGElement>(null);
  const projection = useProjection(picture, ref);
  /** Where the middle was when a hand took hold: in a skewed cell it would slip away sideways. */
  const [held, setHeld] = useState<Point | null>(null);
  const { axis, hkl } = slice;
  const normal = useMemo(() => normalOf({ axis, hkl }, cell), [axis, hkl, cell]);
  const corners = useMemo(() => cellCorners(cell), [cell]);
  if (!projection) return null;

  const end = endOf(cellSpan(cell, normal).half);
  const grips: readonly Grip[] = slice.thickness === null ? ['middle'] : ['middle', 'upper', 'lower'];
  const faces = grips.length === 1 ? grips : grips.slice(1);
  const middle = placeOfGrip(slice, 'middle', end);
  const through = held ?? anchorOf(planeOutline(corners, normal, middle), projection) ?? [0, 0, 0];
  return (
    // biome-ignore lint/a11y/useSemanticElements: no fieldset can be drawn on.
    <svg
      ref={layer}
      role="group"
      aria-label="Slab"
      className={styles.layer}
      data-held={held !== null}
      onWheel={(event) => zoomBelow(layer.current!, event.nativeEvent)}
    >
      {faces.map((face) => {
        // In its true place, unlike the handle: a face beyond the walls has no outline.
        const place = placeOfGrip(slice, face, Number.POSITIVE_INFINITY);
        const outline = inView(planeOutline(corners, normal, place), projection, -BEYOND);
        const points = outline.map((point) => placeOf(projection, point).join()).join(' ');
        return (
          <g key={face} className={styles.outline} data-face={face} aria-hidden>
            <polygon points={points} />
            <polygon points={points} />
          </g>
        );
      })}
      {grips.map((grip) => (
        <SlabHandle
          key={grip}
          {...{ grip, slice, normal, projection }}
          span={cellSpan(cell, normal)}
          at={onPlane(through, normal, placeOfGrip(slice, grip, end))}
          onHold={(holds) => setHeld(holds ? through : null)}
        />
      ))}
    </svg>
  );
}

/** How the model is projected now; drawn anew at most once a frame. */
function useProjection(picture: RefObject<AtomsHandle | null>, ref: Ref<SlabFollower>): Projection | null {
  const [projection, setProjection] = useState<Projection | null>(null);
  const asked = useRef(0);
  const look = () => {
    asked.current = 0;
    const now = picture.current?.project();
    if (now) setProjection((before) => (before && sameProjection(before, now) ? before : now));
  };
  useImperativeHandle(ref, () => ({
    follow: () => {
      asked.current ||= requestAnimationFrame(look);
    },
  }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: once at first; then the camera tells.
  useLayoutEffect(look, []);
  useEffect(() => () => cancelAnimationFrame(asked.current), []);
  return projection;
}

function sameProjection(one: Projection, other: Projection): boolean {
  const sameSize = one.width === other.width && one.height === other.height;
  return sameSize && one.matrix.every((value, k) => value === other.matrix[k]);
}

/** The middle of what is seen of a plane; of all of it where nothing is. */
function anchorOf(outline: readonly Point[], projection: Projection): Point | null {
  return areaCentre(inView(outline, projection, MARGIN)) ?? areaCentre(outline);
}

/** A point moved along a unit normal until it lies so far from the cell centre along it. */
function onPlane([x, y, z]: Point, [a, b, c]: Point, place: number): Point {
  const by = place - (a * x + b * y + c * z);
  return [x + by * a, y + by * b, z + by * c];
}
