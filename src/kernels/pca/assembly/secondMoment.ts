// asc: --importMemory
// Symmetric rank-k update in float32, added to float64 sums: the twin of `makeReferenceAccumulator` in
// ../secondMoment.ts. Addresses are bytes; `columns` is a multiple of 4, and so is `rows`.

import { multiplyAdd, sumsOfLanes } from './lanes';

/**
 * Shift a block [rows, columns], add its columns to `sum`, and lay it out in panels of 4 columns, [columns / 4][rows / 4]
 * [4 columns][4 rows], so that `update` reads memory in order and has 4 rows in a register.
 */
export function pack(block: usize, shift: usize, sum: usize, panels: usize, rows: i32, columns: i32): void {
  const rowBytes = <usize>columns << 2;
  for (let column: usize = 0; column < <usize>columns; column += 4) {
    const centre = v128.load(shift + (column << 2));
    let total = f32x4.splat(0);
    let from = block + (column << 2);
    for (let row = 0; row < rows; row += 4) {
      const x0 = f32x4.sub(v128.load(from), centre);
      const x1 = f32x4.sub(v128.load(from + rowBytes), centre);
      from += rowBytes << 1;
      const x2 = f32x4.sub(v128.load(from), centre);
      const x3 = f32x4.sub(v128.load(from + rowBytes), centre);
      from += rowBytes << 1;
      total = f32x4.add(total, f32x4.add(f32x4.add(x0, x1), f32x4.add(x2, x3)));
      const low01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5);
      const low23 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5);
      const high01 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
      const high23 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
      v128.store(panels, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
      v128.store(panels, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), 16);
      v128.store(panels, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 32);
      v128.store(panels, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 48);
      panels += 64;
    }
    addPromoted(sum + (column << 3), total);
  }
}

/**
 * Add panels^T panels to `products` float64: tiles of 4 x 2 products, row by row of the upper triangle of tiles. A product
 * is summed in four lanes, each a quarter of the rows, which makes it twice as exact as one sum.
 */
export function update(panels: usize, products: usize, rows: i32, columns: i32): void {
  const panelBytes = <usize>rows << 4;
  const end = panels + <usize>(columns >> 2) * panelBytes;
  for (let left = panels; left < end; left += panelBytes) {
    for (let right = left; right < end; right += panelBytes) {
      for (let half = right; half < right + 64; half += 32) {
        let c00 = f32x4.splat(0);
        let c01 = f32x4.splat(0);
        let c10 = f32x4.splat(0);
        let c11 = f32x4.splat(0);
        let c20 = f32x4.splat(0);
        let c21 = f32x4.splat(0);
        let c30 = f32x4.splat(0);
        let c31 = f32x4.splat(0);
        let b = half;
        for (let a = left; a < left + panelBytes; a += 64, b += 64) {
          const b0 = v128.load(b);
          const b1 = v128.load(b, 16);
          let x = v128.load(a);
          c00 = multiplyAdd(x, b0, c00);
          c01 = multiplyAdd(x, b1, c01);
          x = v128.load(a, 16);
          c10 = multiplyAdd(x, b0, c10);
          c11 = multiplyAdd(x, b1, c11);
          x = v128.load(a, 32);
          c20 = multiplyAdd(x, b0, c20);
          c21 = multiplyAdd(x, b1, c21);
          x = v128.load(a, 48);
          c30 = multiplyAdd(x, b0, c30);
          c31 = multiplyAdd(x, b1, c31);
        }
        addPromoted(products, sumsOfLanes(c00, c01, c10, c11));
        addPromoted(products + 32, sumsOfLanes(c20, c21, c30, c31));
        products += 64;
      }
    }
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
