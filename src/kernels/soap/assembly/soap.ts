// asc: --importMemory
// SOAP of a block of atoms in float32, four numbers at a time: the twin of `TabulatedSoap` in ../tabulated.ts.
// Addresses are bytes. Radial channels are padded with zeros to a multiple of 4, `channels`.

let nMax: i32 = 0;
let lMax: i32 = 0;
let channels: i32 = 0;
let cutoff: f64 = 0;
let fadeWidth: f64 = 0;
let intervals: i32 = 0;
let central: f32 = 0;
let normalise: bool = false;
let lastElement: f32 = 0;
/** [intervals + 1][2][lMax + 1][channels] values of g_nl and interval length times slopes. */
let table: usize = 0;
/** [lMax + 1] and twice [(lMax + 1)^2]: the recurrence of ../harmonics.ts. */
let diagonal: usize = 0;
let up: usize = 0;
let back: usize = 0;
/** [D - 1] where in `gram` each component lies, bytes, and what it is multiplied by; both padded to a multiple of 4. */
let componentAddress: usize = 0;
let componentScale: usize = 0;
/** [(lMax + 1)^2][channels] c_nlm. */
let coefficients: usize = 0;
/** [lMax + 1][channels][channels] sums over m of products of coefficients; the lower triangle in tiles of 4 x 4. */
let gram: usize = 0;
/** [reach] interval of each neighbour, and [4][reach] its Hermite polynomials times its weight. */
let interval: usize = 0;
let hermite: usize = 0;
/** [neighbours][lMax + 1][channels] radial part. */
let radial: usize = 0;
/** [(lMax + 1)^2][reach] angular part. */
let angular: usize = 0;
/** Bytes from one row of `hermite` and `angular` to the next: 4 times the most neighbours, rounded up to whole vectors. */
let reach: usize = 0;

export function configure(
  nMax_: i32,
  lMax_: i32,
  channels_: i32,
  cutoff_: f64,
  fadeWidth_: f64,
  intervals_: i32,
  central_: f32,
  normalise_: bool,
  lastElement_: f32,
): void {
  nMax = nMax_;
  lMax = lMax_;
  channels = channels_;
  cutoff = cutoff_;
  fadeWidth = fadeWidth_;
  intervals = intervals_;
  central = central_;
  normalise = normalise_;
  lastElement = lastElement_;
}

export function setTables(
  table_: usize,
  diagonal_: usize,
  up_: usize,
  back_: usize,
  componentAddress_: usize,
  componentScale_: usize,
  coefficients_: usize,
  gram_: usize,
): void {
  table = table_;
  diagonal = diagonal_;
  up = up_;
  back = back_;
  componentAddress = componentAddress_;
  componentScale = componentScale_;
  coefficients = coefficients_;
  gram = gram_;
}

export function setScratch(interval_: usize, hermite_: usize, radial_: usize, angular_: usize, reach_: usize): void {
  interval = interval_;
  hermite = hermite_;
  radial = radial_;
  angular = angular_;
  reach = reach_;
}

/**
 * Descriptors of `atoms` atoms, to `out` and every `stride` bytes after it. Atom k has the neighbours `start[k]` to
 * `start[k + 1]`, all nearer than the cutoff. Up to 3 numbers after the last neighbour are read and not used.
 */
export function describe(
  start: usize,
  dx: usize,
  dy: usize,
  dz: usize,
  distance2: usize,
  atoms: i32,
  out: usize,
  stride: usize,
): void {
  for (let atom = 0; atom < atoms; atom++) {
    const first = load<u32>(start + (<usize>atom << 2));
    const count = <i32>(load<u32>(start + (<usize>atom << 2), 4) - first);
    const skip = <usize>first << 3;
    for (let j = 0; j < count; j += 4) placeFour(dx + skip, dy + skip, dz + skip, distance2 + skip, j);
    for (let j = 0; j < count; j++) lookUp(j);
    expand(count);
    multiply();
    finish(out);
    out += stride;
  }
}

