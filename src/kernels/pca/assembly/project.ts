// asc: --importMemory
// Projection on principal components, products in float32, in float64 sums: the twin of `makeReferenceProjector` in
// ../project.ts. Addresses are bytes; `width` is a multiple of 4.

import { multiplyAdd, sumsOfLanes } from './lanes';

/** 32 columns are summed in float32 before they are added in float64. */
const STRIP_BYTES: usize = 128;

/**
 * scores [rows, count] = components [count, width] (block [rows, width] - mean [width]) + offset [count], which is float64,
 * the rest float32. Rows are taken by four and components by two, so there must be memory for so many; what lies there
 * may be anything. `centred` [4, width] is scratch.
 */
export function project(
  block: usize,
  mean: usize,
  components: usize,
  offset: usize,
  centred: usize,
  scores: usize,
  rows: i32,
  width: i32,
  count: i32,
): void {
  const rowBytes = <usize>width << 2;
  const scoreBytes = <usize>count << 2;
  for (let row = 0; row < rows; row += 4) {
    for (let at: usize = 0; at < rowBytes << 2; at += rowBytes) {
      for (let i: usize = 0; i < rowBytes; i += 16) {
        v128.store(centred + at + i, f32x4.sub(v128.load(block + at + i), v128.load(mean + i)));
      }
    }
    for (let c = 0; c < count; c += 2) {
      let d0 = f64x2.splat(0);
      let d1 = f64x2.splat(0);
      let d2 = f64x2.splat(0);
      let d3 = f64x2.splat(0);
      let w = components + <usize>c * rowBytes;
      for (let x = centred; x < centred + rowBytes; ) {
        let s00 = f32x4.splat(0);
        let s01 = f32x4.splat(0);
        let s10 = f32x4.splat(0);
        let s11 = f32x4.splat(0);
        let s20 = f32x4.splat(0);
        let s21 = f32x4.splat(0);
        let s30 = f32x4.splat(0);
        let s31 = f32x4.splat(0);
        const stop = min(x + STRIP_BYTES, centred + rowBytes);
        for (; x < stop; x += 16, w += 16) {
          const w0 = v128.load(w);
          const w1 = v128.load(w + rowBytes);
          let v = v128.load(x);
          s00 = multiplyAdd(v, w0, s00);
          s01 = multiplyAdd(v, w1, s01);
          v = v128.load(x + rowBytes);
          s10 = multiplyAdd(v, w0, s10);
          s11 = multiplyAdd(v, w1, s11);
          v = v128.load(x + 2 * rowBytes);
          s20 = multiplyAdd(v, w0, s20);
          s21 = multiplyAdd(v, w1, s21);
          v = v128.load(x + 3 * rowBytes);
          s30 = multiplyAdd(v, w0, s30);
          s31 = multiplyAdd(v, w1, s31);
        }
        const upper = sumsOfLanes(s00, s01, s10, s11);
        const lower = sumsOfLanes(s20, s21, s30, s31);
        d0 = f64x2.add(d0, f64x2.promote_low_f32x4(upper));
        d1 = f64x2.add(d1, f64x2.promote_low_f32x4(v128.shuffle<i64>(upper, upper, 1, 1)));
        d2 = f64x2.add(d2, f64x2.promote_low_f32x4(lower));
        d3 = f64x2.add(d3, f64x2.promote_low_f32x4(v128.shuffle<i64>(lower, lower, 1, 1)));
      }
      const constant = v128.load(offset + (<usize>c << 3));
      const to = scores + (<usize>c << 2);
      storeScores(to, f64x2.add(d0, constant), c + 1 < count);
      storeScores(to + scoreBytes, f64x2.add(d1, constant), c + 1 < count);
      storeScores(to + 2 * scoreBytes, f64x2.add(d2, constant), c + 1 < count);
      storeScores(to + 3 * scoreBytes, f64x2.add(d3, constant), c + 1 < count);
    }
    block += rowBytes << 2;
    scores += scoreBytes << 2;
  }
}

/** Two scores, or the first of them. */
// @ts-ignore: decorator
@inline
function storeScores(to: usize, scores: v128, both: bool): void {
  const rounded = f32x4.demote_f64x2_zero(scores);
  if (both) v128.store64_lane(to, rounded, 0);
  else v128.store32_lane(to, rounded, 0);
}
