import { Vector3 } from 'three';
import { describe, expect, test } from 'vitest';
import { makeCubicCell } from '#data/cell.ts';
import { boxCorners } from '#data/polygon.ts';
import { cellCorners } from './geometry.ts';
import { insideOutline, projectionOf } from './lasso.ts';
import { rotated } from './pose.ts';
import { CameraRig } from './rig.ts';

const SIZE = { width: 640, height: 480 };

function rigOf(perspective: boolean): CameraRig {
  const rig = new CameraRig(perspective);
  rig.show({ corners: cellCorners(makeCubicCell(40)), radius: 36 }, 1.2);
  rig.resize(SIZE);
  rig.jump(rotated(rig.pose, 0.13, -0.21));
  return rig;
}

/** A point `along` Å down the line of sight through a point of the view: what picking takes lies there. */
function under(rig: CameraRig, x: number, y: number, along: number): number[] {
  const { origin, direction } = rig.rayThrough(x, y);
  return new Vector3(...origin).addScaledVector(new Vector3(...direction), along).toArray();
}

describe.each([
  ['parallel rays', false],
  ['perspective', true],
])('an outline in the picture, %s', (_, perspective) => {
  test('holds just the atoms that lie behind it, at any depth: the view and picking agree', () => {
    const rig = rigOf(perspective);
    const places = [
      [100, 80],
      [320, 240],
      [400, 300],
      [633, 470],
    ] as const;
    const depths = [60, 75, 90];
    const positions = Float32Array.from(places.flatMap(([x, y]) => depths.flatMap((along) => under(rig, x, y, along))));
    const rows = [...Array(places.length * depths.length).keys()];
    const projection = projectionOf(rig, perspective);
    places.forEach(([x, y], place) => {
      const inside = insideOutline(positions, projection, boxCorners(x - 0.05, y - 0.05, x + 0.05, y + 0.05));
      expect(rows.filter(inside)).toEqual(depths.map((_depth, k) => place * depths.length + k));
    });
    const triangle = insideOutline(positions, projection, [200, 150, 500, 290, 300, 400]);
    expect(rows.filter(triangle)).toEqual([3, 4, 5, 6, 7, 8]);
  });
});

test('what lies behind the eye is not in the picture', () => {
  const rig = rigOf(true);
  const positions = Float32Array.from([...under(rig, 320, 240, 50), ...under(rig, 320, 240, -50)]);
  const inside = insideOutline(positions, projectionOf(rig, true), boxCorners(0, 0, SIZE.width, SIZE.height));
  expect([inside(0), inside(1)]).toEqual([true, false]);
});
