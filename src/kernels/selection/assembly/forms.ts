// p, q, r, t in closed form, in float64. Addresses are bytes.

/**
 * p, q, r, t [4] of four atoms, whose features are `first` [D][4], from P and PSP [D, D]. Where D is odd, there are zeros behind
 * the features, and a row of zeros behind each matrix.
 */
export function forms(first: usize, D: i32, P: usize, PSP: usize, p: usize, q: usize, r: usize, t: usize): void {
  const line = D << 3;
  const end = first + (D << 5);
  let p0 = f64x2.splat(0);
  let p1 = f64x2.splat(0);
  let q0 = f64x2.splat(0);
  let q1 = f64x2.splat(0);
  let r0 = f64x2.splat(0);
  let r1 = f64x2.splat(0);
  let t0 = f64x2.splat(0);
  let t1 = f64x2.splat(0);
  for (let i = first; i < end; i += 64) {
    // u = P x and w = PSP x, elements i and i + 1.
    let u00 = f64x2.splat(0);
    let u01 = f64x2.splat(0);
    let u10 = f64x2.splat(0);
    let u11 = f64x2.splat(0);
    let w00 = f64x2.splat(0);
    let w01 = f64x2.splat(0);
    let w10 = f64x2.splat(0);
    let w11 = f64x2.splat(0);
    for (let j = first; j < end; j += 32) {
      const x0 = v128.load(j);
      const x1 = v128.load(j, 16);
      let y = v128.load64_splat(P);
      u00 = f64x2.add(u00, f64x2.mul(y, x0));
      u01 = f64x2.add(u01, f64x2.mul(y, x1));
      y = v128.load64_splat(P + line);
      u10 = f64x2.add(u10, f64x2.mul(y, x0));
      u11 = f64x2.add(u11, f64x2.mul(y, x1));
      y = v128.load64_splat(PSP);
      w00 = f64x2.add(w00, f64x2.mul(y, x0));
      w01 = f64x2.add(w01, f64x2.mul(y, x1));
      y = v128.load64_splat(PSP + line);
      w10 = f64x2.add(w10, f64x2.mul(y, x0));
      w11 = f64x2.add(w11, f64x2.mul(y, x1));
      P += 8;
      PSP += 8;
    }
    P += line;
    PSP += line;
    let x = v128.load(i);
    p0 = f64x2.add(p0, f64x2.mul(x, u00));
    q0 = f64x2.add(q0, f64x2.mul(x, w00));
    r0 = f64x2.add(r0, f64x2.mul(u00, w00));
    t0 = f64x2.add(t0, f64x2.mul(u00, u00));
    x = v128.load(i, 16);
    p1 = f64x2.add(p1, f64x2.mul(x, u01));
    q1 = f64x2.add(q1, f64x2.mul(x, w01));
    r1 = f64x2.add(r1, f64x2.mul(u01, w01));
    t1 = f64x2.add(t1, f64x2.mul(u01, u01));
    x = v128.load(i, 32);
    p0 = f64x2.add(p0, f64x2.mul(x, u10));
    q0 = f64x2.add(q0, f64x2.mul(x, w10));
    r0 = f64x2.add(r0, f64x2.mul(u10, w10));
    t0 = f64x2.add(t0, f64x2.mul(u10, u10));
    x = v128.load(i, 48);
    p1 = f64x2.add(p1, f64x2.mul(x, u11));
    q1 = f64x2.add(q1, f64x2.mul(x, w11));
    r1 = f64x2.add(r1, f64x2.mul(u11, w11));
    t1 = f64x2.add(t1, f64x2.mul(u11, u11));
  }
  v128.store(p, p0);
  v128.store(p, p1, 16);
  v128.store(q, q0);
  v128.store(q, q1, 16);
  v128.store(r, r0);
  v128.store(r, r1, 16);
  v128.store(t, t0);
  v128.store(t, t1, 16);
}
