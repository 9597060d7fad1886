import type { AtomSet } from '#data/atomSet.ts';
import type { MemoryLedger } from '#data/buffers.ts';
import type { Parameters } from '../parameters.ts';
import type { Results } from '../results.ts';

/** Atoms of a set that are to be written, with what is known of them. */
export interface AtomFileRequest {
  readonly results: Readonly<Results>;
  readonly parameters: Parameters;
  readonly set: AtomSet;
  /** Of the set; stands in the file's head. */
  readonly name: string;
  readonly memory: MemoryLedger;
}

/** A kind of file that the atoms of a set can be written as. */
export interface AtomFile {
  /** What the menu says: the command, and one line on what is in the file. */
  readonly label: string;
  readonly note: string;
  /** Of the file's name, without the dot. */
  readonly ending: string;
  /**
   * The file in chunks of text.
   * @throws Refusal where these atoms cannot be written so.
   */
  readonly write: (request: AtomFileRequest) => Iterable<string>;
}
