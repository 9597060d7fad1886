import { badInput } from '#data/errors.ts';

/** A single text of an output; a browser's own limit for strings is not much higher. */
export const LONGEST_FILE = 256 * 1024 * 1024;
/** A package of five thousand jobs has fewer. */
export const MOST_ENTRIES = 100_000;
/** Outputs shrink to a tenth, grids of zeros to a hundredth; only what was made to fill a machine unpacks to more. */
const LARGEST_RATIO = 200;
/** Below it nobody is hurt by any ratio. */
const HARMLESS = 64 * 1024 * 1024;

/** Counts what goes into an archive's unpacking and what comes out of it. */
export class Swelling {
  #packed = 0;
  #unpacked = 0;
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  take(bytes: number): void {
    this.#packed += bytes;
  }

  give(bytes: number): void {
    this.#unpacked += bytes;
  }

  /** @throws Refusal where far more came out than went in. To be called outside fflate, which swallows what is thrown. */
  check(): void {
    if (this.#unpacked <= HARMLESS + LARGEST_RATIO * this.#packed) return;
    throw badInput({
      file: this.#file,
      message: `it unpacks to more than ${LARGEST_RATIO} times its size, which no outputs of calculations do. It was not read`,
    });
  }
}

/** Why a file is left alone that is longer than any output. */
export function tooLong(path: string): string {
  return `${path}: longer than ${LONGEST_FILE / 1024 / 1024} MB, which no output of one calculation is`;
}

/**
 * A path of an archive with forward slashes; null where it leads out of the archive. Nothing is ever written where such a
 * path says, but whoever made it meant no good, and two files could have the same one.
 */
export function pathWithin(name: string): string | null {
  const path = name.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
  const leaves = path.startsWith('/') || /^[a-z]:/i.test(path) || path.includes('\0') || path.split('/').includes('..');
  return leaves ? null : path;
}
