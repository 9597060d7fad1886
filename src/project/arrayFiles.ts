import { dtypeOf, type NumericArray } from '#data/column.ts';

/** Which file each array lies in. Views of the same numbers are the same array. */
export class ArrayFiles {
  readonly #files = new Map<ArrayBufferLike, Map<string, string>>();

  find(array: NumericArray): string | undefined {
    return this.#files.get(array.buffer)?.get(viewOf(array));
  }

  set(array: NumericArray, file: string): void {
    const views = this.#files.get(array.buffer) ?? new Map<string, string>();
    this.#files.set(array.buffer, views.set(viewOf(array), file));
  }

  get names(): ReadonlySet<string> {
    return new Set([...this.#files.values()].flatMap((views) => [...views.values()]));
  }
}

function viewOf(array: NumericArray): string {
  return `${dtypeOf(array)}:${array.byteOffset}:${array.length}`;
}