/** a b + c; the relaxed build rounds once where the processor can. */
// @ts-ignore: decorator
@inline
function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (isDefined(RELAXED)) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(c, f32x4.mul(a, b));
}

/** sin(pi u) for u in [-1/2, 1/2]: the series up to the 13th power, 1e-9 off at most. */
// @ts-ignore: decorator
@inline
function sinPi(u: v128): v128 {
  const x = f64x2.mul(u, f64x2.splat(Math.PI));
  const y = f64x2.mul(x, x);
  let sum = f64x2.splat(1.0 / 6227020800.0);
  sum = f64x2.add(f64x2.mul(sum, y), f64x2.splat(-1.0 / 39916800.0));
  sum = f64x2.add(f64x2.mul(sum, y), f64x2.splat(1.0 / 362880.0));
  sum = f64x2.add(f64x2.mul(sum, y), f64x2.splat(-1.0 / 5040.0));
  sum = f64x2.add(f64x2.mul(sum, y), f64x2.splat(1.0 / 120.0));
  sum = f64x2.add(f64x2.mul(sum, y), f64x2.splat(-1.0 / 6.0));
  sum = f64x2.add(f64x2.mul(sum, y), f64x2.splat(1.0));
  return f64x2.mul(sum, x);
}

/** The cosine switch of SOAP-SPEC section 3 at two distances. */
// @ts-ignore: decorator
@inline
function fadeTwo(r: v128): v128 {
  const into = f64x2.div(f64x2.sub(r, f64x2.splat(cutoff - fadeWidth)), f64x2.splat(fadeWidth));
  const u = f64x2.sub(f64x2.max(into, f64x2.splat(0)), f64x2.splat(0.5));
  return f64x2.mul(f64x2.sub(f64x2.splat(1), sinPi(u)), f64x2.splat(0.5));
}

