import type { NumericArray } from '#data/column.ts';
import { GpuArray } from './gpuArray.ts';
import type { Versioned } from './scene.ts';

/** So many columns stay on the GPU, 4 MB each for a million atoms: going back to one of them hands nothing over. */
const KEPT = 5;

/** The columns of a model that are on the GPU, by their arrays. */
export class GpuColumns {
  readonly #context: WebGL2RenderingContext;
  readonly #columns = new Map<NumericArray, { readonly version: number; readonly data: GpuArray }>();

  constructor(context: WebGL2RenderingContext) {
    this.#context = context;
  }

  /** The column on the GPU, or on its way there: one number an atom. */
  of({ array, version }: Versioned<NumericArray>): GpuArray {
    const known = this.#columns.get(array);
    // Insertion order is order of use: the first is the one longest not looked at.
    this.#columns.delete(array);
    if (known?.version === version) {
      this.#columns.set(array, known);
      return known.data;
    }
    known?.data.dispose();
    const data = new GpuArray(this.#context, array, 1);
    this.#columns.set(array, { version, data });
    const [oldest] = this.#columns.keys();
    if (this.#columns.size > KEPT) this.#drop(oldest!);
    return data;
  }

  renew(): void {
    for (const { data } of this.#columns.values()) data.renew();
  }

  dispose(): void {
    for (const array of [...this.#columns.keys()]) this.#drop(array);
  }

  #drop(array: NumericArray): void {
    this.#columns.get(array)!.data.dispose();
    this.#columns.delete(array);
  }
}
