import { NearestFilter, type Texture, Vector2, type WebGLRenderer, WebGLRenderTarget } from 'three';
import { badParameter } from '#data/errors.ts';
import { type AmbientOcclusion, shadingReach } from './ambientOcclusion.ts';
import { FullScreenPass } from './fullScreenPass.ts';
import type { DrawnView, PictureDrawing } from './pictureDrawing.ts';
import type { PixelBox } from './pictureFrame.ts';
import { PictureTarget } from './pictureTarget.ts';
import { blocksOf, type PictureTile, pictureTiles, TILE_STEP } from './pictureTiles.ts';
import { spriteSize } from './pose.ts';
import type { SceneTheme } from './scene.ts';
import { REDUCE_FRAGMENT } from './shaders/reduce.ts';

/** Pixels that are handed to the page at once: more would keep it busy for too long. */
const STRIP_PIXELS = 2 ** 19;
/** Samples along a tile. */
const TILE = 2048;
/** What a turn should take, ms. */
const TURN_MS = 40;
/** The least share of the atoms that is drawn in a turn: looking at what is drawn so far takes time as well. */
const LEAST_SHARE = 1 / 32;

export interface LargePicture {
  /** Samples along each side of a pixel: two make smooth edges. */
  readonly samples: 1 | 2;
  /** Of the picture in samples. */
  readonly view: Omit<DrawnView, 'window'>;
  readonly theme: SceneTheme;
  /** Null is transparent. */
  readonly background: string | null;
  readonly shaded: boolean;
  /** Receives every tile, in strips: pixels, and where their upper left corner lies. */
  readonly onTile: (pixels: ImageData, x: number, y: number) => void;
}

/** What of the GPU limits a picture. */
export interface GpuLimits {
  /** Pixels along a target. */
  readonly target: number;
  readonly pointSize: number;
}

/**
 * Draw a picture tile by tile, a little in each turn of the GPU. Tiles overlap by what the shading looks at, so that the
 * picture is the same however it is cut.
 *
 * Yields, after the work of a turn was handed over, whether a tile is begun and not finished: the order of drawing must
 * stay until then. It is to be told what that turn took, ms.
 */
export function* drawLargePicture(
  renderer: WebGLRenderer,
  drawing: PictureDrawing,
  picture: LargePicture,
  limits: GpuLimits,
): Generator<boolean, void, number> {
  const target = new PictureTarget();
  const reader = new TileReader(renderer);
  const ambient = drawing.shadingBeside();
  try {
    for (const tile of tilesOf(picture, limits)) {
      yield* drawTile(drawing, picture, tile, { target, ambient }, limits);
      const pixels = scaled(tile.inner, 1 / picture.samples);
      reader.begin(target, tile, pixels, picture.samples);
      const upper = (picture.view.height - tile.inner.y - tile.inner.height) / picture.samples;
      const rows = Math.max(1, Math.floor(STRIP_PIXELS / pixels.width));
      for (let row = 0; row < pixels.height; row += rows) {
        yield true;
        const strip = reader.rows(pixels.width, row, Math.min(rows, pixels.height - row));
        picture.onTile(strip, pixels.x, upper + row);
      }
      yield false;
    }
  } finally {
    target.dispose();
    reader.dispose();
    ambient.dispose();
  }
}

/** @throws Refusal where the GPU cannot hold a tile and its surroundings. */
function tilesOf({ view, shaded }: LargePicture, limits: GpuLimits): PictureTile[] {
  const margin = shaded ? shadingReach(view, view.height, view.ratio) : 0;
  const room = limits.target - 2 * margin - TILE_STEP;
  const side = Math.min(TILE, TILE_STEP * Math.floor(room / TILE_STEP));
  if (side < TILE_STEP)
    throw badParameter(
      `This graphics card draws ${limits.target} pixels a side, too few for the shading of a picture of that height: take fewer dots an inch, or switch depth shading off`,
    );
  return pictureTiles(view.width, view.height, side, margin);
}

