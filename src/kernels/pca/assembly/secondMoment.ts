// asc: --importMemory
// Symmetric rank-k update in float64: the twin of `makeReferenceAccumulator` in ../secondMoment.ts, bit for bit.
// Addresses are bytes; columns are padded to a multiple of 4 with zeros.

/**
 * Shift a block [rows, width], add its columns to `sum`, and lay it out in panels of 4 columns, [padded / 4][rows][4], so
 * that `update` reads memory in order.
 */
export function pack(block: usize, shift: usize, sum: usize, panels: usize, rows: i32, width: i32): void {
  for (let column = 0; column < width; column++) {
    const centre = load<f64>(shift + (column << 3));
    let total = load<f64>(sum + (column << 3));
    let from = block + (column << 3);
    let to = panels + (((column >> 2) * rows) << 5) + ((column & 3) << 3);
    for (let row = 0; row < rows; row++) {
      const x = load<f64>(from) - centre;
      store<f64>(to, x);
      total += x;
      from += width << 3;
      to += 32;
    }
    store<f64>(sum + (column << 3), total);
  }
}

/** Add panels^T panels to the upper triangle of `products` [padded, padded], a tile of 4 x 4 sums in registers. */
export function update(panels: usize, products: usize, rows: i32, padded: i32): void {
  const stride = padded << 3;
  const panelBytes = rows << 5;
  for (let i = 0; i < padded; i += 4) {
    const left = panels + (i >> 2) * panelBytes;
    const leftEnd = left + panelBytes;
    for (let j = i; j < padded; j += 4) {
      const r0 = products + i * stride + (j << 3);
      const r1 = r0 + stride;
      const r2 = r1 + stride;
      const r3 = r2 + stride;
      let c00 = v128.load(r0);
      let c01 = v128.load(r0, 16);
      let c10 = v128.load(r1);
      let c11 = v128.load(r1, 16);
      let c20 = v128.load(r2);
      let c21 = v128.load(r2, 16);
      let c30 = v128.load(r3);
      let c31 = v128.load(r3, 16);
      let b = panels + (j >> 2) * panelBytes;
      for (let a = left; a < leftEnd; a += 32, b += 32) {
        const b0 = v128.load(b);
        const b1 = v128.load(b, 16);
        let x = v128.load64_splat(a);
        c00 = f64x2.add(c00, f64x2.mul(x, b0));
        c01 = f64x2.add(c01, f64x2.mul(x, b1));
        x = v128.load64_splat(a, 8);
        c10 = f64x2.add(c10, f64x2.mul(x, b0));
        c11 = f64x2.add(c11, f64x2.mul(x, b1));
        x = v128.load64_splat(a, 16);
        c20 = f64x2.add(c20, f64x2.mul(x, b0));
        c21 = f64x2.add(c21, f64x2.mul(x, b1));
        x = v128.load64_splat(a, 24);
        c30 = f64x2.add(c30, f64x2.mul(x, b0));
        c31 = f64x2.add(c31, f64x2.mul(x, b1));
      }
      v128.store(r0, c00);
      v128.store(r0, c01, 16);
      v128.store(r1, c10);
      v128.store(r1, c11, 16);
      v128.store(r2, c20);
      v128.store(r2, c21, 16);
      v128.store(r3, c30);
      v128.store(r3, c31, 16);
    }
  }
}
