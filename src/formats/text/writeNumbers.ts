/** A float64 so that it reads back bit for bit; `nan`, `inf` and `-inf` as C and Python write them. */
export function formatFloat64(value: number): string {
  if (Object.is(value, -0)) return '-0';
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
}

/** The fewest digits, from 7, that give the same float32 back; nine always do. */
export function formatFloat32(value: number): string {
  if (value === 0) return formatFloat64(value);
  for (let digits = 7; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return formatFloat64(short);
  }
  return formatFloat64(Number(value.toPrecision(9)));
}
