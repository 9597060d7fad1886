type Vector = readonly [number, number, number];

/** A direction by its components along x, y and z of the file: "1 1 0", "1, -1, 2". Null where it is none. */
export function readDirection(text: string): Vector | null {
  const parts = text
    .trim()
    .replaceAll('−', '-')
    .split(/[\s,;]+/)
    .map(Number);
  const [x, y, z] = parts;
  if (parts.length !== 3 || !parts.every(Number.isFinite) || !(Math.hypot(x!, y!, z!) > 0)) return null;
  return [x!, y!, z!];
}