/** Two float32 vectors of two into one of four. */
// @ts-ignore: decorator
@inline
function join(low: v128, high: v128): v128 {
  return v128.shuffle<i64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

/** Interval, Hermite polynomials and spherical harmonics of four neighbours, from j on. Distances are float64 as far as the table's argument. */
// @ts-ignore: decorator
@inline
function placeFour(dx: usize, dy: usize, dz: usize, distance2: usize, j: i32): void {
  const at = <usize>j << 3;
  const r0 = f64x2.sqrt(v128.load(distance2 + at));
  const r1 = f64x2.sqrt(v128.load(distance2 + at, 16));
  const inverse0 = f64x2.div(f64x2.splat(1), r0);
  const inverse1 = f64x2.div(f64x2.splat(1), r1);
  const x = join(f64x2.mul(v128.load(dx + at), inverse0), f64x2.mul(v128.load(dx + at, 16), inverse1));
  const y = join(f64x2.mul(v128.load(dy + at), inverse0), f64x2.mul(v128.load(dy + at, 16), inverse1));
  const z = join(f64x2.mul(v128.load(dz + at), inverse0), f64x2.mul(v128.load(dz + at, 16), inverse1));

  const perLength = f64x2.splat(<f64>intervals / cutoff);
  const last = f64x2.splat(<f64>(intervals - 1));
  const scaled0 = f64x2.mul(r0, perLength);
  const scaled1 = f64x2.mul(r1, perLength);
  // Just below the cutoff the product may round up to the end of the table.
  const floor0 = f64x2.min(f64x2.floor(scaled0), last);
  const floor1 = f64x2.min(f64x2.floor(scaled1), last);
  const node = v128.shuffle<i64>(i32x4.trunc_sat_f64x2_s_zero(floor0), i32x4.trunc_sat_f64x2_s_zero(floor1), 0, 2);
  v128.store(interval + (<usize>j << 2), node);
  const t = join(f64x2.sub(scaled0, floor0), f64x2.sub(scaled1, floor1));
  const fade = join(fadeTwo(r0), fadeTwo(r1));
  const one = f32x4.splat(1);
  const u = f32x4.sub(one, t);
  const fadeT = f32x4.mul(fade, t);
  const fadeU = f32x4.mul(fade, u);
  const to = hermite + (<usize>j << 2);
  v128.store(to, f32x4.mul(f32x4.add(one, f32x4.add(t, t)), f32x4.mul(fadeU, u)));
  v128.store(to + reach, f32x4.mul(fadeT, f32x4.mul(u, u)));
  v128.store(to + 2 * reach, f32x4.mul(f32x4.add(one, f32x4.add(u, u)), f32x4.mul(fadeT, t)));
  v128.store(to + 3 * reach, f32x4.neg(f32x4.mul(fadeU, f32x4.mul(t, t))));
  harmonicsOfFour(x, y, z, angular + (<usize>j << 2));
}

/** Y_lm of four unit vectors, as `Harmonics` in ../harmonics.ts has them, to `to` and every `reach` bytes after it. */
// @ts-ignore: decorator
@inline
function harmonicsOfFour(x: v128, y: v128, z: v128, to: usize): void {
  let real = f32x4.splat(1);
  let imaginary = f32x4.splat(0);
  let sectoral = f32x4.splat(1);
  for (let m = 0; m <= lMax; m++) {
    if (m > 0) {
      // The sqrt 2 of m > 0 is taken in at m = 1.
      const scale = f32x4.splat(m == 1 ? <f32>Math.SQRT2 : <f32>1);
      const previous = real;
      real = f32x4.mul(scale, f32x4.sub(f32x4.mul(x, previous), f32x4.mul(y, imaginary)));
      imaginary = f32x4.mul(scale, f32x4.add(f32x4.mul(x, imaginary), f32x4.mul(y, previous)));
    }
    sectoral = f32x4.mul(sectoral, v128.load32_splat(diagonal + (<usize>m << 2)));
    let before = f32x4.splat(0);
    let q = sectoral;
    for (let l = m; l <= lMax; l++) {
      const centre = l * l + l;
      if (l > m) {
        const k = <usize>(centre + m) << 2;
        const next = f32x4.mul(
          v128.load32_splat(up + k),
          f32x4.sub(f32x4.mul(z, q), f32x4.mul(v128.load32_splat(back + k), before)),
        );
        before = q;
        q = next;
      }
      v128.store(to + <usize>(centre + m) * reach, f32x4.mul(q, real));
      if (m > 0) v128.store(to + <usize>(centre - m) * reach, f32x4.mul(q, imaginary));
    }
  }
}

/** G_nl of neighbour j from the table. */
// @ts-ignore: decorator
@inline
function lookUp(j: i32): void {
  const width = <usize>((lMax + 1) * channels) << 2;
  const polynomial = hermite + (<usize>j << 2);
  const value0 = v128.load32_splat(polynomial);
  const slope0 = v128.load32_splat(polynomial + reach);
  const value1 = v128.load32_splat(polynomial + 2 * reach);
  const slope1 = v128.load32_splat(polynomial + 3 * reach);
  let from = table + <usize>load<u32>(interval + (<usize>j << 2)) * 2 * width;
  let to = radial + <usize>j * width;
  const end = to + width;
  for (; to < end; to += 16, from += 16) {
    let g = f32x4.mul(value0, v128.load(from));
    g = multiplyAdd(slope0, v128.load(from + width), g);
    g = multiplyAdd(value1, v128.load(from + 2 * width), g);
    v128.store(to, multiplyAdd(slope1, v128.load(from + 3 * width), g));
  }
}

/** c_nlm = sum_j G_nl(j) Y_lm(j), plus the central atom (SOAP-SPEC section 6). Sums of a tile stay in registers. */
// @ts-ignore: decorator
@inline
function expand(count: i32): void {
  const width = <usize>((lMax + 1) * channels) << 2;
  const row = <usize>channels << 2;
  for (let l = 0; l <= lMax; l++) {
    for (let n = 0; n < channels; ) {
      const G = radial + (<usize>(l * channels + n) << 2);
      let lm = l * l;
      const end = (l + 1) * (l + 1);
      let to = coefficients + (<usize>(lm * channels + n) << 2);
      if (n + 12 <= channels) {
        for (; lm + 3 <= end; lm += 3, to += 3 * row) expandThreeByThree(G, width, angular + <usize>lm * reach, count, to, row);
        for (; lm < end; lm++, to += row) expandThree(G, width, angular + <usize>lm * reach, count, to);
        n += 12;
      } else {
        for (; lm < end; lm++, to += row) expandOne(G, width, angular + <usize>lm * reach, count, to);
        n += 4;
      }
    }
  }
  store<f32>(coefficients, load<f32>(coefficients) + central);
}

/** Three harmonics times twelve radial channels. */
// @ts-ignore: decorator
@inline
function expandThreeByThree(G: usize, width: usize, Y: usize, count: i32, to: usize, row: usize): void {
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c02 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c12 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c22 = f32x4.splat(0);
  const end = Y + (<usize>count << 2);
  for (; Y < end; Y += 4, G += width) {
    const g0 = v128.load(G);
    const g1 = v128.load(G, 16);
    const g2 = v128.load(G, 32);
    let y = v128.load32_splat(Y);
    c00 = multiplyAdd(y, g0, c00);
    c01 = multiplyAdd(y, g1, c01);
    c02 = multiplyAdd(y, g2, c02);
    y = v128.load32_splat(Y + reach);
    c10 = multiplyAdd(y, g0, c10);
    c11 = multiplyAdd(y, g1, c11);
    c12 = multiplyAdd(y, g2, c12);
    y = v128.load32_splat(Y + 2 * reach);
    c20 = multiplyAdd(y, g0, c20);
    c21 = multiplyAdd(y, g1, c21);
    c22 = multiplyAdd(y, g2, c22);
  }
  v128.store(to, c00);
  v128.store(to, c01, 16);
  v128.store(to, c02, 32);
  v128.store(to + row, c10);
  v128.store(to + row, c11, 16);
  v128.store(to + row, c12, 32);
  v128.store(to + 2 * row, c20);
  v128.store(to + 2 * row, c21, 16);
  v128.store(to + 2 * row, c22, 32);
}

/** One harmonic times twelve radial channels. */
// @ts-ignore: decorator
@inline
function expandThree(G: usize, width: usize, Y: usize, count: i32, to: usize): void {
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  let c2 = f32x4.splat(0);
  const end = Y + (<usize>count << 2);
  for (; Y < end; Y += 4, G += width) {
    const y = v128.load32_splat(Y);
    c0 = multiplyAdd(y, v128.load(G), c0);
    c1 = multiplyAdd(y, v128.load(G, 16), c1);
    c2 = multiplyAdd(y, v128.load(G, 32), c2);
  }
  v128.store(to, c0);
  v128.store(to, c1, 16);
  v128.store(to, c2, 32);
}

/** One harmonic times four radial channels. */
// @ts-ignore: decorator
@inline
function expandOne(G: usize, width: usize, Y: usize, count: i32, to: usize): void {
  let c = f32x4.splat(0);
  const end = Y + (<usize>count << 2);
  for (; Y < end; Y += 4, G += width) c = multiplyAdd(v128.load32_splat(Y), v128.load(G), c);
  v128.store(to, c);
}

/** For every l the sums over m of c_klm c_k'lm, for tiles of four k by up to eight k' that hold any k' <= k. */
// @ts-ignore: decorator
@inline
function multiply(): void {
  const row = <usize>channels << 2;
  for (let l = 0; l <= lMax; l++) {
    const from = coefficients + <usize>(l * l) * row;
    const end = from + <usize>(2 * l + 1) * row;
    const to = gram + <usize>(l * channels) * row;
    for (let k: usize = 0; k < row; k += 16) {
      let other: usize = 0;
      for (; other + 16 <= k; other += 32) multiplyEight(from, end, row, k, other, to + (k >> 2) * row + other);
      if (other <= k) multiplyFour(from, end, row, k, other, to + (k >> 2) * row + other);
    }
  }
}

// @ts-ignore: decorator
@inline
function multiplyEight(from: usize, end: usize, row: usize, k: usize, other: usize, to: usize): void {
  let p00 = f32x4.splat(0);
  let p01 = f32x4.splat(0);
  let p10 = f32x4.splat(0);
  let p11 = f32x4.splat(0);
  let p20 = f32x4.splat(0);
  let p21 = f32x4.splat(0);
  let p30 = f32x4.splat(0);
  let p31 = f32x4.splat(0);
  for (let c = from; c < end; c += row) {
    const b0 = v128.load(c + other);
    const b1 = v128.load(c + other, 16);
    let a = v128.load32_splat(c + k);
    p00 = multiplyAdd(a, b0, p00);
    p01 = multiplyAdd(a, b1, p01);
    a = v128.load32_splat(c + k, 4);
    p10 = multiplyAdd(a, b0, p10);
    p11 = multiplyAdd(a, b1, p11);
    a = v128.load32_splat(c + k, 8);
    p20 = multiplyAdd(a, b0, p20);
    p21 = multiplyAdd(a, b1, p21);
    a = v128.load32_splat(c + k, 12);
    p30 = multiplyAdd(a, b0, p30);
    p31 = multiplyAdd(a, b1, p31);
  }
  v128.store(to, p00);
  v128.store(to, p01, 16);
  v128.store(to + row, p10);
  v128.store(to + row, p11, 16);
  v128.store(to + 2 * row, p20);
  v128.store(to + 2 * row, p21, 16);
  v128.store(to + 3 * row, p30);
  v128.store(to + 3 * row, p31, 16);
}

// @ts-ignore: decorator
@inline
function multiplyFour(from: usize, end: usize, row: usize, k: usize, other: usize, to: usize): void {
  let p0 = f32x4.splat(0);
  let p1 = f32x4.splat(0);
  let p2 = f32x4.splat(0);
  let p3 = f32x4.splat(0);
  for (let c = from; c < end; c += row) {
    const b = v128.load(c + other);
    p0 = multiplyAdd(v128.load32_splat(c + k), b, p0);
    p1 = multiplyAdd(v128.load32_splat(c + k, 4), b, p1);
    p2 = multiplyAdd(v128.load32_splat(c + k, 8), b, p2);
    p3 = multiplyAdd(v128.load32_splat(c + k, 12), b, p3);
  }
  v128.store(to, p0);
  v128.store(to + row, p1);
  v128.store(to + 2 * row, p2);
  v128.store(to + 3 * row, p3);
}

/** Bring the components into GAP's order, scale, normalise and set the last element (SOAP-SPEC sections 7 and 8). */
// @ts-ignore: decorator
@inline
function finish(out: usize): void {
  const count = <usize>((lMax + 1) * ((nMax * (nMax + 1)) >> 1));
  let norm2 = f32x4.splat(0);
  const end = out + (count << 2);
  let address = componentAddress;
  let scale = componentScale;
  for (let to = out; to < end; to += 16, address += 16, scale += 16) {
    let v = v128.load32_zero(gram + load<u32>(address));
    v = v128.load32_lane(gram + load<u32>(address, 4), v, 1);
    v = v128.load32_lane(gram + load<u32>(address, 8), v, 2);
    v = v128.load32_lane(gram + load<u32>(address, 12), v, 3);
    v = f32x4.mul(v, v128.load(scale));
    norm2 = multiplyAdd(v, v, norm2);
    v128.store(to, v);
  }
  if (normalise) {
    const total =
      f32x4.extract_lane(norm2, 0) +
      f32x4.extract_lane(norm2, 1) +
      (f32x4.extract_lane(norm2, 2) + f32x4.extract_lane(norm2, 3));
    const factor = f32x4.splat(total > 0 ? <f32>1 / Mathf.sqrt(total) : <f32>0);
    for (let to = out; to < end; to += 16) v128.store(to, f32x4.mul(v128.load(to), factor));
  }
  // The vectors may have run over the last element and the padding: what they wrote there is zero times something.
  store<f32>(end, lastElement);
}
