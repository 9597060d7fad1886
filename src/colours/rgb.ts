/** sRGB bytes. */
export type Rgb = readonly [number, number, number];

/** Bytes of `#rrggbb` or `rgb(r, g, b)`, the two spellings that d3 and our own tables use. */
export function parseCssColour(text: string): Rgb {
  const hex = /^#([0-9a-f]{6})$/i.exec(text);
  if (hex) {
    const value = Number.parseInt(hex[1]!, 16);
    return [value >> 16, (value >> 8) & 255, value & 255];
  }
  const channels = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(text);
  if (!channels) throw new RangeError(`not a colour of the form #rrggbb or rgb(r, g, b): ${text}`);
  return [Number(channels[1]), Number(channels[2]), Number(channels[3])];
}

/** `#rrggbb` of sRGB bytes. */
export function toHex([red, green, blue]: Rgb): string {
  return `#${((1 << 24) | (red << 16) | (green << 8) | blue).toString(16).slice(1)}`;
}
