const DIMENSION = 386;
const ROWS = 1536;

/**
 * Milliseconds of a fixed workload in plain float64 TypeScript on one thread: a rank-k update, 1536 rows of 386 numbers.
 * It shares no code with the program, so that a stage's time divided by it moves only when the stage does.
 */
export function timeReference(): number {
  const rows = Float64Array.from({ length: ROWS * DIMENSION }, (_, k) => ((k * 7919) % 1009) / 1009);
  const sum = new Float64Array(DIMENSION * DIMENSION);
  const run = () => {
    const started = performance.now();
    addProducts(rows, sum);
    return performance.now() - started;
  };
  run();
  return Math.min(...Array.from({ length: 5 }, run));
}

/** Upper triangle of sum += X^T X. */
function addProducts(rows: Float64Array, sum: Float64Array): void {
  for (let row = 0; row < rows.length; row += DIMENSION) {
    for (let i = 0; i < DIMENSION; i++) {
      const x = rows[row + i]!;
      for (let j = i; j < DIMENSION; j++) sum[i * DIMENSION + j]! += x * rows[row + j]!;
    }
  }
}
