import type { Projection } from './lasso.ts';
import { keepSide, type Point } from './planeOutline.ts';

/** A line whose lengths are seen this much shorter than they are, or more, points at the viewer: some 14 degrees. */
const HEAD_ON = 0.25;
/** Nearer to the plane of the eye than this nothing is projected, Å. */
const BEFORE_EYE = 1e-3;

/** A direction at a point of the model, as it is seen. */
export interface SeenLine {
  /** Where the point lies, CSS pixels. */
  readonly x: number;
  readonly y: number;
  /** Unit vector to the right and down in which the line is seen to run; straight up where it is seen head on. */
  readonly towards: readonly [right: number, down: number];
  readonly headOn: boolean;
  /**
   * How far along the line the hand moved from the point, Å. Head on, up is along it, in Å across the view.
   * @param right,down CSS pixels.
   */
  along(right: number, down: number): number;
}

/** @returns Null behind the eye. */
export function seenLine({ matrix: m, width, height }: Projection, point: Point, direction: Point): SeenLine | null {
  // Clip coordinates, in CSS pixels from the middle of the view, are linear along the line until divided by w.
  const row = (k: number, [x, y, z]: Point) => m[k]! * x + m[k + 4]! * y + m[k + 8]! * z;
  const [right0, down0] = [((row(0, point) + m[12]!) * width) / 2, (-(row(1, point) + m[13]!) * height) / 2];
  const w0 = row(3, point) + m[15]!;
  const [right1, down1, w1] = [(row(0, direction) * width) / 2, (-row(1, direction) * height) / 2, row(3, direction)];
  if (w0 <= BEFORE_EYE) return null;

  // The second row is the upward direction of the camera, so its length is that of one Å across the view.
  const across = (Math.hypot(m[1]!, m[5]!, m[9]!) * height) / 2 / w0;
  const slope = [(right1 - (right0 * w1) / w0) / w0, (down1 - (down0 * w1) / w0) / w0] as const;
  const perAngstrom = Math.hypot(...slope);
  const place = { x: width / 2 + right0 / w0, y: height / 2 + down0 / w0 };
  if (perAngstrom < HEAD_ON * across) {
    return { ...place, towards: [0, -1], headOn: true, along: (_, down) => -down / across };
  }

  const towards = [slope[0] / perAngstrom, slope[1] / perAngstrom] as const;
  const start = (right0 * towards[0] + down0 * towards[1]) / w0;
  const gain = right1 * towards[0] + down1 * towards[1];
  const along = (right: number, down: number) => {
    const pixels = right * towards[0] + down * towards[1];
    const rate = gain - (start + pixels) * w1;
    // Beyond the vanishing point there is nothing to point at.
    return rate > 0 ? (pixels * w0) / rate : Math.sign(pixels) * Number.POSITIVE_INFINITY;
  };
  return { ...place, towards, headOn: false, along };
}

/** The part of an outline that lies before the eye and within the view, `margin` CSS pixels or more from its edges. */
export function inView(outline: readonly Point[], { matrix: m, width, height }: Projection, margin: number): Point[] {
  const at = (k: number, [x, y, z]: Point) => m[k]! * x + m[k + 4]! * y + m[k + 8]! * z + m[k + 12]!;
  const [wide, high] = [1 - (2 * margin) / width, 1 - (2 * margin) / height];
  const sides = [
    (p: Point) => at(3, p) - BEFORE_EYE,
    (p: Point) => wide * at(3, p) - at(0, p),
    (p: Point) => wide * at(3, p) + at(0, p),
    (p: Point) => high * at(3, p) - at(1, p),
    (p: Point) => high * at(3, p) + at(1, p),
  ];
  return sides.reduce<Point[]>(keepSide, [...outline]);
}

/** Where a point before the eye lies, CSS pixels from the upper left corner. */
export function placeOf({ matrix: m, width, height }: Projection, [x, y, z]: Point): readonly [x: number, y: number] {
  const w = m[3]! * x + m[7]! * y + m[11]! * z + m[15]!;
  const right = (m[0]! * x + m[4]! * y + m[8]! * z + m[12]!) / w;
  const up = (m[1]! * x + m[5]! * y + m[9]! * z + m[13]!) / w;
  return [((1 + right) / 2) * width, ((1 - up) / 2) * height];
}
