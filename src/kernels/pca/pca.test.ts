import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import { buildCellList } from '#kernels/cellList/cellList.ts';
import { NeighbourFinder } from '#kernels/cellList/neighbours.ts';
import { PAPER_PARAMETERS } from '#kernels/soap/parameters.ts';
import { TabulatedSoap } from '#kernels/soap/tabulated.ts';
import { FE_GB_2K } from '#tests/fixture.ts';
import { loadDump } from '#tests/loadDump.ts';
import { hasShared, needsShared, sharedPath } from '#tests/shared.ts';
import { makeMomentAccumulator } from './momentAccumulator.ts';
import { principalComponents } from './principalComponents.ts';
import { makeProjector, makeReferenceProjector, type Projector } from './project.ts';
import {
  BLOCK_ROWS,
  combineMoments,
  type MomentAccumulator,
  makeReferenceAccumulator,
  momentsLength,
} from './secondMoment.ts';

const number = fc.double({ min: -1, max: 1, noNaN: true, noDefaultInfinity: true });

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
      shift: fc.array(number, { minLength: dimension, maxLength: dimension }),
      blocks: fc.tuple(
        ...sizes.map((rows) => fc.array(number, { minLength: rows * dimension, maxLength: rows * dimension })),
      ),
    }),
  );

function momentsOf(accumulator: MomentAccumulator, blocks: number[][], dimension: number): Float64Array {
  for (const block of blocks) {
    accumulator.block.set(block);
    accumulator.add(block.length / dimension);
  }
  const moments = new Float64Array(momentsLength(dimension));
  accumulator.drain(moments);
  return moments;
}

