import { BCC, FCC, HCP, ICOSAHEDRAL, OTHER } from './structureTypes.ts';

/** How a program numbers structure types; the same number means another structure elsewhere. */
export interface StructureCodes {
  readonly label: string;
  /** Our type by their code; null where the program did not look at the atom. What is not listed is no code of it. */
  readonly types: readonly (number | null)[];
}

/**
 * Numbers of structure types by the programs that write them. OVITO: `StructureIdentificationModifier`; LAMMPS:
 * the pages of `compute cna/atom` (0 outside the group, 5 unknown) and `compute ackland/atom` (0 unknown).
 */
export const STRUCTURE_CODES = {
  ovito: { label: 'OVITO (0 other, 1 FCC, 2 HCP, 3 BCC, 4 ICO)', types: [OTHER, FCC, HCP, BCC, ICOSAHEDRAL] },
  'lammps-cna': {
    label: 'LAMMPS cna/atom (1 FCC, 2 HCP, 3 BCC, 4 ICO, 5 other)',
    types: [null, FCC, HCP, BCC, ICOSAHEDRAL, OTHER],
  },
  'lammps-ackland': {
    label: 'LAMMPS ackland/atom (0 other, 1 BCC, 2 FCC, 3 HCP, 4 ICO)',
    types: [OTHER, BCC, FCC, HCP, ICOSAHEDRAL],
  },
} as const satisfies Readonly<Record<string, StructureCodes>>;

export type CodesName = keyof typeof STRUCTURE_CODES;
