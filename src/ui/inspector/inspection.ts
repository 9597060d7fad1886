import type { Cell } from '#data/cell.ts';
import { type Alignment, align } from '#kernels/align/align.ts';
import { type NearRow, nearestRows, usualDistance } from '#kernels/align/nearestRows.ts';
import { findSurroundings, type Surroundings } from '#kernels/align/surroundings.ts';

/** Training atoms beside the one that is looked at: more would not fit beside one another. */
export const SHOWN_TRAINING_ATOMS = 3;

export interface Compared extends NearRow {
  readonly surroundings: Surroundings;
  /** Its neighbours turned onto those of the atom that is looked at. */
  readonly alignment: Alignment;
}

export interface Inspection {
  readonly surroundings: Surroundings;
  /** The nearest training atoms by descriptor, the nearest first. */
  readonly compared: readonly Compared[];
  /** Median distance of the training atoms from the nearest other one; NaN for fewer than two. */
  readonly usual: number;
  readonly training: number;
  /** Whether the atom is one of them. */
  readonly isTraining: boolean;
}

export interface InspectionInput {
  readonly row: number;
  /** [n, 3] Å. */
  readonly position: Float32Array;
  readonly cell: Cell;
  /** Å. */
  readonly cutoff: number;
  /** Null before there is a pool. */
  readonly scores: { readonly array: Float32Array; readonly width: number } | null;
  readonly trainingRows: readonly number[];
}

/** The surroundings of an atom and of the training atoms that the model knows it by, in turns of the page. */
export function* inspect(input: InspectionInput): Generator<void, Inspection> {
  const { row, position, cell, cutoff, scores, trainingRows } = input;
  const near = scores ? nearestRows(scores.array, scores.width, row, trainingRows, SHOWN_TRAINING_ATOMS) : [];
  yield;
  const rows = [row, ...near.map((found) => found.row)];
  const [surroundings, ...others] = yield* findSurroundings(position, cell, rows, cutoff);
  const compared: Compared[] = [];
  for (const [k, other] of others.entries()) {
    yield;
    compared.push({ ...near[k]!, surroundings: other, alignment: align(other.offset, surroundings!.offset) });
  }
  yield;
  const usual = scores ? usualDistance(scores.array, scores.width, trainingRows) : Number.NaN;
  return {
    surroundings: surroundings!,
    compared,
    usual,
    training: trainingRows.length,
    isTraining: trainingRows.includes(row),
  };
}
