// The second moments of features in float64. Addresses are bytes.

/**
 * Widen features [rows, width] float32 to `wide` [rows, side]: behind them the constant 1 where there is one (`D` = width
 * + 1), then zeros up to side = D rounded up to a multiple of 4.
 */
export function widen(features: usize, wide: usize, rows: i32, width: i32, D: i32): void {
  const side = (D + 3) & ~3;
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < side; k++) {
      store<f64>(wide + (k << 3), k < width ? <f64>load<f32>(features + (k << 2)) : k < D ? 1.0 : 0.0);
    }
    features += width << 2;
    wide += side << 3;
  }
}

/** Add x x^T of rows x [rows, side] to the lower triangle of `sum` [side, side], row after row. */
export function addProducts(x: usize, sum: usize, rows: i32, side: i32): void {
  const end = x + ((rows * side) << 3);
  for (let i = 0; i < side; i += 4) {
    for (let j = 0; j <= i; j += 4) addTile(sum + ((i * side + j) << 3), x + (j << 3), end, (i - j) << 3, side << 3);
  }
}

/** Add the products of columns i ... i + 3 and j ... j + 3 of rows `stride` bytes long; column i lies `ahead` of j. */
function addTile(tile: usize, x: usize, end: usize, ahead: i32, stride: i32): void {
  const r0 = tile;
  const r1 = r0 + stride;
  const r2 = r1 + stride;
  const r3 = r2 + stride;
  let s00 = v128.load(r0);
  let s01 = v128.load(r0, 16);
  let s10 = v128.load(r1);
  let s11 = v128.load(r1, 16);
  let s20 = v128.load(r2);
  let s21 = v128.load(r2, 16);
  let s30 = v128.load(r3);
  let s31 = v128.load(r3, 16);
  for (; x < end; x += stride) {
    const x0 = v128.load(x);
    const x1 = v128.load(x, 16);
    let y = v128.load64_splat(x + ahead);
    s00 = f64x2.add(s00, f64x2.mul(y, x0));
    s01 = f64x2.add(s01, f64x2.mul(y, x1));
    y = v128.load64_splat(x + ahead, 8);
    s10 = f64x2.add(s10, f64x2.mul(y, x0));
    s11 = f64x2.add(s11, f64x2.mul(y, x1));
    y = v128.load64_splat(x + ahead, 16);
    s20 = f64x2.add(s20, f64x2.mul(y, x0));
    s21 = f64x2.add(s21, f64x2.mul(y, x1));
    y = v128.load64_splat(x + ahead, 24);
    s30 = f64x2.add(s30, f64x2.mul(y, x0));
    s31 = f64x2.add(s31, f64x2.mul(y, x1));
  }
  v128.store(r0, s00);
  v128.store(r0, s01, 16);
  v128.store(r1, s10);
  v128.store(r1, s11, 16);
  v128.store(r2, s20);
  v128.store(r2, s21, 16);
  v128.store(r3, s30);
  v128.store(r3, s31, 16);
}
