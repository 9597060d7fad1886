import { findElement } from '#chem/elements.ts';
import type { Warning } from '#data/errors.ts';
import { decodeText } from './numbers.ts';

/** A snapshot's type codes are bytes. */
export const MOST_TYPES = 256;

/** Collects species labels in the order of their first appearance. Looks them up as bytes: no string per atom. */
export class SpeciesTable {
  readonly #known: Uint8Array[] = [];
  readonly labels: string[] = [];
  #last = 0;

  /** The code of the label in `bytes[start, end)`, new or known. Not limited to `MOST_TYPES`. */
  codeOf(bytes: Uint8Array, start: number, end: number): number {
    if (this.#matches(this.#last, bytes, start, end)) return this.#last;
    for (let code = 0; code < this.#known.length; code++) {
      if (this.#matches(code, bytes, start, end)) {
        this.#last = code;
        return code;
      }
    }
    this.#known.push(bytes.slice(start, end));
    this.#last = this.labels.push(decodeText(bytes, start, end)) - 1;
    return this.#last;
  }

  #matches(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    const label = this.#known[code];
    if (!label || label.length !== end - start) return false;
    for (let index = 0; index < label.length; index++) if (label[index] !== bytes[start + index]) return false;
    return true;
  }
}

/** Element symbols of labels (case mended: FE is Fe); a label that names no element becomes null, with a warning. */
export function elementsOf(labels: readonly (string | null)[]): {
  species: (string | null)[];
  warnings: Warning[];
} {
  const warnings: Warning[] = [];
  const species = labels.map((label) => {
    if (label === null) return null;
    const symbol = label.charAt(0).toUpperCase() + label.slice(1).toLowerCase();
    if (findElement(symbol)) return symbol;
    warnings.push({ message: `Species "${label}" is no element symbol: its atoms are a type without an element.` });
    return null;
  });
  return { species, warnings };
}
