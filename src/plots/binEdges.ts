/** Lower and upper edge of a bin, without the dust of adding widths. */
export function binEdges(
  { first, width }: { readonly first: number; readonly width: number },
  bin: number,
): [number, number] {
  const edge = (k: number) => Number((first + k * width).toPrecision(12));
  return [edge(bin), edge(bin + 1)];
}
