// asc: --importMemory
// Projection on principal components in float64: the twin of `makeReferenceProjector` in ../project.ts, bit for bit.
// Addresses are bytes.

/** centred [rows, width] float64 = block [rows, stride] float32 less the mean [width] float64. */
export function centre(block: usize, mean: usize, centred: usize, rows: i32, width: i32, stride: i32): void {
  for (let row = 0; row < rows; row++) {
    for (let i: usize = 0; i < <usize>width; i++) {
      store<f64>(centred, <f64>load<f32>(block + (i << 2)) - load<f64>(mean + (i << 3)));
      centred += 8;
    }
    block += <usize>stride << 2;
  }
}

/**
 * scores [rows, count] float32 = centred [rows, width] times components, given in panels of 4 components,
 * [ceil(count / 4)][width][4]. Rows are taken by four: there must be memory for a multiple of 4, of which those
 * after `rows` may be anything.
 */
export function multiply(centred: usize, components: usize, scores: usize, rows: i32, width: i32, count: i32): void {
  const rowBytes = width << 3;
  for (let row = 0; row < rows; row += 4) {
    for (let c = 0; c < count; c += 4) {
      let s00 = f64x2.splat(0);
      let s01 = f64x2.splat(0);
      let s10 = f64x2.splat(0);
      let s11 = f64x2.splat(0);
      let s20 = f64x2.splat(0);
      let s21 = f64x2.splat(0);
      let s30 = f64x2.splat(0);
      let s31 = f64x2.splat(0);
      let x0 = centred + row * rowBytes;
      let x1 = x0 + rowBytes;
      let x2 = x1 + rowBytes;
      let x3 = x2 + rowBytes;
      let w = components + (c >> 2) * (rowBytes << 2);
      for (let i = 0; i < width; i++) {
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
        w += 32;
      }
      const to = scores + ((row * count + c) << 2);
      const wanted = count - c;
      storeScores(to, s00, s01, wanted);
      storeScores(to + (count << 2), s10, s11, wanted);
      storeScores(to + (count << 3), s20, s21, wanted);
      storeScores(to + 3 * (count << 2), s30, s31, wanted);
    }
  }
}

// @ts-ignore: decorator
@inline
function storeScores(to: usize, low: v128, high: v128, wanted: i32): void {
  store<f32>(to, <f32>f64x2.extract_lane(low, 0));
  if (wanted > 1) store<f32>(to, <f32>f64x2.extract_lane(low, 1), 4);
  if (wanted > 2) store<f32>(to, <f32>f64x2.extract_lane(high, 0), 8);
  if (wanted > 3) store<f32>(to, <f32>f64x2.extract_lane(high, 1), 12);
}
