import type { Column } from '#data/column.ts';

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

/**
 * Writes what the columns have in a row, a blank before each number.
 * @param formatOf In place of plain numbers where it gives something for a column.
 */
export function rowWriter(
  columns: readonly Pick<Column, 'name' | 'array' | 'shape'>[],
  formatOf: (name: string) => ((value: number) => string) | undefined = () => undefined,
): (row: number) => string {
  const writers = columns.map(({ name, array, shape }) => ({
    array,
    width: shape[1] ?? 1,
    format: formatOf(name) ?? (array instanceof Float32Array ? formatFloat32 : formatFloat64),
  }));
  return (row) => {
    let text = '';
    for (const { array, width, format } of writers) {
      for (let k = 0; k < width; k++) text += ` ${format(array[row * width + k]!)}`;
    }
    return text;
  };
}
