import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import { BlockNeighbours } from '#kernels/cellList/blockNeighbours.ts';
import { buildCellList, type CellList } from '#kernels/cellList/cellList.ts';
import { NeighbourFinder } from '#kernels/cellList/neighbours.ts';
import { PAPER_PARAMETERS, soapDimension } from '#kernels/soap/parameters.ts';
import { SimdSoap } from '#kernels/soap/simd.ts';
import { TabulatedSoap } from '#kernels/soap/tabulated.ts';
import { FE_GB_2K } from '#tests/fixture.ts';
import { loadDump } from '#tests/loadDump.ts';
import { hasShared, needsShared, sharedPath } from '#tests/shared.ts';
import { type Arithmetic, availableArithmetic } from '../wasm/arithmetic.ts';
import { KernelMemory } from '../wasm/kernelMemory.ts';
import { BLOCK_ROWS, type DescriptorBlock, reserveBlock } from './descriptorBlock.ts';
import { makeMomentAccumulator } from './momentAccumulator.ts';
import { principalComponents } from './principalComponents.ts';
import { makeProjector, makeReferenceProjector } from './project.ts';
import { combineMoments, type MomentAccumulator, makeReferenceAccumulator, momentsLength } from './secondMoment.ts';
import { fill, float32, makeBlock, SIMD } from './testSupport.ts';

/** Any rows [count, dimension], cut into blocks of any sizes. */
const blocksOfRows = fc
  .record({
    dimension: fc.integer({ min: 1, max: 13 }),
    sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
  })
  .chain(({ dimension, sizes }) =>
    fc.record({
      dimension: fc.constant(dimension),
      sizes: fc.constant(sizes),
      shift: fc.array(float32, { minLength: dimension, maxLength: dimension }),
      blocks: fc.tuple(
        ...sizes.map((rows) => fc.array(float32, { minLength: rows * dimension, maxLength: rows * dimension })),
      ),
    }),
  );

function momentsOf(accumulator: MomentAccumulator, block: DescriptorBlock, blocks: number[][]): Float64Array {
  for (const rows of blocks) accumulator.add(fill(block, rows));
  const moments = new Float64Array(momentsLength(block.dimension));
  accumulator.drain(moments);
  return moments;
}

describe('moments', () => {
  test.each(SIMD)(
    'in WebAssembly (%s) are those of the reference to float32, and the same after a drain',
    (arithmetic) => {
      fc.assert(
        fc.property(blocksOfRows, ({ dimension, shift, blocks }) => {
          const { memory, block } = makeBlock(dimension);
          const expected = momentsOf(makeReferenceAccumulator(block, Float64Array.from(shift)), block, blocks);
          const accumulator = makeMomentAccumulator(memory, block, Float64Array.from(shift), arithmetic);
          const found = momentsOf(accumulator, block, blocks);
          // Numbers up to 2, their products up to 4, summed over 9 rows at most before they are float64.
          for (const [k, value] of expected.entries())
            expect(Math.abs(found[k]! - value)).toBeLessThan(2e-6 * blocks.length);
          expect(found[0]).toBe(expected[0]);
          expect(momentsOf(accumulator, block, blocks)).toEqual(found);
        }),
        { seed: 7, numRuns: 200 },
      );
    },
  );

  test('of small whole numbers are exact, whatever the arithmetic', () => {
    const whole = fc.integer({ min: -20, max: 20 });
    const rows = fc.array(fc.array(whole, { minLength: 11, maxLength: 11 }), { minLength: 1, maxLength: BLOCK_ROWS });
    fc.assert(
      fc.property(rows, (all) => {
        const { memory, block } = makeBlock(11);
        const shift = Float64Array.from({ length: 11 }, (_, i) => i - 5);
        const expected = momentsOf(makeReferenceAccumulator(block, shift), block, [all.flat()]);
        for (const arithmetic of ['float64', ...SIMD] as const) {
          const accumulator = makeMomentAccumulator(memory, block, shift, arithmetic);
          expect(momentsOf(accumulator, block, [all.flat()])).toEqual(expected);
        }
      }),
      { seed: 8, numRuns: 100 },
    );
  });

  test('are the sums they claim to be', () => {
    const { block } = makeBlock(2);
    const moments = momentsOf(makeReferenceAccumulator(block, Float64Array.of(1, 2)), block, [[2, 4, 3, 7]]);
    expect([...moments]).toEqual([2, 1 + 2, 2 + 5, 1 + 4, 2 + 10, 4 + 25]);
  });

  test('of chunks add up, in their order, to a new array', () => {
    const parts = [Float64Array.of(1, 1e16, 3), Float64Array.of(2, 1, 4), Float64Array.of(1, -1e16, 5)];
    expect([...combineMoments(parts)]).toEqual([4, 1e16 + 1 - 1e16, 12]);
    expect(parts[0]![0]).toBe(1);
  });
});

