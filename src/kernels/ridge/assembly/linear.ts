// asc: --importMemory
// Linear models of a block of feature vectors in float64: the twins of the references in ../predict.ts and ../errors.ts,
// bit for bit. Addresses are bytes. Models stand in panels of four, [ceil(models / 4)][D][4], so that memory is read in
// order; rows of the block [rows, D] are taken by four, and those after `rows` may be anything.

/** out [rows, 4] = block times the transposed panel [D, 4]: a tile of 4 x 4 sums in registers. */
function multiplyPanel(block: usize, panel: usize, out: usize, rows: i32, D: i32): void {
  const rowBytes = D << 3;
  const end = panel + (D << 5);
  for (let row = 0; row < rows; row += 4) {
    let s00 = f64x2.splat(0);
    let s01 = f64x2.splat(0);
    let s10 = f64x2.splat(0);
    let s11 = f64x2.splat(0);
    let s20 = f64x2.splat(0);
    let s21 = f64x2.splat(0);
    let s30 = f64x2.splat(0);
    let s31 = f64x2.splat(0);
    let x0 = block + row * rowBytes;
    let x1 = x0 + rowBytes;
    let x2 = x1 + rowBytes;
    let x3 = x2 + rowBytes;
    for (let w = panel; w < end; w += 32) {
      const w0 = v128.load(w);
      const w1 = v128.load(w, 16);
      let x = v128.load64_splat(x0);
      s00 = f64x2.add(s00, f64x2.mul(x, w0));
      s01 = f64x2.add(s01, f64x2.mul(x, w1));
      x = v128.load64_splat(x1);
      s10 = f64x2.add(s10, f64x2.mul(x, w0));
      s11 = f64x2.add(s11, f64x2.mul(x, w1));
      x = v128.load64_splat(x2);
      s20 = f64x2.add(s20, f64x2.mul(x, w0));
      s21 = f64x2.add(s21, f64x2.mul(x, w1));
      x = v128.load64_splat(x3);
      s30 = f64x2.add(s30, f64x2.mul(x, w0));
      s31 = f64x2.add(s31, f64x2.mul(x, w1));
      x0 += 8;
      x1 += 8;
      x2 += 8;
      x3 += 8;
    }
    const to = out + (row << 5);
    v128.store(to, s00);
    v128.store(to, s01, 16);
    v128.store(to, s10, 32);
    v128.store(to, s11, 48);
    v128.store(to, s20, 64);
    v128.store(to, s21, 80);
    v128.store(to, s30, 96);
    v128.store(to, s31, 112);
  }
}

/**
 * Add the squared errors of `panels` panels of models to `squares`, and raise `largest` to the largest |error|
 * ([panels * 4] each), row after row. @param scratch [rows rounded up to 4, 4].
 */
export function addErrors(
  block: usize,
  label: usize,
  weights: usize,
  scratch: usize,
  squares: usize,
  largest: usize,
  rows: i32,
  D: i32,
  panels: i32,
): void {
  for (let panel = 0; panel < panels; panel++) {
    multiplyPanel(block, weights + panel * (D << 5), scratch, rows, D);
    const sums = squares + (panel << 5);
    const most = largest + (panel << 5);
    let sum0 = v128.load(sums);
    let sum1 = v128.load(sums, 16);
    let most0 = v128.load(most);
    let most1 = v128.load(most, 16);
    for (let row = 0; row < rows; row++) {
      const reference = v128.load64_splat(label + (row << 3));
      const error0 = f64x2.abs(f64x2.sub(v128.load(scratch + (row << 5)), reference));
      const error1 = f64x2.abs(f64x2.sub(v128.load(scratch + (row << 5), 16), reference));
      sum0 = f64x2.add(sum0, f64x2.mul(error0, error0));
      sum1 = f64x2.add(sum1, f64x2.mul(error1, error1));
      most0 = f64x2.pmax(most0, error0);
      most1 = f64x2.pmax(most1, error1);
    }
    v128.store(sums, sum0);
    v128.store(sums, sum1, 16);
    v128.store(most, most0);
    v128.store(most, most1, 16);
  }
}

/**
 * energy [rows] = x.w and variance [rows] = x.P x. @param weights a panel whose first model is w; @param P the rows of
 * P as models. @param scratch [rows rounded up to 4, 4].
 */
export function predict(
  block: usize,
  weights: usize,
  P: usize,
  scratch: usize,
  energy: usize,
  variance: usize,
  rows: i32,
  D: i32,
): void {
  multiplyPanel(block, weights, scratch, rows, D);
  for (let row = 0; row < rows; row++) {
    store<f64>(energy + (row << 3), load<f64>(scratch + (row << 5)));
    store<f64>(variance + (row << 3), 0);
  }
  for (let i = 0; i < D; i += 4) {
    multiplyPanel(block, P + i * (D << 3), scratch, rows, D);
    const wanted = min(4, D - i);
    for (let row = 0; row < rows; row++) {
      const x = block + ((row * D + i) << 3);
      let sum = load<f64>(variance + (row << 3));
      for (let k = 0; k < wanted; k++) {
        sum += load<f64>(x + (k << 3)) * load<f64>(scratch + (row << 5) + (k << 3));
      }
      store<f64>(variance + (row << 3), sum);
    }
  }
}
