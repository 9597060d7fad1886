/** Enough to recognise any output by. */
export const HEAD_LENGTH = 64 * 1024;

/** A file of a folder or archive. */
export interface FoundFile {
  /** With forward slashes, from the folder, the archive or the file itself. */
  readonly path: string;
  /** The whole text; null where nobody wants it, or it could not be read. */
  readonly text: string | null;
  /** Why it could not be read. */
  readonly problem?: string;
}

/** Whether a file is wanted, by its path and the beginning of its text. */
export type Wanted = (path: string, head: string) => boolean;