test('without SIMD float64 stands in for float32, and nothing for relaxed', () => {
  const unavailable = vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
  try {
    expect(availableArithmetic('float32')).toBe('float64');
    expect(() => availableArithmetic('relaxed')).toThrow('there is no relaxed SIMD on this platform: take float32.');
    expect(unavailable).toHaveBeenCalledTimes(2);
  } finally {
    unavailable.mockRestore();
  }
});

describe('principal components', () => {
  /** Six points along (3, 4) with a little spread across; all of them float32 numbers. */
  const spread = 1 / 128;
  const rows = [3, 4, -3, -4, 6, 8, -6, -8, 4 * spread, -3 * spread, -4 * spread, 3 * spread];
  const across = (2 * (5 * spread) ** 2) / 5;
  const shift = Float64Array.of(10, 20);
  const { block } = makeBlock(2);
  const momentsAbout = (given: number[]) => momentsOf(makeReferenceAccumulator(block, shift), block, [given]);
  const moments = momentsAbout(rows.map((x, k) => x + shift[k % 2]!));

  test('find mean, variances and directions, largest entry positive', () => {
    const { mean, components, explainedVariance, explainedRatio, totalVariance, d } = principalComponents(
      moments,
      shift,
      {
        components: 2,
      },
    );
    expect([...mean]).toEqual([10, 20]);
    expect(d).toBe(2);
    expect(explainedVariance[0]).toBeCloseTo(250 / 5, 12);
    expect(explainedVariance[1]).toBeCloseTo(across, 12);
    expect(totalVariance).toBeCloseTo(50 + across, 12);
    expect(explainedRatio[0]).toBeCloseTo(50 / (50 + across), 12);
    for (const [k, value] of [0.6, 0.8, 0.8, -0.6].entries()) expect(components[k]).toBeCloseTo(value, 10);
  });

  test('keep as few as the variance asks for', () => {
    expect(principalComponents(moments, shift, { variance: 0.999 }).d).toBe(1);
    expect(principalComponents(moments, shift, { variance: 0.99999 }).d).toBe(2);
    expect(principalComponents(moments, shift, { variance: 1 }).d).toBe(2);
  });

  test('refuse what has no answer', () => {
    expect(() => principalComponents(moments, shift, { components: 3 })).toThrow('whole number from 1 to 2, found 3.');
    expect(() => principalComponents(moments, shift, { variance: 1.5 })).toThrow('found 1.5.');
    const one = momentsAbout([1, 2]);
    expect(() => principalComponents(one, shift, { variance: 0.9 })).toThrow('two atoms or more, found 1.');
    const same = momentsAbout([1, 2, 1, 2]);
    expect(() => principalComponents(same, shift, { variance: 0.9 })).toThrow('All atoms have the same surroundings');
  });
});

/** Writes the descriptors of places [from, to) to the block. */
function makeDescribe(list: CellList, memory: KernelMemory, block: DescriptorBlock, arithmetic: Arithmetic) {
  const { cutoff } = PAPER_PARAMETERS;
  if (arithmetic !== 'float64') {
    const kernel = new SimdSoap(PAPER_PARAMETERS, memory, arithmetic);
    const neighbours = new BlockNeighbours(memory, list, cutoff, block.rows);
    return (from: number, to: number) => {
      neighbours.find(from, to);
      kernel.describe(neighbours, to - from, block.array, block.stride);
    };
  }
  const finder = new NeighbourFinder(list);
  const soap = new TabulatedSoap(PAPER_PARAMETERS);
  const x = new Float64Array(soap.dimension);
  return (from: number, to: number) => {
    for (let place = from; place < to; place++) {
      finder.findWithin(place, cutoff);
      soap.describe(finder, x, 0);
      block.array.view.set(x, (place - from) * block.stride);
    }
  };
}

