export type NumericArray = Float64Array | Float32Array | Uint32Array | Int32Array | Uint8Array;

/** Element types by the names used in files and manifests. */
export const ARRAY_TYPES = {
  float64: Float64Array,
  float32: Float32Array,
  uint32: Uint32Array,
  int32: Int32Array,
  uint8: Uint8Array,
} as const;
export type DType = keyof typeof ARRAY_TYPES;
export type ArrayOf<D extends DType> = InstanceType<(typeof ARRAY_TYPES)[D]>;

/** One quantity of every atom (or replica, or pick). The array has one writer, who raises `version` when it changes. */
export interface Column<A extends NumericArray = NumericArray> {
  /** Dotted by owner: `file.c_pe`, `structure.type`, `model.energy`. */
  readonly name: string;
  /** `eV`, `Å`, or '' for a pure number. */
  readonly unit: string;
  /** `[n]` for one number an atom, `[n, k]` for k of them, row-major. */
  readonly shape: readonly number[];
  readonly array: A;
  readonly version: number;
}

export function dtypeOf(array: NumericArray): DType {
  const found = (Object.keys(ARRAY_TYPES) as DType[]).find((dtype) => array instanceof ARRAY_TYPES[dtype]);
  if (!found) throw new TypeError('not one of the array types of a column');
  return found;
}

export function makeColumn<A extends NumericArray>(name: string, unit: string, array: A, width = 1): Column<A> {
  return { name, unit, array, shape: width === 1 ? [array.length] : [array.length / width, width], version: 1 };
}
