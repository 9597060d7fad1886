// asc: --importMemory --sharedMemory --maximumMemory 65536 --enable threads
// The steps of a greedy selection in float64: the twin of `makeReferenceSteps` in ../greedySteps.ts, bit for bit, since a
// SIMD lane is an atom and every sum adds in the order of the reference. What the arrays hold is said in
// ../greedyState.ts. An instance serves one thread and one selection; where the arrays lie it is told once.

import { forms } from './forms';
import { addProducts, widen } from './moments';

// Addresses are bytes.
let panels: usize = 0;
let width: i32 = 0;
/** Features: `width`, or one more for the constant. */
let D: i32 = 0;
let stateP: usize = 0;
let stateQ: usize = 0;
let stateR: usize = 0;
let stateT: usize = 0;
let open: usize = 0;

let P: usize = 0;
let PSP: usize = 0;
let change: usize = 0;
let constants: usize = 0;

let moments: usize = 0;
let bestRows: usize = 0;
let bestScores: usize = 0;
let bestCounts: usize = 0;
let listed: i32 = 0;
let scratch: usize = 0;
let scratchBytes: i32 = 0;

export function bindAtoms(
  panels_: usize, width_: i32, D_: i32, p: usize, q: usize, r: usize, t: usize, open_: usize,
): void {
  panels = panels_;
  width = width_;
  D = D_;
  stateP = p;
  stateQ = q;
  stateR = r;
  stateT = t;
  open = open_;
}

export function bindModel(P_: usize, PSP_: usize, change_: usize, constants_: usize): void {
  P = P_;
  PSP = PSP_;
  change = change_;
  constants = constants_;
}

export function bindChunks(
  moments_: usize, rows: usize, scores: usize, counts: usize, listed_: i32, scratch_: usize, scratchBytes_: i32,
): void {
  moments = moments_;
  bestRows = rows;
  bestScores = scores;
  bestCounts = counts;
  listed = listed_;
  scratch = scratch_;
  scratchBytes = scratchBytes_;
}

/**
 * Lay rows [from, to) out in panels and add x x^T to the lower triangle of the chunk's square. `features`
 * [to - from, width] float32 holds them; the chunk's scratch has room for as many in float64.
 */
export function addMoments(chunk: i32, from: i32, to: i32, features: usize): void {
  const side = (D + 3) & ~3;
  const wide = scratch + chunk * scratchBytes;
  widen(features, wide, to - from, width, D);
  addProducts(wide, moments + ((chunk * side * side) << 3), to - from, side);
  for (let row = from; row < to; row++) {
    let panel = panelOf(row) + ((row & 3) << 2);
    for (let k = 0; k < width; k++) {
      store<f32>(panel, load<f32>(features));
      features += 4;
      panel += 16;
    }
  }
}

// @ts-ignore: decorator
@inline
function panelOf(row: i32): usize {
  return panels + (((row >> 2) * width) << 4);
}

/** Follow the last pick for atoms [from, to), and screen them. */
export function update(chunk: i32, from: i32, to: i32): void {
  const panelBytes = width << 4;
  for (let row = from; row < to; row += 4) {
    // Four flags: none of these atoms may be picked.
    if (load<u32>(open + row) == 0) continue;
    const panel = panelOf(row);
    // Two atoms at a time: for the sums of all four V8 has too few registers.
    follow(panel, panel + panelBytes, row);
    follow(panel + 8, panel + panelBytes, row + 2);
    screen(chunk, row);
  }
}

