// asc: --importMemory
// Adaptive common neighbour analysis, coordination number and local lattice constant of a block of atoms: the twin of
// `AtomClassifier` in ../classify.ts, with the same sums in the same order. Addresses are bytes.
import { matchFourteen, matchTwelve, OTHER } from './signatures';

const CLOSE_PACKED = 12;
const BODY_CENTRED = 14;
const FIRST_SHELL = 8;

/** As in ../structureType.ts and ../coordination.ts. */
const FACTOR_12: f64 = (1.0 + 1.4142135623730951) / 2.0;
const FACTOR_14: f64 = <f64>(<f32>1.207);
const FIRST_TO_SECOND_SHELL: f64 = 2.0 / 1.7320508075688772;

/** What `type` holds where the neighbours given were too few to decide. */
const UNDECIDED: u8 = 255;

// Scratch, bytes: the nearest neighbours, sorted (x, y, z, squared distance; 16 each, of which the last two are waste),
// bonds of the 12 and of the 14 nearest (16 masks of 16 bits each), and all squared distances with room to spare.
const SLOT = 16 * 8;
const BONDS_12 = 4 * SLOT;
const BONDS_14 = BONDS_12 + 32;
const KEYS = BONDS_14 + 32;

/**
 * Classify the atoms of a block from all their neighbours nearer than `radius`; those with less than 14, or more than
 * `most` of them, or whose coordination shell may reach farther are left UNDECIDED.
 *
 * start, dx, dy, dz, distance2: as in `BlockNeighbours`.
 * scratch: KEYS bytes and 8 for each of `most` + 2 neighbours.
 * type, coordination: [atoms] bytes; latticeConstant: [atoms] float32; nearest2: [atoms] float64, the least squared
 * distance.
 */
export function classify(
  start: usize,
  dx: usize,
  dy: usize,
  dz: usize,
  distance2: usize,
  atoms: i32,
  radius: f64,
  most: i32,
  scratch: usize,
  type: usize,
  coordination: usize,
  latticeConstant: usize,
  nearest2: usize,
): void {
  const sorted2 = scratch + 3 * SLOT;
  for (let atom = 0; atom < atoms; atom++) {
    const first = load<u32>(start + (atom << 2));
    const count = <i32>(load<u32>(start + (atom << 2), 4) - first);
    store<u8>(type + atom, UNDECIDED);
    if (count < BODY_CENTRED || count > most) continue;
    const offset = (<usize>first) << 3;
    sortNearest(dx + offset, dy + offset, dz + offset, distance2 + offset, count, scratch);

    let sum = 0.0;
    let weighted = 0.0;
    for (let k = 0; k < FIRST_SHELL; k++) {
      const d = sqrt(load<f64>(sorted2 + (k << 3)));
      sum += d;
      weighted += FIRST_TO_SECOND_SHELL * d;
    }
    const shell1 = sum;
    let shell2 = 0.0;
    for (let k = FIRST_SHELL; k < CLOSE_PACKED; k++) {
      const d = sqrt(load<f64>(sorted2 + (k << 3)));
      sum += d;
      weighted += d;
      shell2 += d;
    }
    for (let k = CLOSE_PACKED; k < BODY_CENTRED; k++) {
      const d = sqrt(load<f64>(sorted2 + (k << 3)));
      weighted += d;
      shell2 += d;
    }
    const constant = (FIRST_TO_SECOND_SHELL * (shell1 / 8.0) + shell2 / 6.0) / 2.0;
    const shellRadius = FACTOR_12 * constant;
    if (radius < shellRadius * (1.0 + 1e-9)) continue;
    store<f32>(latticeConstant + (atom << 2), <f32>constant);
    store<u8>(coordination + atom, countWithin(scratch + KEYS, count, shellRadius * shellRadius));
    store<f64>(nearest2 + (atom << 3), load<f64>(sorted2));

    const cutoff12 = (FACTOR_12 * sum) / 12.0;
    const cutoff14 = (FACTOR_14 * weighted) / 14.0;
    connect(scratch, cutoff12 * cutoff12, cutoff14 * cutoff14);
    let label = matchTwelve(scratch + BONDS_12);
    if (label === OTHER) label = matchFourteen(scratch + BONDS_14);
    store<u8>(type + atom, label);
  }
}

