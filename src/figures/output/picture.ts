import type { Box } from '../sheet.ts';

/** Pixels that were drawn for a figure. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Every pixel hides what is behind it. */
  readonly opaque: boolean;
  /** RGBA, straight, row by row from the top. As a blob it need not lie in memory, and no thread copies it to another. */
  readonly pixels: Blob;
}

export interface PlacedPicture {
  readonly picture: Picture;
  /** On the sheet, CSS pixels; on whole dots at the resolution for which it was drawn. */
  readonly box: Box;
}

/** What a sheet shows: pictures on its paper, and all else over them. */
export interface DrawnSheet {
  /** Words and vectors, as `sheetSvg` gives them; megabytes of pixels in a document would hold the page up. */
  readonly svg: string;
  readonly pictures: readonly PlacedPicture[];
}
