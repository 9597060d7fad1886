import { Vector3 } from 'three';
import { describe, expect, test } from 'vitest';
import { makeCell, makeCubicCell } from '#data/cell.ts';
import { cellCorners } from './geometry.ts';
import { projectionOf } from './lasso.ts';
import { areaCentre, keepSide, type Point, planeOutline } from './planeOutline.ts';
import { framed, orientationAlong, type ViewDirection } from './pose.ts';
import { CameraRig } from './rig.ts';
import { inView, placeOf, seenLine } from './seenLine.ts';

const cube = cellCorners(makeCubicCell(10));
const sheared = cellCorners(makeCell([10, 0, 0, 3, 8, 0, -2, 1, 12]));
const third = 1 / Math.sqrt(3);
const half = Math.SQRT1_2;

function areaOf(outline: readonly Point[]): number {
  const sum = new Vector3();
  for (const [k, point] of outline.entries()) {
    sum.add(new Vector3(...point).cross(new Vector3(...outline[(k + 1) % outline.length]!)));
  }
  return sum.length() / 2;
}

describe('the outline of a plane in a box', () => {
  test.each<[string, Float64Array, Point, number, number, Point]>([
    ['across an axis', cube, [0, 0, 1], 2, 100, [0, 0, 2]],
    ['on a wall', cube, [0, 0, 1], 5, 100, [0, 0, 5]],
    ['on the wall opposite', cube, [0, 0, 1], -5, 100, [0, 0, -5]],
    ['through two edges', cube, [half, half, 0], 0, 100 * Math.SQRT2, [0, 0, 0]],
    ['a hexagon', cube, [third, third, third], 0, 75 * Math.sqrt(3), [0, 0, 0]],
    ['a triangle', cube, [third, third, third], 10 * third, 12.5 * Math.sqrt(3), [10 / 3, 10 / 3, 10 / 3]],
    // A cell stands on its ab plane with c leaning by -2 and 1 over 12.
    ['across z of a sheared cell', sheared, [0, 0, 1], 3, 80, [-0.5, 0.25, 3]],
  ])('%s', (_, corners, normal, at, area, middle) => {
    const outline = planeOutline(corners, normal, at);
    expect(areaOf(outline)).toBeCloseTo(area, 5);
    const centre = areaCentre(outline)!;
    for (const k of [0, 1, 2]) expect(centre[k]).toBeCloseTo(middle[k]!, 5);
    for (const point of outline) expect(new Vector3(...point).dot(new Vector3(...normal))).toBeCloseTo(at, 5);
  });

  test.each<[string, number]>([
    ['beyond a wall', 5.1],
    ['beyond the one opposite', -5.1],
    ['nowhere', Number.NaN],
  ])('is empty %s', (_, at) => {
    expect(planeOutline(cube, [0, 0, 1], at)).toEqual([]);
    expect(areaCentre([])).toBeNull();
  });

  test('can be cut', () => {
    const outline = planeOutline(cube, [0, 0, 1], 0);
    expect(areaOf(keepSide(outline, ([x]) => x - 3))).toBeCloseTo(20, 6);
    expect(keepSide(outline, ([x]) => x - 6)).toEqual([]);
  });
});

function projectionAlong(direction: ViewDirection, perspective: boolean) {
  const rig = new CameraRig(perspective);
  rig.size = { width: 800, height: 600 };
  const pose = framed({ corners: cube, radius: 9 }, orientationAlong(direction), { aspect: 4 / 3, widening: 0 });
  rig.jump({ ...pose, target: new Vector3(0, 0, 0), height: 30 });
  return { projection: projectionOf(rig, perspective), rig };
}

describe('a line as it is seen', () => {
  test.each<[ViewDirection, boolean, Point]>([
    ['x', false, [0, 0, 1]],
    ['x', false, [0, third, third]],
    ['iso', false, [0, 0, 1]],
    ['y', true, [1, 0, 0]],
    ['iso', true, [1, 0, 0]],
    ['iso', true, [third, third, third]],
    [[0.6, 0, 0.8], true, [0, 0, 1]],
  ])('from %s, perspective %s: pixels along %s are Å along it', (direction, perspective, toward) => {
    const { projection, rig } = projectionAlong(direction, perspective);
    const [from, unit] = [new Vector3(1, 2, -1), new Vector3(...toward).normalize()];
    const line = seenLine(projection, from.toArray(), unit.toArray())!;
    expect(line.headOn).toBe(false);
    expect(Math.hypot(...line.towards)).toBeCloseTo(1, 9);
    for (const by of [-4, -0.3, 0, 2, 5]) {
      const there = rig.pixelOf(from.clone().addScaledVector(unit, by).toArray())!;
      const [right, down] = [there.x - line.x, there.y - line.y];
      expect(line.along(right, down)).toBeCloseTo(by, 6);
      // Motion across the line is none along it.
      const [u, v] = line.towards;
      expect(line.along(right - 30 * v, down + 30 * u)).toBeCloseTo(by, 6);
    }
  });

  test.each([false, true])('at the viewer, up is along it in Å across the view; perspective %s', (perspective) => {
    const { projection } = projectionAlong('z', perspective);
    const line = seenLine(projection, [0, 0, 0], [0, 0, 1])!;
    expect(line.headOn).toBe(true);
    expect(line.towards).toEqual([0, -1]);
    // 600 CSS pixels are 30 Å.
    expect(line.along(50, -40)).toBeCloseTo(2, 6);
  });

  test('has an end in perspective, and none behind the eye', () => {
    const { projection } = projectionAlong([0.8, 0, 0.6], true);
    const line = seenLine(projection, [0, 0, 0], [0, 0, 1])!;
    const away = seenLine(projection, [0, 0, 0], [0, 0, -1])!;
    const far = 1e5;
    expect(away.along(away.towards[0] * far, away.towards[1] * far)).toBe(Number.POSITIVE_INFINITY);
    expect(line.along(-line.towards[0] * far, -line.towards[1] * far)).toBe(Number.NEGATIVE_INFINITY);
    expect(seenLine(projection, [800, 0, 600], [0, 0, 1])).toBeNull();
  });
});

test('what is in view of an outline lies within its edges', () => {
  const { projection, rig } = projectionAlong('z', true);
  rig.jump({ ...rig.pose, height: 6 });
  const near = projectionOf(rig, true);
  const outline = planeOutline(cube, [0, 0, 1], 1);
  expect(inView(outline, projection, 0)).toEqual(outline);
  const places = inView(outline, near, 40).map((point) => placeOf(near, point));
  expect(Math.min(...places.map(([x]) => x))).toBeCloseTo(40, 6);
  expect(Math.max(...places.map(([, y]) => y))).toBeCloseTo(560, 6);
});