/** The rank-one change of p, q, r, t of atoms `row` and `row + 1`, whose features begin at `x` in a panel. */
function follow(x: usize, end: usize, row: i32): void {
  let at = change;
  let xv = v128.load64_splat(at);
  let xPv = v128.load64_splat(at, 8);
  let xPSv = v128.load64_splat(at, 16);
  let xPSPv = v128.load64_splat(at, 24);
  let xPPSv = v128.load64_splat(at, 32);
  for (; x < end; x += 16) {
    at += 40;
    const pair = f64x2.promote_low_f32x4(v128.load64_zero(x));
    xv = f64x2.add(xv, f64x2.mul(pair, v128.load64_splat(at)));
    xPv = f64x2.add(xPv, f64x2.mul(pair, v128.load64_splat(at, 8)));
    xPSv = f64x2.add(xPSv, f64x2.mul(pair, v128.load64_splat(at, 16)));
    xPSPv = f64x2.add(xPSPv, f64x2.mul(pair, v128.load64_splat(at, 24)));
    xPPSv = f64x2.add(xPPSv, f64x2.mul(pair, v128.load64_splat(at, 32)));
  }
  const inverseC = v128.load64_splat(constants);
  const vv = v128.load64_splat(constants, 8);
  const vSv = v128.load64_splat(constants, 16);
  const vSPv = v128.load64_splat(constants, 24);
  const a = f64x2.mul(xv, inverseC);
  const b = f64x2.mul(xPv, inverseC);
  const e = f64x2.mul(vv, inverseC);
  const minus2a = f64x2.mul(f64x2.splat(-2), a);
  const aa = f64x2.mul(a, a);
  let place = stateP + (row << 3);
  v128.store(place, f64x2.sub(v128.load(place), f64x2.mul(xv, a)));
  place = stateQ + (row << 3);
  const q = f64x2.add(f64x2.mul(minus2a, xPSv), f64x2.mul(aa, vSv));
  v128.store(place, f64x2.add(v128.load(place), q));
  place = stateT + (row << 3);
  const t = f64x2.add(f64x2.mul(minus2a, xPv), f64x2.mul(aa, vv));
  v128.store(place, f64x2.add(v128.load(place), t));
  place = stateR + (row << 3);
  let r = f64x2.sub(f64x2.mul(f64x2.neg(b), xPSv), f64x2.mul(a, xPSPv));
  r = f64x2.add(r, f64x2.mul(f64x2.mul(a, e), xPSv));
  r = f64x2.sub(r, f64x2.mul(a, xPPSv));
  r = f64x2.add(r, f64x2.mul(f64x2.mul(a, b), vSv));
  r = f64x2.add(r, f64x2.mul(aa, vSPv));
  r = f64x2.sub(r, f64x2.mul(f64x2.mul(aa, e), vSv));
  v128.store(place, f64x2.add(v128.load(place), r));
}

/** p, q, r, t of atoms [from, to) anew from P and PSP, and screen them. */
export function refresh(chunk: i32, from: i32, to: i32): void {
  const panelBytes = width << 4;
  const wide = scratch + chunk * scratchBytes;
  finishVectors(wide);
  for (let row = from; row < to; row += 4) {
    if (load<u32>(open + row) == 0) continue;
    let x = panelOf(row);
    const end = x + panelBytes;
    for (let at = wide; x < end; at += 32) {
      v128.store(at, f64x2.promote_low_f32x4(v128.load64_zero(x)));
      v128.store(at, f64x2.promote_low_f32x4(v128.load64_zero(x, 8)), 16);
      x += 16;
    }
    const place = row << 3;
    forms(wide, D, P, PSP, stateP + place, stateQ + place, stateR + place, stateT + place);
    screen(chunk, row);
  }
}

