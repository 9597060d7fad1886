import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import { makeCell } from '#data/cell.ts';
import { buildCellList } from '#kernels/cellList/cellList.ts';
import { NeighbourFinder } from '#kernels/cellList/neighbours.ts';
import { PAPER_PARAMETERS, type SoapParameters } from './parameters.ts';
import { makeReferenceSoap } from './reference.ts';
import { SimdSoap } from './simd.ts';
import { type Neighbours, TabulatedSoap } from './tabulated.ts';
import { makeSingleSimd } from './testSupport.ts';

const SEED = 20201;
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true, noDefaultInfinity: true });
const vector = fc.tuple(number(-3, 3), number(-3, 3), number(-3, 3));
/** Displacements of up to 25 neighbours, none of them absurdly close to the centre. */
const environment = fc.array(
  vector.filter((v) => Math.hypot(...v) > 0.3),
  { minLength: 1, maxLength: 25 },
);
type Environment = [number, number, number][];

function asNeighbours(displacements: Environment): Neighbours {
  const along = (k: 0 | 1 | 2) => Float64Array.from(displacements, (v) => v[k]);
  const distance2 = Float64Array.from(displacements, ([x, y, z]) => x * x + y * y + z * z);
  return { count: displacements.length, dx: along(0), dy: along(1), dz: along(2), distance2 };
}

function describers(parameters: SoapParameters) {
  const reference = makeReferenceSoap(parameters);
  const tabulated = new TabulatedSoap(parameters);
  const simd = SimdSoap.supports(parameters) ? makeSingleSimd(parameters) : null;
  return {
    reference: (displacements: Environment) => reference(Float64Array.from(displacements.flat())),
    tabulated: (displacements: Environment) => {
      const out = new Float64Array(tabulated.dimension);
      tabulated.describe(asNeighbours(displacements), out, 0);
      return out;
    },
    ...(simd ? { simd: (displacements: Environment) => simd(asNeighbours(displacements)) } : {}),
  };
}

function relativeL2(found: Float64Array, expected: Float64Array): number {
  return Math.hypot(...found.map((value, i) => value - expected[i]!)) / Math.hypot(...expected);
}

/** The float32 twin is held to what SOAP-SPEC section 10 leaves it. */
const isFloat32 = (name: string) => name === 'simd';

