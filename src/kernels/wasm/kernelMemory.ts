const PAGE = 65536;
/** AssemblyScript keeps the first bytes for itself; nothing of ours lies below. */
const FIRST_ADDRESS = 1024;
const ALIGNMENT = 16;

const VIEWS = {
  float64: Float64Array,
  float32: Float32Array,
  uint32: Uint32Array,
  int32: Int32Array,
  uint8: Uint8Array,
} as const;
type ViewType = keyof typeof VIEWS;
type View<T extends ViewType> = InstanceType<(typeof VIEWS)[T]>;

/** An array in kernel memory: kernels take its address, TypeScript its view. */
export interface KernelArray<T extends ViewType> {
  /** Bytes from the start of the memory, a multiple of 16. */
  readonly address: number;
  readonly length: number;
  /** Ask anew after anything was reserved: growing the memory makes older views empty. */
  readonly view: View<T>;
}

/** True where WebAssembly knows SIMD: `bytes` is any kernel of ours. */
export function canRun(bytes: Uint8Array<ArrayBuffer>): boolean {
  return typeof WebAssembly !== 'undefined' && WebAssembly.validate(bytes);
}

/**
 * Linear memory that the kernels of one thread share, so that what one leaves there the next takes without a copy:
 * neighbours, a block of descriptors, its scores. Nothing is ever given back piece by piece; drop the memory with its
 * job and all of it is free.
 */
export class KernelMemory {
  readonly #memory: WebAssembly.Memory;
  #end = FIRST_ADDRESS;

  constructor() {
    this.#memory = new WebAssembly.Memory({ initial: 1 });
  }

  /** A zeroed array. @throws RangeError where the platform has no memory left. */
  reserve<T extends ViewType>(type: T, length: number): KernelArray<T> {
    const address = this.#end;
    const bytes = Math.max(1, length) * VIEWS[type].BYTES_PER_ELEMENT;
    this.#end += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    const missing = Math.ceil((this.#end - this.#memory.buffer.byteLength) / PAGE);
    if (missing > 0) this.#memory.grow(missing);
    const memory = this.#memory;
    let view: View<T> | undefined;
    return {
      address,
      length,
      get view() {
        if (view?.buffer !== memory.buffer) {
          view = new VIEWS[type](memory.buffer as ArrayBuffer, address, length) as View<T>;
        }
        return view;
      },
    };
  }

  /** Instantiate a kernel over this memory. Compiles at once: a kernel has a few kB, which pages allow too. */
  instantiate<Exports>(bytes: Uint8Array<ArrayBuffer>): Exports {
    const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory: this.#memory } });
    return instance.exports as Exports;
  }
}
