import { copyFeatures, type Features, featureCount } from '#data/features.ts';
import type { KernelArray, KernelMemory } from '../wasm/kernelMemory.ts';

/** Feature vectors that a kernel takes at once: 64 of 41 numbers stay in a first-level cache. A multiple of 4. */
export const BLOCK_ROWS = 64;
const PANEL = 4;

/** What the kernels of linear models work on: a block of feature vectors, and models in panels of four. */
export class FeatureBlock {
  /** [BLOCK_ROWS, D]. */
  readonly block: KernelArray<'float64'>;
  /** [BLOCK_ROWS, 4]. */
  readonly scratch: KernelArray<'float64'>;
  readonly #features: Features;
  readonly #D: number;
  readonly #memory: KernelMemory;

  constructor(features: Features, memory: KernelMemory) {
    this.#features = features;
    this.#D = featureCount(features);
    this.#memory = memory;
    this.block = memory.reserve('float64', BLOCK_ROWS * this.#D);
    this.scratch = memory.reserve('float64', BLOCK_ROWS * PANEL);
  }

  /** Models ([models, D]) as panels [ceil(models / 4)][D][4]; what is missing to a whole panel is zero. */
  reservePanels(models: Float64Array): { readonly address: number; readonly panels: number } {
    const D = this.#D;
    const panels = Math.ceil(models.length / D / PANEL);
    const { address, view } = this.#memory.reserve('float64', panels * PANEL * D);
    for (let model = 0; model * D < models.length; model++) {
      const start = Math.floor(model / PANEL) * PANEL * D + (model % PANEL);
      for (let i = 0; i < D; i++) view[start + PANEL * i] = models[model * D + i]!;
    }
    return { address, panels };
  }

  /** Copy the feature vector of a row to a place of the block. */
  load(row: number, place: number): void {
    copyFeatures(this.#features, row, this.block.view, place * this.#D);
  }
}