describe.each(Object.entries(describers(PAPER_PARAMETERS)))('%s SOAP', (name, soap) => {
  test('does not change when the surroundings rotate or reflect', () => {
    const quaternion = fc
      .tuple(number(-1, 1), number(-1, 1), number(-1, 1), number(-1, 1))
      .filter((q) => Math.hypot(...q) > 0.1);
    let worst = 0;
    fc.assert(
      fc.property(environment, quaternion, fc.boolean(), (displacements, q, reflect) => {
        const [w, x, y, z] = q.map((value) => value / Math.hypot(...q)) as [number, number, number, number];
        const rotation = [
          [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
          [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
          [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
        ];
        const sign = reflect ? -1 : 1;
        const rotated = displacements.map((v) =>
          rotation.map((row) => sign * (row[0]! * v[0] + row[1]! * v[1] + row[2]! * v[2])),
        ) as Environment;
        const deviation = relativeL2(soap(rotated), soap(displacements));
        worst = Math.max(worst, deviation);
        expect(deviation).toBeLessThan(isFloat32(name) ? 2e-6 : 1e-12);
      }),
      { seed: SEED, numRuns: 200 },
    );
    console.info(`${name}: worst change under rotation ${worst.toExponential(1)}`);
  });

  test('does not depend on the order of the neighbours', () => {
    fc.assert(
      fc.property(environment, fc.nat(), (displacements, start) => {
        const k = start % displacements.length;
        const turned = [...displacements.slice(k), ...displacements.slice(0, k)].reverse();
        expect(relativeL2(soap(turned), soap(displacements))).toBeLessThan(isFloat32(name) ? 2e-6 : 1e-13);
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  test('of an atom without neighbours is exactly the first unit vector', () => {
    const alone = soap([]);
    expect(alone[0]).toBe(1);
    expect(alone.subarray(1).every((value) => value === 0)).toBe(true);
    expect(soap([[4, 0, 0]])).toEqual(alone);
  });

  test('tells environments apart', () => {
    expect(relativeL2(soap([[2, 0, 0]]), soap([[2.1, 0, 0]]))).toBeGreaterThan(1e-3);
  });
});

test('a snapshot that is moved through its periodic cell keeps every descriptor', () => {
  const cell = makeCell([7.1, 0.4, -0.3, 0.9, 6.6, 0.5, -0.6, 0.8, 7.4]);
  const soap = new TabulatedSoap(PAPER_PARAMETERS);
  const describeAll = (position: Float64Array) => {
    const list = buildCellList(position, cell, 2, new MemoryLedger());
    const finder = new NeighbourFinder(list);
    const out = new Float64Array(list.count * soap.dimension);
    for (let place = 0; place < list.count; place++) {
      finder.findWithin(place, PAPER_PARAMETERS.cutoff);
      soap.describe(finder, out, list.rowOfPlace[place]! * soap.dimension);
    }
    return out;
  };
  // Jittered sites of a grid: no two atoms so close that rounding would turn the direction between them.
  const sites = fc
    .array(vector, { minLength: 8, maxLength: 8 })
    .map((jitter) =>
      Float64Array.from(jitter.flatMap((v, k) => v.map((value, axis) => 3.4 * ((k >> axis) & 1) + 0.3 * value))),
    );
  fc.assert(
    fc.property(sites, vector, (position, shift) => {
      const moved = position.map((value, k) => value + 5 * shift[k % 3]!);
      expect(relativeL2(describeAll(moved), describeAll(position))).toBeLessThan(1e-12);
    }),
    { seed: SEED, numRuns: 100 },
  );
});

test('twins and reference agree for other parameters, the radial decay included', () => {
  const parameters = fc.record({
    nMax: fc.integer({ min: 1, max: 12 }),
    lMax: fc.integer({ min: 0, max: 9 }),
    cutoff: number(3, 6),
    atomSigma: number(0.25, 0.6),
    cutoffTransitionWidth: number(0.1, 2),
    centralWeight: number(0.1, 2),
    normalise: fc.boolean(),
    covarianceSigma0: number(0, 1),
    basisErrorExponent: number(6, 12),
    cutoffDexp: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5 })),
    cutoffScale: number(0.5, 3),
    cutoffRate: fc.oneof(fc.constant(0), number(0.1, 4)),
  });
  const worst = { tabulated: 0, simd: 0 };
  fc.assert(
    fc.property(parameters, environment, (chosen, displacements) => {
      const { reference, tabulated, simd } = describers(chosen);
      const expected = reference(displacements);
      if (chosen.normalise) expect(expected.at(-1)).toBe(chosen.covarianceSigma0);
      const deviation = relativeL2(tabulated(displacements), expected);
      worst.tabulated = Math.max(worst.tabulated, deviation);
      expect(deviation).toBeLessThan(1e-9);
      if (!simd) return;
      const rounded = relativeL2(simd(displacements), expected);
      worst.simd = Math.max(worst.simd, rounded);
      expect(rounded).toBeLessThan(2e-6);
    }),
    { seed: SEED, numRuns: 60 },
  );
  const words = Object.entries(worst).map(([name, value]) => `${name} ${value.toExponential(1)}`);
  console.info(`against the reference over random parameters: ${words.join(', ')}`);
  expect(worst.simd).toBeGreaterThan(0);
});

test('an atom without neighbours and without weight on itself has a zero descriptor, not 0/0', () => {
  for (const soap of Object.values(describers({ ...PAPER_PARAMETERS, centralWeight: 0 }))) {
    expect(soap([]).every((value) => value === 0)).toBe(true);
  }
});

test('a neighbour at the last number below the cutoff is still in the table', () => {
  for (let k = 1; k <= 200; k++) {
    const cutoff = 3 + k / 77;
    const { reference, tabulated } = describers({ ...PAPER_PARAMETERS, nMax: 2, lMax: 1, cutoff, atomSigma: 2 });
    const surroundings: Environment = [[0, 0, cutoff * (1 - Number.EPSILON / 2)]];
    expect(relativeL2(tabulated(surroundings), reference(surroundings))).toBeLessThan(1e-9);
  }
});