/** The 14 nearest in order of distance, ties as they come, and all squared distances copied to KEYS. */
// @ts-ignore: decorator
@inline
function sortNearest(dx: usize, dy: usize, dz: usize, distance2: usize, count: i32, scratch: usize): void {
  const keys = scratch + KEYS;
  const end = keys + (count << 3);
  for (let k = 0; k < count << 3; k += 16) v128.store(keys + k, v128.load(distance2 + k));
  // Nothing is behind these: an odd number of keys is compared in pairs.
  store<f64>(end, Infinity);
  store<f64>(end, Infinity, 8);

  // The rank of a neighbour is how many are nearer. Two at a time; a comparison that holds is -1.
  let ranks = 0;
  for (let k = 0; k < count; k += 2) {
    const a = v128.load64_splat(keys + (k << 3));
    const b = v128.load64_splat(keys + (k << 3), 8);
    let nearerThanA = i64x2.splat(0);
    let nearerThanB = i64x2.splat(0);
    for (let at = keys; at < end; at += 16) {
      const d = v128.load(at);
      nearerThanA = i64x2.add(nearerThanA, f64x2.lt(d, a));
      nearerThanB = i64x2.add(nearerThanB, f64x2.lt(d, b));
    }
    const rankA = -<i32>(i64x2.extract_lane(nearerThanA, 0) + i64x2.extract_lane(nearerThanA, 1));
    place(dx, dy, dz, distance2, k, rankA, scratch);
    ranks += rankA;
    if (k + 1 < count) {
      const rankB = -<i32>(i64x2.extract_lane(nearerThanB, 0) + i64x2.extract_lane(nearerThanB, 1));
      place(dx, dy, dz, distance2, k + 1, rankB, scratch);
      ranks += rankB;
    }
  }
  if (ranks !== (count * (count - 1)) >> 1) sortTies(dx, dy, dz, distance2, count, scratch);
}

/** Where two distances are equal, ranks are too: count the equal ones before it in as well. */
function sortTies(dx: usize, dy: usize, dz: usize, distance2: usize, count: i32, scratch: usize): void {
  const keys = scratch + KEYS;
  for (let k = 0; k < count; k++) {
    const d = load<f64>(keys + (k << 3));
    let rank = 0;
    for (let j = 0; j < k; j++) rank += i32(load<f64>(keys + (j << 3)) <= d);
    for (let j = k + 1; j < count; j++) rank += i32(load<f64>(keys + (j << 3)) < d);
    place(dx, dy, dz, distance2, k, rank, scratch);
  }
}

// @ts-ignore: decorator
@inline
function place(dx: usize, dy: usize, dz: usize, distance2: usize, k: i32, rank: i32, scratch: usize): void {
  const to = scratch + (min(rank, BODY_CENTRED) << 3);
  const offset = k << 3;
  store<f64>(to, load<f64>(dx + offset));
  store<f64>(to, load<f64>(dy + offset), SLOT);
  store<f64>(to, load<f64>(dz + offset), 2 * SLOT);
  store<f64>(to, load<f64>(distance2 + offset), 3 * SLOT);
}

/** How many of the keys are no longer than this. */
// @ts-ignore: decorator
@inline
function countWithin(keys: usize, count: i32, radius2: f64): i32 {
  const limit = f64x2.splat(radius2);
  let within = i64x2.splat(0);
  const end = keys + (count << 3);
  for (let at = keys; at < end; at += 16) within = i64x2.sub(within, f64x2.le(v128.load(at), limit));
  return <i32>(i64x2.extract_lane(within, 0) + i64x2.extract_lane(within, 1));
}

/** Bonds among the 12 nearest no longer than one cutoff, and among the 14 nearest no longer than another. */
// @ts-ignore: decorator
@inline
function connect(scratch: usize, cutoff12: f64, cutoff14: f64): void {
  const limit12 = f64x2.splat(cutoff12);
  const limit14 = f64x2.splat(cutoff14);
  // Bonds with nearer neighbours first: pairs i < j, two i at a time.
  for (let j = 1; j < BODY_CENTRED; j++) {
    const xj = v128.load64_splat(scratch + (j << 3));
    const yj = v128.load64_splat(scratch + (j << 3), SLOT);
    const zj = v128.load64_splat(scratch + (j << 3), 2 * SLOT);
    let mask12 = 0;
    let mask14 = 0;
    for (let i = 0; i < j; i += 2) {
      const x = f64x2.sub(v128.load(scratch + (i << 3)), xj);
      const y = f64x2.sub(v128.load(scratch + (i << 3), SLOT), yj);
      const z = f64x2.sub(v128.load(scratch + (i << 3), 2 * SLOT), zj);
      const d2 = f64x2.add(f64x2.add(f64x2.mul(x, x), f64x2.mul(y, y)), f64x2.mul(z, z));
      mask12 |= i64x2.bitmask(f64x2.le(d2, limit12)) << i;
      mask14 |= i64x2.bitmask(f64x2.le(d2, limit14)) << i;
    }
    const nearer = (1 << j) - 1;
    store<u16>(scratch + (j << 1), j < CLOSE_PACKED ? mask12 & nearer : 0, BONDS_12);
    store<u16>(scratch + (j << 1), mask14 & nearer, BONDS_14);
  }
  completeBonds(scratch + BONDS_12);
  completeBonds(scratch + BONDS_14);
}

/** Every bond for both its atoms: add the transposed 16 x 16 bits. The first and the last two rows come in empty. */
// @ts-ignore: decorator
@inline
function completeBonds(bonds: usize): void {
  store<u16>(bonds, 0);
  store<u32>(bonds, 0, 28);
  const low = v128.load(bonds);
  const high = v128.load(bonds, 16);
  for (let k = 0; k < BODY_CENTRED; k++) {
    const column = i16x8.bitmask(i16x8.shl(low, 15 - k)) | (i16x8.bitmask(i16x8.shl(high, 15 - k)) << 8);
    store<u16>(bonds + (k << 1), load<u16>(bonds + (k << 1)) | column);
  }
}
