import { badInput } from '#data/errors.ts';
import { quote } from '../text/numbers.ts';

/** What the header of a .npy file says of its array. */
export interface NpyDictionary {
  /** NumPy's name of the element type, such as `<f8`. */
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
}

/** @throws Refusal where it does not say what an array is. */
export function parseDictionary(header: string, file: string): NpyDictionary {
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const shapeText = /'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1];
  if (descr === undefined || order === undefined || shapeText === undefined) {
    throw badInput({ file, expected: 'descr, fortran_order and shape in the .npy header', found: quote(header) });
  }
  const shape = shapeText
    .split(',')
    .filter((extent) => extent.trim() !== '')
    .map(Number);
  return { descr, fortranOrder: order === 'True', shape };
}
