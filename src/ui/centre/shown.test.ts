import { expect, test } from 'vitest';
import { ALL_TYPES, type Clip } from '#render/scene.ts';
import { countShown, visibleTypes } from './shown.ts';

const NONE = new Uint32Array(0);
/** At z = -4, -3, … 4; types 0, 1, 2 in turn. */
const positions = Float32Array.from({ length: 27 }, (_, k) => (k % 3 === 2 ? Math.floor(k / 3) - 4 : 0));
const types = { array: new Uint8Array(9).map((_, row) => row % 3), version: 1 };
const clips: readonly Clip[] = [{ kind: 'slab', normal: [0, 0, 1], from: -1, to: 3 }];

test('a slice keeps what lies between its planes, of the types that are drawn, and chosen atoms of any type', () => {
  expect(countShown(positions, { types, visibleTypes: ALL_TYPES, clips }, NONE)).toBe(5);
  const visible = visibleTypes([0]);
  expect(countShown(positions, { types, visibleTypes: visible, clips: [] }, NONE)).toBe(6);
  expect(countShown(positions, { types, visibleTypes: visible, clips }, NONE)).toBe(3);
  // Row 6 lies in the slice, row 0 does not; row 4 is drawn anyway.
  expect(countShown(positions, { types, visibleTypes: visible, clips }, Uint32Array.of(0, 4, 6))).toBe(4);
});

test('atoms that reach into a slice count, those beside a sphere do not', () => {
  expect(countShown(positions, { types, visibleTypes: ALL_TYPES, clips, reach: 1.2 }, NONE)).toBe(7);
  const ball: Clip = { kind: 'sphere', centre: [0, 0, 4], radius: 2.5 };
  expect(countShown(positions, { types, visibleTypes: ALL_TYPES, clips: [ball], reach: 1.2 }, NONE)).toBe(3);
  expect(countShown(positions, { types, visibleTypes: ALL_TYPES, clips: [...clips, ball] }, NONE)).toBe(2);
});
