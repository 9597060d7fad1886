import { ARRAY_TYPES, type ArrayOf, type DType, type NumericArray } from './column.ts';
import { Refusal } from './errors.ts';

/** True where threads of this program can share memory: Node, or a cross-origin isolated page. */
export function sharedMemoryAvailable(): boolean {
  if (typeof SharedArrayBuffer === 'undefined') return false;
  const scope = globalThis as { crossOriginIsolated?: boolean };
  return scope.crossOriginIsolated ?? true;
}

const GIB = 1024 ** 3;
/** Where the platform does not tell what the device has. */
const USUAL_BUDGET = 8 * GIB;

/** Half of the device's memory, where the browser tells (Chromium does, roughly): the rest is for pictures and others. */
function usualBudget(): number {
  const { deviceMemory } = (globalThis.navigator ?? {}) as { deviceMemory?: number };
  return deviceMemory === undefined ? USUAL_BUDGET : (deviceMemory / 2) * GIB;
}
const WASM_PAGE = 65536;

/**
 * The only place that allocates memory of the size of a snapshot. It counts bytes, names each allocation, and refuses
 * with a sentence that says what to do before the browser gives up without one.
 */
export class MemoryLedger {
  readonly shared: boolean;
  readonly budgetBytes: number;
  #entries = new Map<ArrayBufferLike, { name: string; bytes: number }>();
  #peak = 0;

  constructor(options: { budgetBytes?: number; shared?: boolean } = {}) {
    this.budgetBytes = options.budgetBytes ?? usualBudget();
    this.shared = options.shared ?? sharedMemoryAvailable();
  }

  /**
   * A zeroed array, shared where the platform allows it.
   * @throws Refusal (`no-memory`) where the budget or the platform does not allow it.
   */
  allocate<D extends DType>(name: string, dtype: D, length: number): ArrayOf<D> {
    const type = ARRAY_TYPES[dtype];
    const bytes = Math.max(length * type.BYTES_PER_ELEMENT, 8);
    return this.#enter(name, bytes, () => {
      const buffer = this.shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
      return [buffer, new type(buffer as ArrayBuffer, 0, length) as ArrayOf<D>];
    });
  }

  /**
   * Zeroed memory for WebAssembly that threads can share, counted as the buffer of its arrays. It never grows.
   * @throws Refusal (`no-memory`) as `allocate` does.
   */
  allocateWasmMemory(name: string, bytes: number): WebAssembly.Memory {
    const pages = Math.ceil(bytes / WASM_PAGE);
    const size = pages * WASM_PAGE;
    return this.#enter(name, size, () => {
      const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
      return [memory.buffer, memory];
    });
  }

  /** A copy of `source` in ledger memory. */
  adopt<A extends NumericArray>(name: string, dtype: DType, source: A): A {
    const copy = this.allocate(name, dtype, source.length);
    copy.set(source);
    return copy as unknown as A;
  }

  /** Count shared memory that another ledger allocated; what is counted already, or is small and not shared, is not. */
  hold(name: string, buffer: ArrayBufferLike): void {
    const shared = typeof SharedArrayBuffer !== 'undefined' && buffer instanceof SharedArrayBuffer;
    if (shared && !this.#entries.has(buffer)) this.#entries.set(buffer, { name, bytes: buffer.byteLength });
  }

  /** Forget arrays that nobody uses any more, so that the collector may take them. */
  release(...arrays: (NumericArray | undefined)[]): void {
    for (const array of arrays) if (array) this.#entries.delete(array.buffer);
  }

  /** The buffers now alive: keep it to find out later what a piece of work allocated. */
  get buffers(): ReadonlySet<ArrayBufferLike> {
    return new Set(this.#entries.keys());
  }

  /** Forget these buffers, as `release` does. */
  forget(buffers: Iterable<ArrayBufferLike>): void {
    for (const buffer of buffers) this.#entries.delete(buffer);
  }

  get bytes(): number {
    let sum = 0;
    for (const entry of this.#entries.values()) sum += entry.bytes;
    return sum;
  }

  /** Count the peak from now on. */
  restartPeak(): void {
    this.#peak = this.bytes;
  }

  get peakBytes(): number {
    return this.#peak;
  }

  /** Name and size of every live allocation, largest first. */
  get entries(): { name: string; bytes: number }[] {
    return [...this.#entries.values()].sort((a, b) => b.bytes - a.bytes);
  }

  /** Make a buffer and what is seen of it, and count it. */
  #enter<T>(name: string, bytes: number, make: () => [buffer: ArrayBufferLike, made: T]): T {
    if (this.bytes + bytes > this.budgetBytes) throw this.#refuse(name, bytes, 'the memory budget is spent');
    try {
      const [buffer, made] = make();
      this.#entries.set(buffer, { name, bytes });
      this.#peak = Math.max(this.#peak, this.bytes);
      return made;
    } catch (thrown) {
      if (thrown instanceof RangeError) throw this.#refuse(name, bytes, 'the browser or Node refused it');
      throw thrown;
    }
  }

  #refuse(name: string, bytes: number, reason: string): Refusal {
    const gib = (value: number) => `${(value / GIB).toFixed(2)} GiB`;
    return new Refusal({
      tag: 'no-memory',
      message:
        `No memory for ${name} (${gib(bytes)}; ${gib(this.bytes)} of ${gib(this.budgetBytes)} in use): ${reason}. ` +
        'Close other tabs, load a smaller snapshot, or keep fewer components.',
    });
  }
}
