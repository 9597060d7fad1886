import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeProjector, makeReferenceProjector } from './project.ts';
import { fill, float32, makeBlock, SIMD } from './testSupport.ts';

test.each(SIMD)('projection in WebAssembly (%s) is that of the reference to float32, for any shape', (arithmetic) => {
  const shape = fc.record({
    dimension: fc.integer({ min: 1, max: 70 }),
    count: fc.integer({ min: 1, max: 9 }),
    rows: fc.integer({ min: 1, max: 11 }),
    values: fc.array(float32, { minLength: 1500, maxLength: 1500 }),
  });
  fc.assert(
    fc.property(shape, ({ dimension, count, rows, values }) => {
      const mean = Float64Array.from(values.slice(0, dimension));
      const components = Float64Array.from(values.slice(70, 70 + dimension * count));
      const { memory, block } = makeBlock(dimension);
      const descriptors = values.slice(700, 700 + rows * dimension);
      fill(block, descriptors);
      const [found, expected] = [
        makeProjector(memory, block, mean, components, arithmetic),
        makeReferenceProjector(block, mean, components),
      ].map((projector) => {
        projector.project(rows);
        return projector.scores;
      });
      for (let k = 0; k < rows * count; k++) {
        const [row, c] = [Math.floor(k / count), k % count];
        let size = 0;
        for (let i = 0; i < dimension; i++) {
          size += Math.abs((descriptors[row * dimension + i]! - mean[i]!) * components[c * dimension + i]!);
        }
        // Roundings of x - mean, of a component, of their product, of up to ten sums, and of the score.
        expect(Math.abs(found![k]! - expected![k]!)).toBeLessThanOrEqual(14 * 2 ** -24 * size + 2 ** -120);
      }
    }),
    { seed: 11, numRuns: 200 },
  );
});

test.each(['float64', ...SIMD] as const)('projection (%s) does not round the mean', (arithmetic) => {
  const { memory, block } = makeBlock(2);
  const projector = makeProjector(
    memory,
    block,
    Float64Array.of(1000 + 2 ** -20, 0),
    Float64Array.of(3, 1),
    arithmetic,
  );
  projector.project(fill(block, [1000, 0, 1001, 1]));
  expect([...projector.scores.subarray(0, 2)]).toEqual([-3 * 2 ** -20, 4 - 3 * 2 ** -20]);
});