function* drawTile(
  drawing: PictureDrawing,
  { view, theme, background, shaded }: LargePicture,
  tile: PictureTile,
  { target, ambient }: { readonly target: PictureTarget; readonly ambient: AmbientOcclusion },
  limits: GpuLimits,
): Generator<boolean, void, number> {
  const drawn: DrawnView = { ...view, window: tile.outer };
  const sprite = spriteSize(view.atomRadius, view.height, view.viewHeight);
  const blocks = sprite > limits.pointSize ? blocksOf(tile.outer, limits.pointSize) : [tile.outer];
  let share = LEAST_SHARE;
  for (let from = 0; from < 1; ) {
    drawing.prepare(drawn, theme);
    if (from === 0) drawing.clear(target, drawn, background);
    const to = Math.min(1, from + share);
    drawing.atoms(target, drawn, from, to, blocks);
    from = to;
    const took = yield true;
    share = Math.max(LEAST_SHARE, Math.min(2 * share, (share * TURN_MS) / Math.max(1, took)));
  }
  drawing.prepare(drawn, theme);
  if (shaded) {
    const steps = drawing.shadeInSteps(target, drawn, ambient);
    while (!steps.next().done) {
      yield true;
      drawing.prepare(drawn, theme);
    }
  }
  drawing.over(target, drawn, blocks);
}

/** Turns samples into pixels, and brings them to the page without making it wait. */
class TileReader {
  readonly #renderer: WebGLRenderer;
  readonly #context: WebGL2RenderingContext;
  readonly #reduced = new WebGLRenderTarget(1, 1, {
    depthBuffer: false,
    minFilter: NearestFilter,
    magFilter: NearestFilter,
  });
  readonly #reduce = new FullScreenPass(REDUCE_FRAGMENT, {
    samples: { value: null as Texture | null },
    perSide: { value: 1 },
    corner: { value: new Vector2() },
    rows: { value: 1 },
  });
  readonly #buffer: WebGLBuffer;

  constructor(renderer: WebGLRenderer) {
    this.#renderer = renderer;
    this.#context = renderer.getContext() as WebGL2RenderingContext;
    this.#buffer = this.#context.createBuffer();
  }

  /** Have the GPU reduce a tile and put it where the page finds it in its next turn. */
  begin(target: PictureTarget, { inner, outer }: PictureTile, { width, height }: PixelBox, perSide: number): void {
    const context = this.#context;
    const reduced = this.#reduced;
    reduced.setSize(Math.max(reduced.width, width), Math.max(reduced.height, height));
    reduced.viewport.set(0, 0, width, height);
    const { samples, corner, rows, perSide: side } = this.#reduce.uniforms;
    samples.value = target.colours;
    side.value = perSide;
    corner.value.set(inner.x - outer.x, inner.y - outer.y);
    rows.value = height;
    this.#reduce.draw(this.#renderer, reduced);
    this.#renderer.setRenderTarget(reduced);
    context.bindBuffer(context.PIXEL_PACK_BUFFER, this.#buffer);
    context.bufferData(context.PIXEL_PACK_BUFFER, 4 * width * height, context.STREAM_READ);
    context.readPixels(0, 0, width, height, context.RGBA, context.UNSIGNED_BYTE, 0);
    context.bindBuffer(context.PIXEL_PACK_BUFFER, null);
    this.#renderer.setRenderTarget(null);
  }

  /** Some rows of the tile, from the uppermost. */
  rows(width: number, from: number, count: number): ImageData {
    const context = this.#context;
    const pixels = new ImageData(width, count);
    context.bindBuffer(context.PIXEL_PACK_BUFFER, this.#buffer);
    context.getBufferSubData(context.PIXEL_PACK_BUFFER, 4 * width * from, pixels.data);
    context.bindBuffer(context.PIXEL_PACK_BUFFER, null);
    return pixels;
  }

  dispose(): void {
    this.#context.deleteBuffer(this.#buffer);
    this.#reduced.dispose();
    this.#reduce.dispose();
  }
}

function scaled({ x, y, width, height }: PixelBox, by: number): PixelBox {
  return { x: x * by, y: y * by, width: width * by, height: height * by };
}
