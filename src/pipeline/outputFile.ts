/** A file of a package or of a result folder, made chunk by chunk when somebody asks for it. */
export interface OutputFile {
  /** With forward slashes, relative to the folder or the root of the zip. */
  readonly path: string;
  readonly chunks: Iterable<string | Uint8Array>;
  /** A script: mode 755 where files have modes. */
  readonly executable?: boolean;
  /** Numbers that hardly get smaller: a zip holds them as they are. */
  readonly stored?: boolean;
}
