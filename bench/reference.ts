import { makeReferenceAccumulator } from '#kernels/pca/secondMoment.ts';

const DIMENSION = 386;
const BLOCKS = 24;

/**
 * Milliseconds of a fixed workload in plain float64 TypeScript on one thread (a rank-k update of 386 columns). Stage times
 * divided by it can be compared between runs and machines; bare seconds cannot.
 */
export function timeReference(): number {
  const accumulator = makeReferenceAccumulator(new Float64Array(DIMENSION));
  const rows = accumulator.block.length / DIMENSION;
  accumulator.block.forEach((_, k) => {
    accumulator.block[k] = ((k * 7919) % 1009) / 1009;
  });
  const run = () => {
    const started = performance.now();
    for (let block = 0; block < BLOCKS; block++) accumulator.add(rows);
    return performance.now() - started;
  };
  run();
  return Math.min(run(), run(), run());
}
