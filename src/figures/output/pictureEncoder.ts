import { handOver, letGo, type Remote } from '#compute/livingWorker.ts';
import type { PictureSink, PictureSize } from '#render/pictureSink.ts';
import { figureWorker } from './figureWorker.ts';
import type { Picture } from './picture.ts';
import type { TiledPicture } from './work/tiledPicture.ts';

/** Puts a picture together in the worker, of tiles that need not lie in memory all at once. */
export class PictureEncoder implements PictureSink {
  readonly #worker = figureWorker();
  #picture: Remote<TiledPicture> | undefined;

  async begin(size: PictureSize): Promise<void> {
    const { api, settle } = this.#worker;
    this.#picture = await settle(new api.TiledPicture(size));
  }

  async tile(pixels: ImageData, x: number, y: number): Promise<void> {
    const { width, height, data } = pixels;
    const given = handOver({ width, height, data }, [data.buffer]);
    await this.#worker.settle(this.#begun().add(given, x, y));
  }

  async finish(): Promise<Picture> {
    const picture = await this.#worker.settle(this.#begun().finish());
    this.dispose();
    return picture;
  }

  /** Frees the memory of a picture, finished or not. */
  dispose(): void {
    if (this.#picture) letGo(this.#picture);
    this.#picture = undefined;
  }

  #begun(): Remote<TiledPicture> {
    if (!this.#picture) throw new Error('no picture was begun');
    return this.#picture;
  }
}
