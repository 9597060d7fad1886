import type { DType } from '#data/column.ts';

/** NumPy's names (`descr`) of our element types, little-endian. */
export const DESCR_OF_DTYPE: Readonly<Record<DType, string>> = {
  float64: '<f8',
  float32: '<f4',
  uint32: '<u4',
  int32: '<i4',
  uint8: '|u1',
};

/** `\x93NUMPY`: a file of any version. */
export const NPY_SIGNATURE = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** The same of version 1.0, which is written here. */
export const NPY_MAGIC = [...NPY_SIGNATURE, 1, 0];
/** Length of the magic and of the header's own length. */
export const NPY_PREFIX = NPY_MAGIC.length + 2;
