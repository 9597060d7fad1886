import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeCell, makeCubicCell, planeSpacings } from '#data/cell.ts';
import { toEnd } from '#tests/toEnd.ts';
import { cellArbitrary, numberArbitrary, toCartesian } from '../cellList/testSupport.ts';
import { align } from './align.ts';
import { assign } from './assignment.ts';
import { nearestRows, scoreDistance, usualDistance } from './nearestRows.ts';
import { fitRotation, rotate } from './rotation.ts';
import { findSurroundings } from './surroundings.ts';

/** Numbers from 0 to 1, the same in every run. */
function randomly(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function randomRotation(random: () => number): Float64Array {
  const [w, x, y, z] = Array.from({ length: 4 }, () => random() - 0.5);
  const size = Math.hypot(w!, x!, y!, z!);
  const [a, b, c, d] = [w! / size, x! / size, y! / size, z! / size];
  return Float64Array.of(
    a * a + b * b - c * c - d * d,
    2 * (b * c - a * d),
    2 * (b * d + a * c),
    2 * (b * c + a * d),
    a * a - b * b + c * c - d * d,
    2 * (c * d - a * b),
    2 * (b * d - a * c),
    2 * (c * d + a * b),
    a * a - b * b - c * c + d * d,
  );
}

/** Atoms about a centre, at least 1.8 Å apart, nearest first. */
function cluster(random: () => number, atoms: number): number[][] {
  const points: number[][] = [];
  while (points.length < atoms) {
    const point = [0, 1, 2].map(() => 9 * (random() - 0.5));
    const length = Math.hypot(...point);
    if (length < 2 || length > 4.5) continue;
    if (points.every((other) => Math.hypot(...other.map((x, k) => x - point[k]!)) > 1.8)) points.push(point);
  }
  return points;
}

function sorted(points: readonly (readonly number[])[]): Float64Array {
  const byLength = [...points].sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
  return Float64Array.from(byLength.flat());
}

const rowsOf = (flat: Float64Array) =>
  Array.from({ length: flat.length / 3 }, (_, k) => [...flat.subarray(3 * k, 3 * k + 3)]);

const BCC = [
  ...[1, -1].flatMap((x) => [1, -1].flatMap((y) => [1, -1].map((z) => [1.43 * x, 1.43 * y, 1.43 * z]))),
  ...[0, 1, 2].flatMap((k) => [1, -1].map((sign) => [0, 1, 2].map((c) => (c === k ? 2.86 * sign : 0)))),
];

describe('alignment', () => {
  test.each([1, 2, 5, 12, 15, 26])('a turned and renumbered copy of %d neighbours lies on the original', (atoms) => {
    for (let seed = 1; seed <= 15; seed++) {
      const random = randomly(100 * atoms + seed);
      const to = sorted(cluster(random, atoms));
      const shuffled = rowsOf(rotate(randomRotation(random), to))
        .map((point) => ({ point, key: random() }))
        .sort((a, b) => a.key - b.key)
        .map(({ point }) => point);
      const found = align(Float64Array.from(shuffled.flat()), to);
      expect(found.rmsd).toBeLessThan(1e-6);
      expect(found.mirrored).toBe(false);
      expect(new Set(found.partner).size).toBe(atoms);
    }
  });

  test('where every distance is shared, as in bcc, the shells still lie on one another', () => {
    const random = randomly(7);
    const to = sorted(BCC);
    const from = sorted(rowsOf(rotate(randomRotation(random), to)));
    const { rmsd, turned, partner } = align(from, to);
    expect(rmsd).toBeLessThan(1e-6);
    partner.forEach((other, own) => {
      for (let k = 0; k < 3; k++) expect(turned[3 * own + k]).toBeCloseTo(to[3 * other + k]!, 6);
    });
  });

  test('a mirror image is told from a turned one', () => {
    const random = randomly(3);
    const to = sorted(cluster(random, 11));
    const mirror = sorted(rowsOf(rotate(randomRotation(random), to)).map((point) => point.map((x) => -x)));
    const found = align(mirror, to);
    expect(found.mirrored).toBe(true);
    expect(found.rmsd).toBeLessThan(1e-6);
  });

  test('with noise the deviation is that of the noise, and an atom too many has no partner', () => {
    const random = randomly(11);
    const to = sorted(BCC);
    const turned = rowsOf(rotate(randomRotation(random), to));
    const noisy = turned.map((point) => point.map((x) => x + 0.2 * (random() - 0.5)));
    const { rmsd, partner } = align(sorted([...noisy, [4.2, 0.3, 0.1]]), to);
    // Uniform noise of this width has a root mean square of 0.2 / sqrt(12) a component.
    expect(rmsd).toBeLessThan(1.3 * 0.2 * Math.sqrt(3 / 12));
    expect(rmsd).toBeGreaterThan(0.02);
    expect([...partner].filter((other) => other < 0)).toEqual([-1]);
    expect(partner.at(-1)).toBe(-1);
  });

  test('with fewer neighbours than the other has, each still finds its place', () => {
    const random = randomly(19);
    const to = sorted(cluster(random, 14));
    const some = rowsOf(rotate(randomRotation(random), to)).slice(0, 11);
    const { rmsd, partner } = align(Float64Array.from(some.flat()), to);
    expect(rmsd).toBeLessThan(1e-6);
    expect([...partner]).toEqual(Array.from({ length: 11 }, (_, k) => k));
  });

  test('nothing to align is no failure', () => {
    expect(align(new Float64Array(0), new Float64Array(0))).toMatchObject({ rmsd: 0, mirrored: false });
    expect([...align(Float64Array.of(1, 0, 0), new Float64Array(0)).partner]).toEqual([-1]);
  });
});

test('the rotation is found again from pairs', () => {
  const random = randomly(5);
  const points = sorted(cluster(random, 6));
  const rotation = randomRotation(random);
  const found = fitRotation(points, rotate(rotation, points), [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
  found.forEach((x, k) => {
    expect(x).toBeCloseTo(rotation[k]!, 12);
  });
});

test('the assignment is the cheapest of all', () => {
  const permutations = (values: number[], length: number): number[][] =>
    length === 0
      ? [[]]
      : values.flatMap((value) =>
          permutations(
            values.filter((other) => other !== value),
            length - 1,
          ).map((rest) => [value, ...rest]),
        );
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 0, max: 2 }),
      fc.array(numberArbitrary(-5, 9), { minLength: 24, maxLength: 24 }),
      (rows, more, numbers) => {
        const columns = rows + more;
        const cost = Float64Array.from(numbers.slice(0, rows * columns));
        const total = (chosen: ArrayLike<number>) =>
          Array.from(chosen).reduce((sum, column, row) => sum + cost[row * columns + column]!, 0);
        const found = assign(cost, rows, columns);
        expect(new Set(found).size).toBe(rows);
        const every = permutations(
          Array.from({ length: columns }, (_, k) => k),
          rows,
        ).map(total);
        expect(total(found)).toBeCloseTo(Math.min(...every), 9);
      },
    ),
    { numRuns: 200, seed: 20261123 },
  );
});