/** The whole way from a dump to components and scores, as the pipeline goes it. */
function analyse(path: string | URL, arithmetic: Arithmetic) {
  const { position, cell } = loadDump(path);
  const list = buildCellList(position, cell, 4, new MemoryLedger());
  const memory = new KernelMemory();
  const block = reserveBlock(memory, soapDimension(PAPER_PARAMETERS));
  const { dimension } = block;
  const describe = makeDescribe(list, memory, block, arithmetic);
  const describeFrom = (from: number) => {
    const rows = Math.min(BLOCK_ROWS, list.count - from);
    describe(from, from + rows);
    return rows;
  };
  // The first atom is bulk in all these snapshots: near the mean, as the shift should be.
  describe(0, 1);
  const shift = Float64Array.from(block.array.view.subarray(0, dimension));
  const accumulator = makeMomentAccumulator(memory, block, shift, arithmetic);
  const chunks = [0, 1, 2, 3].map((chunk) => {
    const [start, end] = [chunk, chunk + 1].map((k) => BLOCK_ROWS * Math.floor((list.count * k) / 4 / BLOCK_ROWS));
    const last = chunk === 3 ? list.count : end!;
    for (let from = start!; from < last; from += BLOCK_ROWS) accumulator.add(describeFrom(from));
    const moments = new Float64Array(momentsLength(dimension));
    accumulator.drain(moments);
    return moments;
  });
  const moments = combineMoments(chunks);
  const pca = principalComponents(moments, shift, { variance: 0.9999 });
  /** Variances of the scores, and the largest error of an atom's against the reference, relative to their length. */
  const checkScores = () => {
    const projector = makeProjector(memory, block, pca.mean, pca.components, arithmetic);
    const reference = makeReferenceProjector(block, pca.mean, pca.components);
    const sums = new Float64Array(pca.d);
    let worst = 0;
    for (let from = 0; from < list.count; from += BLOCK_ROWS) {
      const rows = describeFrom(from);
      projector.project(rows);
      reference.project(rows);
      for (let row = 0; row < rows; row++) {
        const [found, expected] = [projector, reference].map(({ scores }) => scores.subarray(row * pca.d));
        let [error, length] = [0, 0];
        for (let k = 0; k < pca.d; k++) {
          sums[k]! += found![k]! ** 2;
          error += (found![k]! - expected![k]!) ** 2;
          length += expected![k]! ** 2;
        }
        worst = Math.max(worst, Math.sqrt(error / length));
      }
    }
    return { variances: sums.map((sum) => sum / (list.count - 1)), worst };
  };
  return { count: moments[0]!, pca, checkScores };
}

const worstRatio = (found: ArrayLike<number>, expected: readonly number[]) =>
  Math.max(...expected.map((value, k) => Math.abs(found[k]! / value - 1)));

/**
 * Relative deviation of the first 60 eigenvalues. Descriptors are rounded to float32 in every arithmetic, which the
 * smallest of these eigenvalues, 2e-6 of the largest, shows; float32 sums of products over a block add to it.
 */
const TOLERANCE: Record<Arithmetic, number> = { float64: 1e-6, float32: 1e-4, relaxed: 1e-4 };
const ALL = ['float64', ...SIMD] as const;

test.each(ALL)('fe-gb-2k (%s): variances, number of components, and scores that have those variances', (arithmetic) => {
  const golden: { n_atoms: number; d: number; explained_first5: number[]; total_variance: number } = JSON.parse(
    readFileSync(new URL('./golden/fe-gb-2k.json', import.meta.url), 'utf8'),
  );
  const { count, pca, checkScores } = analyse(FE_GB_2K, arithmetic);
  const worst = worstRatio(pca.explainedRatio, golden.explained_first5);
  const total = worstRatio([pca.totalVariance], [golden.total_variance]);
  const scores = checkScores();
  console.info(
    `fe-gb-2k, ${arithmetic}: worst of 5 ratios ${worst.toExponential(1)}, total variance ${total.toExponential(1)}, ` +
      `scores ${scores.worst.toExponential(1)}`,
  );
  expect(count).toBe(golden.n_atoms);
  expect(pca.d).toBe(golden.d);
  expect(worst).toBeLessThan(arithmetic === 'float64' ? 1e-7 : 1e-6);
  expect(total).toBeLessThan(arithmetic === 'float64' ? 1e-8 : 1e-6);
  expect(worstRatio(scores.variances, [...pca.explainedVariance.slice(0, pca.d)])).toBeLessThan(TOLERANCE[arithmetic]);
  expect(scores.worst).toBeLessThan(arithmetic === 'float64' ? 1e-7 : 6e-7);
});

const snapshots = ['fe-gb-16k', 'fe-gb-16k-1400K'].flatMap((name) =>
  ALL.map((arithmetic) => [name, arithmetic] as const),
);
test.skipIf(!hasShared).each(snapshots)(needsShared('%s (%s): the first 60 eigenvalues'), (name, arithmetic) => {
  const golden: { eigenvalues: number[]; n_components_9999: number } = JSON.parse(
    readFileSync(sharedPath(`reference/soap/${name}_pca.json`), 'utf8'),
  );
  const { pca } = analyse(sharedPath(`data/${name}.dump.gz`), arithmetic);
  const worst = worstRatio(pca.explainedVariance, golden.eigenvalues.slice(0, 60));
  console.info(`${name}, ${arithmetic}: worst of 60 eigenvalues ${worst.toExponential(1)}, d = ${pca.d}`);
  expect(worst).toBeLessThan(TOLERANCE[arithmetic]);
  expect(pca.d).toBe(golden.n_components_9999);
});
