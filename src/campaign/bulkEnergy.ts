import { BCC } from '#chem/structureTypes.ts';
import { badParameter } from '#data/errors.ts';
import { medianOf } from '#kernels/ridge/statistics.ts';

export interface BulkEnergyRequest {
  /** What the user typed, eV per atom; null for "auto". */
  readonly typed: number | null;
  /** Energy of the bulk cell's first atom, eV; null where it has not come back. */
  readonly returned: number | null;
  /** Why the energy of the bulk cell came back but is not used. */
  readonly putAside?: string | undefined;
  /** A column of the snapshot that stands in for calculations, and the structure type of every atom. */
  readonly labels?: {
    readonly column: string;
    /** [n] eV; NaN where unknown. */
    readonly energy: Float64Array;
    readonly structureType: Uint8Array;
  };
}

export interface BulkEnergy {
  /** eV per atom. */
  readonly value: number;
  /** Where it comes from, in words. */
  readonly source: string;
}

/**
 * The energy that is subtracted from all others (METHOD section 2): that of the bulk cell, else the median over the BCC
 * atoms of a label column. A typed one goes before both, since it was typed on purpose.
 * @throws Refusal (`bad-parameter`) where there is none.
 */
export function chooseBulkEnergy({ typed, returned, putAside, labels }: BulkEnergyRequest): BulkEnergy {
  if (typed !== null) {
    const other = returned === null ? '' : `; the bulk cell gave ${returned} eV`;
    return { value: typed, source: `typed${other}` };
  }
  if (returned !== null) return { value: returned, source: 'bulk cell' };
  if (!labels && putAside !== undefined) {
    throw badParameter(
      `The bulk cell was put aside (${putAside}): accept it as id 0 (--accept-energies), or give its energy ` +
        '(--bulk-energy)',
    );
  }
  if (!labels) {
    throw badParameter(
      'No bulk energy: run the cell in bulk/ and add its energy to the table (id 0), or give one (--bulk-energy)',
    );
  }
  const { column, energy, structureType } = labels;
  // `filter` with a callback takes 100 ms for a million atoms.
  const ofBcc = new Float64Array(energy.length);
  let count = 0;
  for (let row = 0; row < energy.length; row++) {
    if (structureType[row] === BCC && Number.isFinite(energy[row])) ofBcc[count++] = energy[row]!;
  }
  if (count === 0) {
    throw badParameter(`No bulk energy: no BCC atom has one in column ${column}; give it (--bulk-energy)`);
  }
  return { value: medianOf(ofBcc.subarray(0, count)), source: `median of ${column} over ${count} BCC atoms` };
}
