// What a platform must know to run the kernels: it validates this module, or it does not.

export function probe(x: f32): f32 {
  const four = f32x4.splat(x);
  if (isDefined(RELAXED)) return f32x4.extract_lane(f32x4.relaxed_madd(four, four, four), 0);
  return f32x4.extract_lane(f32x4.mul(four, four), 0);
}
