// asc: --importMemory
// Symmetric rank-k update in float32, added to float64 sums: the twin of `makeReferenceAccumulator` in
// ../secondMoment.ts. Addresses are bytes; columns are padded with zeros to a multiple of 8.

/**
 * Shift a block [rows, stride], add its columns to `sum`, and lay it out in panels of 8 columns, [padded / 8][rows][8], so
 * that `update` reads memory in order.
 */
export function pack(block: usize, shift: usize, sum: usize, panels: usize, rows: i32, stride: i32): void {
  const rowBytes = <usize>stride << 2;
  const panelBytes = <usize>rows << 5;
  for (let column = 0; column < stride; column += 4) {
    const centre = v128.load(shift + (<usize>column << 2));
    let total = f32x4.splat(0);
    let from = block + (<usize>column << 2);
    let to = panels + <usize>(column >> 3) * panelBytes + (<usize>(column & 7) << 2);
    for (let row = 0; row < rows; row++) {
      const x = f32x4.sub(v128.load(from), centre);
      v128.store(to, x);
      total = f32x4.add(total, x);
      from += rowBytes;
      to += 32;
    }
    addPromoted(sum + (<usize>column << 3), total);
  }
}

/** Four float64 sums += four float32 numbers. */
// @ts-ignore: decorator
@inline
function addPromoted(to: usize, v: v128): void {
  const high = v128.shuffle<i64>(v, v, 1, 1);
  v128.store(to, f64x2.add(v128.load(to), f64x2.promote_low_f32x4(v)));
  v128.store(to, f64x2.add(v128.load(to, 16), f64x2.promote_low_f32x4(high)), 16);
}

/** a b + c; the relaxed build rounds once where the processor can. */
// @ts-ignore: decorator
@inline
function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (isDefined(RELAXED)) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(c, f32x4.mul(a, b));
}

/**
 * Add panels^T panels to `products` [padded, padded] float64, the upper triangle of it and a little more: a tile of
 * 4 x 8 sums at a time, in registers.
 */
export function update(panels: usize, products: usize, rows: i32, padded: i32): void {
  const stride = <usize>padded << 3;
  const panelBytes = <usize>rows << 5;
  for (let i = 0; i < padded; i += 4) {
    const left = panels + <usize>(i >> 3) * panelBytes + (<usize>(i & 7) << 2);
    const leftEnd = left + panelBytes;
    for (let j = i & ~7; j < padded; j += 8) {
      let c00 = f32x4.splat(0);
      let c01 = f32x4.splat(0);
      let c10 = f32x4.splat(0);
      let c11 = f32x4.splat(0);
      let c20 = f32x4.splat(0);
      let c21 = f32x4.splat(0);
      let c30 = f32x4.splat(0);
      let c31 = f32x4.splat(0);
      let b = panels + <usize>(j >> 3) * panelBytes;
      for (let a = left; a < leftEnd; a += 32, b += 32) {
        const b0 = v128.load(b);
        const b1 = v128.load(b, 16);
        let x = v128.load32_splat(a);
        c00 = multiplyAdd(x, b0, c00);
        c01 = multiplyAdd(x, b1, c01);
        x = v128.load32_splat(a, 4);
        c10 = multiplyAdd(x, b0, c10);
        c11 = multiplyAdd(x, b1, c11);
        x = v128.load32_splat(a, 8);
        c20 = multiplyAdd(x, b0, c20);
        c21 = multiplyAdd(x, b1, c21);
        x = v128.load32_splat(a, 12);
        c30 = multiplyAdd(x, b0, c30);
        c31 = multiplyAdd(x, b1, c31);
      }
      const to = products + <usize>i * stride + (<usize>j << 3);
      addPromoted(to, c00);
      addPromoted(to + 32, c01);
      addPromoted(to + stride, c10);
      addPromoted(to + stride + 32, c11);
      addPromoted(to + 2 * stride, c20);
      addPromoted(to + 2 * stride + 32, c21);
      addPromoted(to + 3 * stride, c30);
      addPromoted(to + 3 * stride + 32, c31);
    }
  }
}
