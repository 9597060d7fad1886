import type { AtomFile } from './atomFile.ts';
import { chemiscope } from './chemiscope.ts';
import { csv } from './csv.ts';
import { dump } from './dump.ts';
import { extxyz } from './extxyz.ts';
import { ids } from './ids.ts';

/** Every kind of file for the atoms of a set, in the order of the menu. */
export const ATOM_FILES = { ids, csv, extxyz, dump, chemiscope } as const satisfies Readonly<Record<string, AtomFile>>;

export type AtomFileKind = keyof typeof ATOM_FILES;
export const ATOM_FILE_KINDS = Object.keys(ATOM_FILES) as AtomFileKind[];
