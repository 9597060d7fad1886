import fc from 'fast-check';
import { Vector3 } from 'three';
import { describe, expect, test } from 'vitest';
import { type Cell, cellCentre, centrePositions, invertCell, makeCell, makeCubicCell } from '#data/cell.ts';
import { toEnd } from '#tests/toEnd.ts';
import { type AtomFilter, orderFrontToBack } from './depthOrder.ts';
import { cellCorners, cellEdges, scaleBarLabel, scaleBarLength, sceneExtent } from './geometry.ts';
import { pickAtom } from './pickAtom.ts';
import { between, framed, orientationAlong, type Pose, panned, rotated, zoomed, zoomLimits } from './pose.ts';
import { numbersOf, poseOf } from './poseNumbers.ts';
import { ALL_TYPES } from './scene.ts';

function centredPositions(position: Float64Array, cell: Cell): Float32Array {
  const centred = new Float32Array(position.length);
  centrePositions(position, cell, centred);
  return centred;
}

const sheared = makeCell([10, 0, 0, 3, 8, 0, -2, 1, 12], [1, 2, 3]);

describe('cell', () => {
  test('edges are the three vectors, four times each', () => {
    const edges = cellEdges(sheared);
    const seen = new Map<string, number>();
    for (let at = 0; at < edges.length; at += 6) {
      const vector = [0, 1, 2].map((axis) => edges[at + 3 + axis]! - edges[at + axis]!).join();
      seen.set(vector, (seen.get(vector) ?? 0) + 1);
    }
    expect(Object.fromEntries(seen)).toEqual({ '10,0,0': 4, '3,8,0': 4, '-2,1,12': 4 });
  });

  test('corners are symmetric about the centre', () => {
    const corners = cellCorners(sheared);
    for (let corner = 0; corner < 8; corner++) {
      for (let axis = 0; axis < 3; axis++) {
        expect(corners[3 * corner + axis]! + corners[3 * (7 - corner) + axis]!).toBeCloseTo(0, 12);
      }
    }
    expect(cellCentre(sheared)).toEqual([6.5, 6.5, 9]);
  });

  test('centred positions lie in the cell and differ from the file by whole cells', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -40, max: 40, noNaN: true }), { minLength: 3, maxLength: 3 }), (r) => {
        const centred = centredPositions(Float64Array.from(r), sheared);
        const centre = cellCentre(sheared);
        const inverse = invertCell(sheared);
        for (let k = 0; k < 3; k++) {
          const fraction = (vector: number[]) => vector.reduce((sum, x, axis) => sum + x * inverse[3 * axis + k]!, 0);
          expect(Math.abs(fraction([...centred]))).toBeLessThanOrEqual(0.5 + 1e-6);
          const cells = fraction(r.map((x, axis) => x - centre[axis]! - centred[axis]!));
          expect(Math.abs(cells - Math.round(cells))).toBeLessThan(1e-6);
        }
      }),
      { seed: 7 },
    );
  });

  test('a wall that does not repeat does not wrap, and atoms beyond it are in view', () => {
    const slab = makeCell([10, 0, 0, 0, 10, 0, 0, 0, 10], [0, 0, 0], [true, true, false]);
    const centred = centredPositions(Float64Array.of(12, 5, 19), slab);
    expect([...centred]).toEqual([-3, 0, 14]);
    const extent = sceneExtent(centred, slab, 1);
    expect(Math.max(...extent.corners)).toBe(15);
    expect(extent.radius).toBeGreaterThanOrEqual(Math.hypot(3, 14) + 1);
  });
});

describe('scale bar', () => {
  test('is round and fits', () => {
    expect(scaleBarLength(10, 120)).toBe(10);
    expect(scaleBarLength(2, 120)).toBe(50);
    expect(scaleBarLength(2, 90)).toBe(20);
    expect(scaleBarLength(100, 120)).toBe(1);
    expect(scaleBarLabel(50)).toBe('50 Å');
    expect(scaleBarLabel(2000)).toBe('200 nm');
  });
});

