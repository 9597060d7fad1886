import { extxyz } from './extxyz/format.ts';
import type { SnapshotFormat } from './format.ts';
import { lammpsDump } from './lammpsDump/format.ts';

/** Every format a snapshot can be read from, in the order in which content is tried. */
export const SNAPSHOT_FORMATS = [lammpsDump, extxyz] as const satisfies readonly SnapshotFormat[];
