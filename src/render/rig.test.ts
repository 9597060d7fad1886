import { afterEach, expect, test, vi } from 'vitest';
import { CameraRig } from './rig.ts';

afterEach(() => vi.unstubAllGlobals());

const preferLessMotion = (matches: boolean) =>
  vi.stubGlobal('matchMedia', (query: string) => ({ matches: matches && query.includes('prefers-reduced-motion') }));

test('the camera eases to a view', () => {
  preferLessMotion(false);
  const rig = new CameraRig(false);
  const before = rig.pose;
  rig.viewAlong('x');
  expect(rig.easing).toBe(true);
  expect(rig.pose).toBe(before);
  rig.advance(performance.now() + 10_000);
  expect(rig.easing).toBe(false);
  expect(rig.pose.orientation.angleTo(rig.framedAlong('x').orientation)).toBeLessThan(1e-6);
});

test('who prefers less motion is there at once', () => {
  preferLessMotion(true);
  const rig = new CameraRig(false);
  rig.viewAlong('x');
  expect(rig.easing).toBe(false);
  expect(rig.pose.orientation.angleTo(rig.framedAlong('x').orientation)).toBeLessThan(1e-6);
});