describe('pose', () => {
  const extent = sceneExtent(new Float32Array(3), makeCubicCell(20), 1);
  const pose: Pose = framed(extent, orientationAlong('iso'), { aspect: 1.5, widening: 0 });
  const axis = (at: Pose, x: number, y: number, z: number) => new Vector3(x, y, z).applyQuaternion(at.orientation);

  test.each([
    ['x', [0, 1, 0], [0, 0, 1]],
    ['y', [1, 0, 0], [0, 0, 1]],
    ['z', [1, 0, 0], [0, 1, 0]],
  ] as const)('along %s the axes on the screen are right-handed and upright', (direction, right, up) => {
    const at = framed(extent, orientationAlong(direction), { aspect: 1, widening: 0 });
    expect(axis(at, 1, 0, 0).distanceTo(new Vector3(...right))).toBeLessThan(1e-9);
    expect(axis(at, 0, 1, 0).distanceTo(new Vector3(...up))).toBeLessThan(1e-9);
  });

  test('framing shows every corner and touches the margin', () => {
    let highest = 0;
    for (let corner = 0; corner < 24; corner += 3) {
      const seen = new Vector3().fromArray(extent.corners, corner).sub(pose.target);
      seen.applyQuaternion(pose.orientation.clone().invert());
      highest = Math.max(highest, Math.abs(seen.y) / (pose.height / 2), Math.abs(seen.x) / (pose.height * 0.75));
    }
    expect(highest).toBeCloseTo(1 / 1.16, 9);
  });

  test('framing holds in perspective too', () => {
    const widening = 0.27;
    const { target, orientation, height } = framed(extent, orientationAlong('iso'), { aspect: 1.5, widening });
    const distance = height / 2 / widening;
    let highest = 0;
    for (let corner = 0; corner < 24; corner += 3) {
      const seen = new Vector3().fromArray(extent.corners, corner).sub(target);
      seen.applyQuaternion(orientation.clone().invert());
      const halfHeight = widening * (distance - seen.z);
      highest = Math.max(highest, Math.abs(seen.y) / halfHeight, Math.abs(seen.x) / (1.5 * halfHeight));
    }
    expect(highest).toBeGreaterThan(0.8);
    expect(highest).toBeLessThan(1);
  });

  test('dragging right turns the front of the model to the right', () => {
    const front = axis(pose, 0, 0, 1);
    const after = rotated(pose, 0.1, 0);
    expect(front.dot(axis(after, 1, 0, 0))).toBeGreaterThan(0.2);
    expect(front.dot(axis(rotated(pose, 0, 0.1), 0, 1, 0))).toBeLessThan(-0.2);
  });

  test('zooming keeps the point under the pointer', () => {
    const limits = zoomLimits(extent, 1, 800, 1024);
    const under = (at: Pose) => panned(at, -0.3, -0.2).target;
    expect(under(zoomed(pose, 0.5, limits, 0.3, 0.2)).distanceTo(under(pose))).toBeLessThan(1e-9);
  });

  test('zooming stops where an atom would outgrow a point sprite', () => {
    const limits = zoomLimits(extent, 1.5, 800, 64);
    const closest = zoomed(pose, 1e-6, limits);
    expect((3 / closest.height) * 800).toBeLessThanOrEqual(64);
    expect(zoomed(pose, 1e6, limits).height).toBe(limits.farthest);
  });

  test('a move between poses starts and ends at them', () => {
    const other = zoomed(rotated(panned(pose, 0.2, 0.1), 0.3, 0.2), 0.5, zoomLimits(extent, 1, 800, 1024));
    for (const [t, expected] of [
      [0, pose],
      [1, other],
    ] as const) {
      const at = between(pose, other, t);
      expect(at.height).toBeCloseTo(expected.height, 9);
      expect(at.orientation.angleTo(expected.orientation)).toBeLessThan(1e-6);
      expect(at.target.distanceTo(expected.target)).toBeLessThan(1e-9);
    }
  });
});

describe('order of drawing', () => {
  const count = 20_000;
  const spread = (atoms: number) => new Float32Array(3 * atoms).map((_, k) => 30 * Math.sin(k * 12.9898 + (k % 7)));
  const positions = spread(count);
  const reach = 30 * Math.sqrt(3);
  const towards = new Vector3(0.3, -0.5, 0.8).normalize();
  const everything: AtomFilter = { types: null, visibleTypes: ALL_TYPES, clips: [] };

  function sort(atoms: Float32Array, filter: AtomFilter, from = towards) {
    const order = new Uint32Array(atoms.length / 3);
    return { ...toEnd(orderFrontToBack(atoms, { towards: from.toArray(), reach }, filter, order)), order };
  }

  test('every row once, nearer first to within a layer', () => {
    const { order, ...drawn } = sort(positions, everything);
    expect(drawn).toEqual({ shown: count, sampled: count, oneIn: 1 });
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, k) => k));
    let worst = 0;
    let nearest = Number.POSITIVE_INFINITY;
    for (const row of order) {
      const nearness = new Vector3().fromArray(positions, 3 * row).dot(towards);
      worst = Math.max(worst, nearness - nearest);
      nearest = Math.min(nearest, nearness);
    }
    expect(worst).toBeLessThanOrEqual((2 * reach) / 512 + 1e-5);
  });

  test('hidden types and what lies beside a slab are left out, the rest stays whole', () => {
    const types = { array: new Uint8Array(count).map((_, row) => row % 5), version: 0 };
    const slab = { kind: 'slab', normal: [0, 1, 0], from: -5, to: 12 } as const;
    const { order, shown } = sort(positions, { types, visibleTypes: 0b10110, clips: [slab] });
    const expected = Array.from({ length: count }, (_, k) => k).filter((row) => {
      const y = positions[3 * row + 1]!;
      return [1, 2, 4].includes(row % 5) && y >= -5 && y <= 12;
    });
    expect(expected.length).toBeGreaterThan(1000);
    expect([...order.subarray(0, shown)].sort((a, b) => a - b)).toEqual(expected);
  });

  test('a sample comes first, the same from every side, evenly spread over the rows', () => {
    const many = 400_000;
    const atoms = spread(many);
    const sampleOf = (from: Vector3) => {
      const { order, shown, sampled, oneIn } = sort(atoms, everything, from);
      expect([shown, oneIn]).toEqual([many, 4]);
      return order.slice(0, sampled).sort();
    };
    const sample = sampleOf(towards);
    expect(sampleOf(new Vector3(0, 0, 1))).toEqual(sample);
    for (let part = 0; part < 10; part++) {
      const inPart = sample.filter((row) => Math.floor((10 * row) / many) === part).length;
      expect(Math.abs(inPart / (many / 40) - 1)).toBeLessThan(0.1);
    }
  });
});