/** Replace the scores of the screened atoms by those in closed form. */
export function rescore(chunk: i32): void {
  const wide = scratch + chunk * scratchBytes;
  const p = wide + ((D + 1) << 5);
  const count = load<i32>(bestCounts + (chunk << 2));
  const rows = bestRows + ((chunk * listed) << 2);
  const scores = bestScores + ((chunk * listed) << 3);
  finishVectors(wide);
  for (let first = 0; first < count; first += 4) {
    const some = min(4, count - first);
    for (let lane = 0; lane < some; lane++) {
      const row = load<i32>(rows + ((first + lane) << 2));
      let x = panelOf(row) + ((row & 3) << 2);
      let at = wide + (lane << 3);
      for (let k = 0; k < width; k++) {
        store<f64>(at, <f64>load<f32>(x));
        x += 16;
        at += 32;
      }
    }
    forms(wide, D, P, PSP, p, p + 32, p + 64, p + 96);
    for (let lane = 0; lane < some; lane++) {
      const found = p + (lane << 3);
      const score = scoreOf(
        v128.load64_splat(found),
        v128.load64_splat(found, 32),
        v128.load64_splat(found, 64),
        v128.load64_splat(found, 96),
      );
      store<f64>(scores + ((first + lane) << 3), f64x2.extract_lane(score, 0));
    }
  }
}

/** The last features of four atoms: the constant where there is one, and zeros up to an even number. */
function finishVectors(wide: usize): void {
  for (let k = width; k < ((D + 1) & ~1); k++) {
    const value = f64x2.splat(k < D ? 1.0 : 0.0);
    v128.store(wide + (k << 5), value);
    v128.store(wide + (k << 5), value, 16);
  }
}

// @ts-ignore: decorator
@inline
function scoreOf(p: v128, q: v128, r: v128, t: v128): v128 {
  const total = v128.load64_splat(constants, 32);
  const weight = v128.load64_splat(constants, 40);
  const inverseC = f64x2.div(f64x2.splat(1), f64x2.add(f64x2.splat(1), p));
  const gain = f64x2.mul(q, inverseC);
  const bias = f64x2.sub(
    f64x2.mul(f64x2.mul(f64x2.splat(2), r), inverseC),
    f64x2.mul(f64x2.mul(t, gain), inverseC),
  );
  return f64x2.add(f64x2.sub(total, gain), f64x2.mul(weight, bias));
}

/** Offer the four atoms from `row` on to the chunk's list of the best. */
// @ts-ignore: decorator
@inline
function screen(chunk: i32, row: i32): void {
  const at = row << 3;
  const low = scoreOf(
    v128.load(stateP + at), v128.load(stateQ + at), v128.load(stateR + at), v128.load(stateT + at),
  );
  const high = scoreOf(
    v128.load(stateP + at, 16), v128.load(stateQ + at, 16), v128.load(stateR + at, 16), v128.load(stateT + at, 16),
  );
  // The last score of a list that is not full is infinite; NaN is never "at least" and is offered.
  const last = v128.load64_splat(bestScores + ((chunk * listed + listed - 1) << 3));
  if (i64x2.all_true(v128.and(f64x2.ge(low, last), f64x2.ge(high, last)))) return;
  offer(chunk, row, f64x2.extract_lane(low, 0));
  offer(chunk, row + 1, f64x2.extract_lane(low, 1));
  offer(chunk, row + 2, f64x2.extract_lane(high, 0));
  offer(chunk, row + 3, f64x2.extract_lane(high, 1));
}

/** Insert an atom into the chunk's list, unless it is closed or no better than the last of a full list. */
function offer(chunk: i32, row: i32, score: f64): void {
  if (load<u8>(open + row) == 0) return;
  const rank = isNaN(score) ? -Infinity : score;
  const rows = bestRows + ((chunk * listed) << 2);
  const scores = bestScores + ((chunk * listed) << 3);
  const count = load<i32>(bestCounts + (chunk << 2));
  if (count == listed && rank >= load<f64>(scores + ((count - 1) << 3))) return;
  let slot = min(count, listed - 1);
  for (; slot > 0; slot--) {
    const before = load<f64>(scores + ((slot - 1) << 3));
    if (before <= rank) break;
    store<f64>(scores + (slot << 3), before);
    store<i32>(rows + (slot << 2), load<i32>(rows + ((slot - 1) << 2)));
  }
  store<f64>(scores + (slot << 3), rank);
  store<i32>(rows + (slot << 2), row);
  store<i32>(bestCounts + (chunk << 2), min(count + 1, listed));
}
