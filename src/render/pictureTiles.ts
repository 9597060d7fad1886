import type { PixelBox } from './pictureFrame.ts';

/** Where tiles begin, and where their surroundings do, in pixels: a multiple of the pattern of the shading. */
export const TILE_STEP = 8;

/** A part of a large picture, and what has to be drawn for it: all that its pixels depend on. */
export interface PictureTile {
  readonly inner: PixelBox;
  readonly outer: PixelBox;
}

/**
 * Cut a picture into tiles, the uppermost first, from the left.
 * @param side Of a tile, pixels: a multiple of `TILE_STEP`.
 * @param margin Pixels about a tile on which its own depend.
 */
export function pictureTiles(width: number, height: number, side: number, margin: number): PictureTile[] {
  const columns = spans(width, side, margin);
  const rows = spans(height, side, margin).reverse();
  return rows.flatMap((row) =>
    columns.map((column) => ({
      inner: { x: column.from, y: row.from, width: column.to - column.from, height: row.to - row.from },
      outer: {
        x: column.outerFrom,
        y: row.outerFrom,
        width: column.outerTo - column.outerFrom,
        height: row.outerTo - row.outerFrom,
      },
    })),
  );
}

/** Cut a box into blocks of at most `largest` pixels a side. */
export function blocksOf(box: PixelBox, largest: number): PixelBox[] {
  return pictureTiles(box.width, box.height, largest, 0).map(({ inner }) => ({
    ...inner,
    x: box.x + inner.x,
    y: box.y + inner.y,
  }));
}

function spans(length: number, side: number, margin: number) {
  return Array.from({ length: Math.ceil(length / side) }, (_, k) => {
    const from = k * side;
    const to = Math.min(length, from + side);
    const outerFrom = TILE_STEP * Math.floor(Math.max(0, from - margin) / TILE_STEP);
    return { from, to, outerFrom, outerTo: Math.min(length, to + margin) };
  });
}
