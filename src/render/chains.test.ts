import { expect, test } from 'vitest';
import { CameraRig } from './rig.ts';

/** A cube of this half edge about the centre. */
const extentOf = (half: number) => ({
  corners: Float64Array.from({ length: 24 }, (_, k) => (((k / 3) >> (k % 3)) & 1 ? half : -half)),
  radius: half * Math.sqrt(3),
});

test.each([true, false])('a point lies where the ray through its pixel meets it (perspective: %s)', (perspective) => {
  const rig = new CameraRig(perspective);
  rig.resize({ width: 640, height: 480 });
  rig.show(extentOf(20), 1);
  for (const point of [
    [0, 0, 0],
    [12, -7, 3],
    [-18, 19, -15],
  ] as const) {
    const { x, y } = rig.pixelOf(point)!;
    const { origin, direction } = rig.rayThrough(x, y);
    const offset = point.map((value, k) => value - origin[k]!);
    const along = offset.reduce((sum, value, k) => sum + value * direction[k]!, 0);
    const aside = Math.hypot(...offset.map((value, k) => value - along * direction[k]!));
    expect(along).toBeGreaterThan(0);
    expect(aside).toBeLessThan(1e-6);
  }
});

test('behind the eye there is no pixel', () => {
  const rig = new CameraRig(true);
  rig.resize({ width: 640, height: 480 });
  rig.show(extentOf(20), 1);
  const { origin, direction } = rig.rayThrough(320, 240);
  const behind = origin.map((value, k) => value - direction[k]!) as [number, number, number];
  expect(rig.pixelOf(behind)).toBeNull();
});
