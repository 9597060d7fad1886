// asc: --importMemory
// Neighbours of a stretch of one column of bins: the twin of `NeighbourFinder.findWithin`, bit for bit. Candidates are
// screened four at a time in float32, and decided in float64. Addresses are bytes.

/** Write count float64 coordinates relative to `centre`, in float32. */
export function narrow(from: usize, to: usize, count: i32, centre: f64): void {
  const shift = f64x2.splat(centre);
  const end = to + (count << 2);
  for (; to < end; to += 16, from += 32) {
    const low = f32x4.demote_f64x2_zero(f64x2.sub(v128.load(from), shift));
    const high = f32x4.demote_f64x2_zero(f64x2.sub(v128.load(from, 16), shift));
    v128.store(to, v128.shuffle<f32>(low, high, 0, 1, 4, 5));
  }
}

/**
 * Neighbours of the points `from` <= i < `to` of column `home`.
 *
 * points, near: x, then y, then z of all points in float64, and in float32 relative to any centre; `pitch` numbers each,
 *   a multiple of 4, at least 3 of them beyond the last point.
 * starts: [columns][stride] first point of each bin of each column, and the end of the last one.
 * span: bins to look at along a column to either side.
 * hits: scratch for `pitch` + 8 indices; compress: [16][16] bytes, the lanes of each mask moved together.
 * start: where the running total goes after each point; `total`: neighbours there are already.
 *
 * Returns the point it stopped at: `to`, or one whose neighbours might not fit into `capacity`.
 */
export function find(
  points: usize,
  near: usize,
  pitch: i32,
  starts: usize,
  columns: i32,
  stride: i32,
  home: i32,
  span: i32,
  from: i32,
  to: i32,
  radius2: f64,
  screen2: f32,
  hits: usize,
  compress: usize,
  start: usize,
  dx: usize,
  dy: usize,
  dz: usize,
  distance2: usize,
  total: i32,
  capacity: i32,
): i32 {
  const ys = points + (pitch << 3);
  const zs = ys + (pitch << 3);
  const nearY = near + (pitch << 2);
  const nearZ = nearY + (pitch << 2);
  const rowBytes = stride << 2;
  const homeRow = starts + home * rowBytes;
  const lanes = i32x4(0, 1, 2, 3);
  const limit = f32x4.splat(screen2);
  const limit2 = f64x2.splat(radius2);
  const zero = f64x2.splat(0);
  let bin = 0;
  for (let point = from; point < to; point++) {
    while (load<i32>(homeRow + ((bin + 1) << 2)) <= point) bin++;
    const first = max(bin - span, 0) << 2;
    const last = min(bin + span + 1, stride - 1) << 2;

    const cx = v128.load32_splat(near + (point << 2));
    const cy = v128.load32_splat(nearY + (point << 2));
    const cz = v128.load32_splat(nearZ + (point << 2));
    let hit = hits;
    let row = starts;
    for (let column = 0; column < columns; column++, row += rowBytes) {
      const end = load<i32>(row + last);
      for (let k = load<i32>(row + first); k < end; k += 4) {
        const x = f32x4.sub(v128.load(near + (k << 2)), cx);
        const y = f32x4.sub(v128.load(nearY + (k << 2)), cy);
        const z = f32x4.sub(v128.load(nearZ + (k << 2)), cz);
        const d2 = f32x4.add(f32x4.add(f32x4.mul(x, x), f32x4.mul(y, y)), f32x4.mul(z, z));
        const mask = i32x4.bitmask(f32x4.lt(d2, limit));
        const index = i32x4.add(i32x4.splat(k), lanes);
        v128.store(hit, i8x16.swizzle(index, v128.load(compress + (mask << 4))));
        hit += popcnt(mask) << 2;
      }
      // The last four may have run into the next bins, which are out of range or another column's turn.
      while (hit > hits && load<i32>(hit - 4) >= end) hit -= 4;
    }

    const found = ((hit - hits) >> 2) as i32;
    if (total + found + 1 > capacity) return point;
    // An even number is decided in pairs: the point itself, at distance 0, fills up.
    store<i32>(hit, point);
    const px = v128.load64_splat(points + (point << 3));
    const py = v128.load64_splat(ys + (point << 3));
    const pz = v128.load64_splat(zs + (point << 3));
    for (let at = hits; at < hit; at += 8) {
      const i = load<i32>(at) << 3;
      const j = load<i32>(at, 4) << 3;
      const x = f64x2.sub(v128.load64_lane(points + j, v128.load64_zero(points + i), 1), px);
      const y = f64x2.sub(v128.load64_lane(ys + j, v128.load64_zero(ys + i), 1), py);
      const z = f64x2.sub(v128.load64_lane(zs + j, v128.load64_zero(zs + i), 1), pz);
      const d2 = f64x2.add(f64x2.add(f64x2.mul(x, x), f64x2.mul(y, y)), f64x2.mul(z, z));
      const mask = i64x2.bitmask(v128.and(f64x2.lt(d2, limit2), f64x2.ne(d2, zero)));
      let offset = total << 3;
      v128.store64_lane(dx + offset, x, 0);
      v128.store64_lane(dy + offset, y, 0);
      v128.store64_lane(dz + offset, z, 0);
      v128.store64_lane(distance2 + offset, d2, 0);
      total += mask & 1;
      offset = total << 3;
      v128.store64_lane(dx + offset, x, 1);
      v128.store64_lane(dy + offset, y, 1);
      v128.store64_lane(dz + offset, z, 1);
      v128.store64_lane(distance2 + offset, d2, 1);
      total += mask >> 1;
    }
    store<i32>(start, total);
    start += 4;
  }
  return to;
}