test('a pose as numbers, and back', () => {
  const pose: Pose = { target: new Vector3(1, -2, 3.5), orientation: orientationAlong([1, 2, 3]), height: 42 };
  const back = poseOf(JSON.parse(JSON.stringify(numbersOf(pose))));
  expect(back.target.distanceTo(pose.target)).toBe(0);
  expect(back.orientation.angleTo(pose.orientation)).toBeLessThan(1e-7);
  expect(back.height).toBe(42);
});

test('a direction is looked along with z up, where it can be', () => {
  expect(orientationAlong([0, 0, 2]).angleTo(orientationAlong('z'))).toBeLessThan(1e-6);
  expect(orientationAlong([3, 0, 0]).angleTo(orientationAlong('x'))).toBeLessThan(1e-6);
  const towards = new Vector3(0, 0, 1).applyQuaternion(orientationAlong([1, 1, 1]));
  expect(towards.distanceTo(new Vector3(1, 1, 1).normalize())).toBeLessThan(1e-12);
});

describe('picking', () => {
  /** Three atoms one behind the other, seen along -z, and one aside. */
  const positions = { array: Float32Array.of(0, 0, -4, 0, 0, 0, 0.5, 0, 4, 9, 0, 0), version: 0 };
  const types = { array: Uint8Array.of(0, 1, 2, 0), version: 0 };
  const scene = { positions, radius: 1, types, visibleTypes: ALL_TYPES, clips: [], marked: new Uint32Array(0) };
  const along = (x: number, y: number) => ({
    origin: [x, y, 30] as const,
    direction: [0, 0, -1] as const,
    pixelAt: () => 0.05,
  });

  test('finds the first atom along the ray, or none', () => {
    expect(pickAtom(along(0, 0), scene)).toBe(2);
    expect(pickAtom(along(-0.8, 0), scene)).toBe(1);
    expect(pickAtom(along(9.5, 0.5), scene)).toBe(3);
    expect(pickAtom(along(5, 0), scene)).toBe(null);
  });

  test('looks through what is hidden, but not through chosen atoms', () => {
    expect(pickAtom(along(0, 0), { ...scene, visibleTypes: 0b001 })).toBe(0);
    expect(pickAtom(along(0, 0), { ...scene, clips: [{ kind: 'slab', normal: [0, 0, 1], from: -9, to: 1 }] })).toBe(1);
    expect(pickAtom(along(0, 0), { ...scene, visibleTypes: 0b001, marked: Uint32Array.of(1) })).toBe(1);
  });

  test('a plane cuts spheres: what is left of them is hit, the rest is looked through', () => {
    const below = (to: number) => ({
      ...scene,
      clips: [{ kind: 'slab' as const, normal: [0, 0, 1] as const, from: -9, to }],
    });
    // The centre of the third atom, at z = 4, lies beyond the plane, and its lower end before it.
    expect(pickAtom(along(0.5, 0), below(3.5))).toBe(2);
    expect(pickAtom(along(1.4, 0), below(3.5))).toBe(null);
    expect(pickAtom(along(0, 0), below(2.9))).toBe(1);
  });

  test('hits the ring of a chosen atom, which stands before its neighbours', () => {
    const chosen = { ...scene, marked: Uint32Array.of(0) };
    expect(pickAtom(along(-1.35, 0), chosen)).toBe(0);
    expect(pickAtom(along(-1.35, 0), scene)).toBe(null);
  });
});
