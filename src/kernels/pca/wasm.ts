const PAGE = 65536;
/** AssemblyScript keeps the first bytes for itself; nothing of ours lies below. */
const FIRST_ADDRESS = 1024;

/** Arrays of one kernel in the linear memory that its instance alone uses, by name. */
type Layout = Readonly<Record<string, { readonly type: 'float64' | 'float32'; readonly length: number }>>;
type Views<L extends Layout> = { [K in keyof L]: L[K]['type'] extends 'float32' ? Float32Array : Float64Array };

export interface WasmKernel<L extends Layout, Exports> {
  readonly exports: Exports;
  /** The arrays; the memory never grows, so the views stay good. */
  readonly arrays: Views<L>;
  /** Address of an array, bytes. */
  addressOf(name: keyof L): number;
}

/**
 * Instantiate a kernel with just the memory its arrays need: drop the kernel and all of it is free again. Compiles at
 * once: a kernel is below 4 kB, which pages allow too.
 *
 * @returns null where WebAssembly or its SIMD is not available: use the reference instead.
 */
export function instantiateKernel<L extends Layout, Exports>(
  bytes: Uint8Array<ArrayBuffer>,
  layout: L,
): WasmKernel<L, Exports> | null {
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(bytes)) return null;
  const addresses = new Map<keyof L, number>();
  let end = FIRST_ADDRESS;
  for (const [name, { type, length }] of Object.entries(layout)) {
    addresses.set(name, end);
    end += Math.ceil((length * (type === 'float64' ? 8 : 4)) / 16) * 16;
  }
  const memory = new WebAssembly.Memory({ initial: Math.ceil(end / PAGE) });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  const views = Object.entries(layout).map(([name, { type, length }]) => {
    const address = addresses.get(name)!;
    return [
      name,
      type === 'float64'
        ? new Float64Array(memory.buffer, address, length)
        : new Float32Array(memory.buffer, address, length),
    ];
  });
  return {
    exports: instance.exports as Exports,
    arrays: Object.fromEntries(views),
    addressOf: (name) => addresses.get(name)!,
  };
}
