/** Structure types of adaptive common neighbour analysis. Codes and their order are OVITO's. */
export interface StructureType {
  readonly code: number;
  readonly label: string;
  readonly name: string;
}

export const OTHER = 0;
export const FCC = 1;
export const HCP = 2;
export const BCC = 3;
export const ICOSAHEDRAL = 4;

export const STRUCTURE_TYPES: readonly StructureType[] = [
  { code: OTHER, label: 'OTH', name: 'Other' },
  { code: FCC, label: 'FCC', name: 'Face-centred cubic' },
  { code: HCP, label: 'HCP', name: 'Hexagonal close-packed' },
  { code: BCC, label: 'BCC', name: 'Body-centred cubic' },
  { code: ICOSAHEDRAL, label: 'ICO', name: 'Icosahedral' },
];