function surroundings(...args: Parameters<typeof findSurroundings>) {
  return toEnd(findSurroundings(...args));
}

describe('surroundings', () => {
  test('are what brute force finds in triclinic, thin and open cells', () => {
    let neighbours = 0;
    fc.assert(
      fc.property(
        cellArbitrary,
        fc.array(numberArbitrary(-0.5, 1.5), { minLength: 3, maxLength: 36 }),
        numberArbitrary(1, 5),
        (cell, fractional, cutoff) => {
          const position = toCartesian(fractional, cell);
          const rows = [0, position.length / 3 - 1];
          const v = cell.vectors;
          const images = planeSpacings(cell).map((spacing, k) =>
            cell.periodic[k] ? Math.ceil(cutoff / spacing) + 3 : 0,
          );
          const found = surroundings(position, cell, rows, cutoff);
          rows.forEach((row, k) => {
            const expected: number[] = [];
            for (let other = 0; other < position.length / 3; other++)
              for (let a = -images[0]!; a <= images[0]!; a++)
                for (let b = -images[1]!; b <= images[1]!; b++)
                  for (let c = -images[2]!; c <= images[2]!; c++) {
                    const along = (axis: number) =>
                      position[3 * other + axis]! -
                      position[3 * row + axis]! +
                      a * v[axis]! +
                      b * v[3 + axis]! +
                      c * v[6 + axis]!;
                    const distance = Math.hypot(along(0), along(1), along(2));
                    if (distance < cutoff && distance > 1e-9) expected.push(distance);
                  }
            expected.sort((a, b) => a - b);
            const { distance, offset } = found[k]!;
            const own = [...distance].filter((d) => d > 1e-9);
            expect(own.length).toBe(expected.length);
            own.forEach((d, at) => {
              expect(d).toBeCloseTo(expected[at]!, 9);
            });
            expect(offset.length).toBe(3 * distance.length);
            neighbours += own.length;
          });
        },
      ),
      { numRuns: 100, seed: 20261123 },
    );
    expect(neighbours).toBeGreaterThan(1000);
  });

  test('across the face of a cell, nearest first', () => {
    const position = Float32Array.of(-4.5, 0, 0, 4.5, 0, 0, -2.5, 0, 0, 0, 0, 0);
    const [found] = surroundings(position, makeCubicCell(10), [0], 3);
    expect([...found!.rows]).toEqual([1, 2]);
    expect([...found!.offset]).toEqual([-1, 0, 0, 2, 0, 0]);
    const [open] = surroundings(position, makeCell(makeCubicCell(10).vectors, [0, 0, 0], [false, true, true]), [0], 3);
    expect([...open!.rows]).toEqual([2]);
  });
});

describe('distances between scores', () => {
  const scores = Float32Array.of(0, 0, 3, 4, 0, 1, 6, 8);

  test('are Euclidean; the atom itself is not its neighbour', () => {
    expect(scoreDistance(scores, 2, 0, 1)).toBe(5);
    expect(nearestRows(scores, 2, 0, [0, 1, 2, 3], 2)).toEqual([
      { row: 2, distance: 1 },
      { row: 1, distance: 5 },
    ]);
  });

  test('the usual one is the median over the candidates', () => {
    // Nearest other one of rows 0, 1, 3: 5, 5, 5.
    expect(usualDistance(scores, 2, [0, 1, 3])).toBe(5);
    expect(usualDistance(scores, 2, [0, 2, 1, 3])).toBeCloseTo((1 + Math.sqrt(18)) / 2, 6);
    expect(usualDistance(scores, 2, [0])).toBeNaN();
  });
});