describe('moments', () => {
  test('in WebAssembly have the bits of the reference, whatever the blocks, and again after a drain', () => {
    fc.assert(
      fc.property(blocksOfRows, ({ dimension, shift, blocks }) => {
        const expected = momentsOf(makeReferenceAccumulator(Float64Array.from(shift)), [blocks.flat()], dimension);
        const accumulator = makeMomentAccumulator(Float64Array.from(shift));
        expect(momentsOf(accumulator, blocks, dimension)).toEqual(expected);
        expect(momentsOf(accumulator, blocks, dimension)).toEqual(expected);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  test('are the sums they claim to be', () => {
    const moments = momentsOf(makeReferenceAccumulator(Float64Array.of(1, 2)), [[2, 4, 3, 7]], 2);
    expect([...moments]).toEqual([2, 1 + 2, 2 + 5, 1 + 4, 2 + 10, 4 + 25]);
  });

  test('of chunks add up, in their order, to a new array', () => {
    const parts = [Float64Array.of(1, 1e16, 3), Float64Array.of(2, 1, 4), Float64Array.of(1, -1e16, 5)];
    expect([...combineMoments(parts)]).toEqual([4, 1e16 + 1 - 1e16, 12]);
    expect(parts[0]![0]).toBe(1);
  });
});

test('without SIMD the reference does the work', () => {
  const unavailable = vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
  try {
    expect([...momentsOf(makeMomentAccumulator(Float64Array.of(0)), [[3]], 1)]).toEqual([1, 3, 9]);
    const projector = makeProjector(Float64Array.of(1), Float64Array.of(2));
    projector.block[0] = 4;
    projector.project(1);
    expect(projector.scores[0]).toBe(6);
    expect(unavailable).toHaveBeenCalledTimes(2);
  } finally {
    unavailable.mockRestore();
  }
});

test('projection in WebAssembly has the bits of the reference for any shape', () => {
  const shape = fc.record({
    dimension: fc.integer({ min: 1, max: 11 }),
    count: fc.integer({ min: 1, max: 9 }),
    rows: fc.integer({ min: 1, max: BLOCK_ROWS }),
    values: fc.array(number, { minLength: 1000, maxLength: 1000 }),
  });
  fc.assert(
    fc.property(shape, ({ dimension, count, rows, values }) => {
      const mean = Float64Array.from(values.slice(0, dimension));
      const components = Float64Array.from(values.slice(50, 50 + dimension * count));
      const scores = [makeProjector(mean, components), makeReferenceProjector(mean, components)].map((projector) => {
        projector.block.set(values.slice(200, 200 + rows * dimension));
        projector.project(rows);
        return projector.scores.slice(0, rows * count);
      });
      expect(scores[0]).toEqual(scores[1]);
    }),
    { seed: 11, numRuns: 200 },
  );
});

describe('principal components', () => {
  /** Six points along (3, 4) with a little spread across. */
  const rows = [3, 4, -3, -4, 6, 8, -6, -8, 0.04, -0.03, -0.04, 0.03];
  const shift = Float64Array.of(10, 20);
  const moments = momentsOf(makeReferenceAccumulator(shift), [rows.map((x, k) => x + shift[k % 2]!)], 2);

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
    expect(explainedVariance[1]).toBeCloseTo(0.005 / 5, 12);
    expect(totalVariance).toBeCloseTo(50.001, 12);
    expect(explainedRatio[0]).toBeCloseTo(50 / 50.001, 12);
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
    const one = momentsOf(makeReferenceAccumulator(shift), [[1, 2]], 2);
    expect(() => principalComponents(one, shift, { variance: 0.9 })).toThrow('two atoms or more, found 1.');
    const same = momentsOf(makeReferenceAccumulator(shift), [[1, 2, 1, 2]], 2);
    expect(() => principalComponents(same, shift, { variance: 0.9 })).toThrow('All atoms have the same surroundings');
  });
});

/** The whole way from a dump to components and scores, as the pipeline goes it. */
function analyse(path: string | URL) {
  const { position, cell } = loadDump(path);
  const list = buildCellList(position, cell, 2, new MemoryLedger());
  const finder = new NeighbourFinder(list);
  const soap = new TabulatedSoap(PAPER_PARAMETERS);
  const { dimension } = soap;
  const fill = (block: Float64Array, from: number) => {
    const rows = Math.min(BLOCK_ROWS, list.count - from);
    for (let row = 0; row < rows; row++) {
      finder.findWithin(from + row, PAPER_PARAMETERS.cutoff);
      soap.describe(finder, block, row * dimension);
    }
    return rows;
  };
  const shift = new Float64Array(dimension);
  finder.findWithin(0, PAPER_PARAMETERS.cutoff);
  soap.describe(finder, shift, 0);
  const accumulator = makeMomentAccumulator(shift);
  const chunks = [0, 1, 2, 3].map((chunk) => {
    const [start, end] = [chunk, chunk + 1].map((k) => BLOCK_ROWS * Math.floor((list.count * k) / 4 / BLOCK_ROWS));
    const last = chunk === 3 ? list.count : end!;
    for (let from = start!; from < last; from += BLOCK_ROWS) accumulator.add(fill(accumulator.block, from));
    const moments = new Float64Array(momentsLength(dimension));
    accumulator.drain(moments);
    return moments;
  });
  const moments = combineMoments(chunks);
  const pca = principalComponents(moments, shift, { variance: 0.9999 });
  const variancesOfScores = (projector: Projector) => {
    const sums = new Float64Array(pca.d);
    for (let from = 0; from < list.count; from += BLOCK_ROWS) {
      const rows = fill(projector.block, from);
      projector.project(rows);
      for (let k = 0; k < rows * pca.d; k++) sums[k % pca.d]! += projector.scores[k]! ** 2;
    }
    return sums.map((sum) => sum / (list.count - 1));
  };
  return { count: moments[0]!, pca, variancesOfScores };
}

const worstRatio = (found: ArrayLike<number>, expected: readonly number[]) =>
  Math.max(...expected.map((value, k) => Math.abs(found[k]! / value - 1)));

test('fe-gb-2k: variances, number of components, and scores that have those variances', () => {
  const golden: { n_atoms: number; d: number; explained_first5: number[]; total_variance: number } = JSON.parse(
    readFileSync(new URL('./golden/fe-gb-2k.json', import.meta.url), 'utf8'),
  );
  const { count, pca, variancesOfScores } = analyse(FE_GB_2K);
  const worst = worstRatio(pca.explainedRatio, golden.explained_first5);
  const total = worstRatio([pca.totalVariance], [golden.total_variance]);
  console.info(`fe-gb-2k: worst of 5 ratios ${worst.toExponential(1)}, total variance ${total.toExponential(1)}`);
  expect(count).toBe(golden.n_atoms);
  expect(pca.d).toBe(golden.d);
  expect(worst).toBeLessThan(1e-9);
  expect(total).toBeLessThan(1e-9);
  const scores = variancesOfScores(makeProjector(pca.mean, pca.components));
  expect(worstRatio(scores, [...pca.explainedVariance.slice(0, pca.d)])).toBeLessThan(1e-6);
});

test.skipIf(!hasShared).each(['fe-gb-16k', 'fe-gb-16k-1400K'])(
  needsShared('%s: the first 60 eigenvalues to 1e-6'),
  (name) => {
    const golden: { eigenvalues: number[]; n_components_9999: number } = JSON.parse(
      readFileSync(sharedPath(`reference/soap/${name}_pca.json`), 'utf8'),
    );
    const { pca } = analyse(sharedPath(`data/${name}.dump.gz`));
    const worst = worstRatio(pca.explainedVariance, golden.eigenvalues.slice(0, 60));
    console.info(`${name}: worst of 60 eigenvalues ${worst.toExponential(1)}, d = ${pca.d}`);
    expect(worst).toBeLessThan(1e-6);
    expect(pca.d).toBe(golden.n_components_9999);
  },
);
