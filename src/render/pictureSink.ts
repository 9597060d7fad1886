/** A picture that is about to come, pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
  /** Whatever the tiles say, every pixel hides what is behind it. */
  readonly opaque: boolean;
}

/** Takes a picture in pieces, which may be larger all together than a graphics card draws at once. */
export interface PictureSink {
  begin(size: PictureSize): Promise<void>;
  /**
   * @param pixels RGBA, taken away from whoever hands them over.
   * @param x Left edge. What lies outside of the picture is cut off.
   */
  tile(pixels: ImageData, x: number, y: number): Promise<void>;
}
