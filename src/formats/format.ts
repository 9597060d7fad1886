import type { MemoryLedger } from '#data/buffers.ts';
import type { Cell } from '#data/cell.ts';
import type { Column } from '#data/column.ts';
import type { Control } from '#data/control.ts';
import type { Warning } from '#data/errors.ts';
import type { ByteInput } from './bytes/byteInput.ts';

/** Bytes as streams and zlib hand them out: never on shared memory, which TextDecoder and DecompressionStream refuse. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A file, wherever it lies. Its stream is read once, from start to end. */
export interface ByteSource {
  /** File name without folders. */
  readonly name: string;
  readonly byteLength: number;
  stream(): ReadableStream<Bytes>;
  /** The file for whoever has to jump in it; missing where it is only to be had from start to end. */
  blob?(): Promise<Blob>;
  /** Rejects where the file was written to since its bytes began to be streamed, or is gone. */
  verify?(): Promise<unknown>;
}

/** Files that belong together: a folder, or several that were chosen at once. */
export interface FolderSource {
  /** For sentences. */
  readonly name: string;
  readonly files: readonly {
    /** Relative to the folder, forward slashes. */
    readonly path: string;
    readonly source: ByteSource;
  }[];
}

/** What a stage may be given from outside. */
export type StageSource = ByteSource | FolderSource;

export function isFolder(source: StageSource): source is FolderSource {
  return 'files' in source;
}

/** A `File` of the browser (or a named `Blob`) as a source. */
export function blobSource(blob: Blob, name: string): ByteSource {
  // A browser compares the time of a file with that of its choice whenever it begins to read.
  const verify = () => blob.slice(0, 1).arrayBuffer();
  return { name, byteLength: blob.size, stream: () => blob.stream(), blob: () => Promise.resolve(blob), verify };
}

/** Which frame of a trajectory; a number counts from 0. */
export type FrameChoice = 'first' | 'last' | number;

export interface ReadOptions {
  readonly frame: FrameChoice;
  readonly memory: MemoryLedger;
  readonly control?: Control;
}

/** What a reader may ask of whoever feeds it. Arrays come from the memory ledger and are given back on a refusal. */
export interface ReaderContext {
  /** Name of the file, for sentences. */
  readonly file: string;
  readonly frame: FrameChoice;
  readonly allocate: MemoryLedger['allocate'];
  readonly release: MemoryLedger['release'];
  /** No content of this file can be longer, bytes: tells a garbled number of atoms before memory is asked for. */
  readonly largestText: number;
}

/** The chosen frame as it stands in the file: rows in file order, not yet sorted by id. Lengths in Å. */
export interface FrameData<Line extends number | null = number> {
  readonly count: number;
  readonly timestep: number | null;
  readonly cell: Cell;
  /** [n], or null where the file names no ids. */
  readonly ids: Uint32Array | null;
  /** [n] index into `species`. */
  readonly types: Uint8Array;
  readonly species: readonly (string | null)[];
  /** [n, 3] Å. */
  readonly position: Float64Array;
  readonly columns: readonly Column<Float64Array>[];
  /** 1-based line of the first atom; atom k stands on `firstLine + k`. Null where the format has no lines. */
  readonly firstLine: Line;
  readonly warnings: readonly Warning[];
}

export interface ChosenFrame<Line extends number | null = number> {
  readonly data: FrameData<Line>;
  /** 0-based. */
  readonly index: number;
  readonly frameCount: number;
}

/** Takes a file line by line. Throws a `Refusal` with the line for anything that is not as the format says. */
export interface SnapshotReader {
  /** One line: `bytes[start, end)` without its line end. Valid during the call only. `line` is 1-based. */
  readLine(bytes: Uint8Array, start: number, end: number, line: number): void;
  /** Every line was given; `line` is the number of the last one. */
  finish(line: number): ChosenFrame<number | null>;
}

/** How much a frame holds, as far as the head of its file tells. */
export interface FrameSize {
  readonly count: number;
  /** On the line of an atom. */
  readonly fields: number;
}

/** What every entry of the registry of formats tells of itself. */
export interface NamedFormat {
  readonly name: string;
  readonly title: string;
  /** With the dot. Only for dialogs and sentences: files are recognised by content. */
  readonly extensions: readonly string[];
}

/** A format that is read line by line. */
export interface SnapshotFormat extends NamedFormat {
  /** Does a file that starts like this claim to be one of ours? `head` is the first few kB, or all of a smaller file. */
  sniff(head: string): boolean;
  /** Size of the first frame of a file that starts like this; null where it does not show. */
  peek(head: string): FrameSize | null;
  createReader(context: ReaderContext): SnapshotReader;
}

/** A format whose files have no lines, or none that mean anything. */
export interface BytesFormat extends NamedFormat {
  /** As `SnapshotFormat.sniff`. */
  sniff(head: Bytes): boolean;
  /** As `SnapshotFormat.peek`. @throws Refusal where the head is not as it should be. */
  peek(head: Bytes): Promise<FrameSize | null>;
  /**
   * Reads the whole input, in pieces of its own choice.
   * @throws Refusal with the byte for anything that is not as the format says.
   */
  read(context: ReaderContext, input: ByteInput): Promise<ChosenFrame<null>>;
}

/** A small cell for a DFT code: atoms in the order in which energies are expected back. Lengths in Å. */
export interface Structure {
  readonly cell: Cell;
  /** [n] element symbols. */
  readonly species: readonly string[];
  /** [n, 3] Cartesian, Å. */
  readonly position: Float64Array;
  /** One line; says which atom of which snapshot is the centre. */
  readonly comment: string;
  /** Further numbers of every atom, for formats that can carry them. */
  readonly columns?: readonly Column[];
}
