import { groupBySpecies, writePoscar } from '#formats/poscar/write.ts';
import { defineWriter } from '../defineWriter.ts';
import type { InputCell } from '../input.ts';
import { formatNumber } from '../numbers.ts';
import { CUTOFF, K_SPACING, momentParameter, SMEARING_WIDTH } from '../parameters.ts';
import { CELL_PLACEHOLDERS, cutoffPlaceholders, MESH_PLACEHOLDER, numberPlaceholder } from '../placeholders.ts';
import { INCAR, KPOINTS } from './template.ts';

export const vaspWriter = defineWriter({
  id: 'vasp',
  code: 'VASP',
  versions: 'with the energy-density (EDM) patch',
  partition: 'bader',
  atomicEnergies: false,
  energyNote:
    'Gives the energy of the whole cell only. The energy of an atom needs a code with an energy density: ' +
    'the EDM patch for VASP, or QMAS.',
  parameters: [CUTOFF, K_SPACING, SMEARING_WIDTH, momentParameter(3)],
  templates: [
    { file: 'INCAR', text: INCAR },
    { file: 'KPOINTS', text: KPOINTS },
  ],
  placeholders: [
    ...CELL_PLACEHOLDERS,
    ...cutoffPlaceholders('cutoff', 'eV', 'plane-wave cut-off'),
    MESH_PLACEHOLDER,
    numberPlaceholder('kSpacing', 'k-point spacing, 1/Å with the factor 2π'),
    numberPlaceholder('smearing', 'smearing width, eV'),
    { name: 'magmom', description: 'initial moments in the order of POSCAR, as counts times μB', value: writeMagmom },
  ],
  whole: { POSCAR: ({ structure }) => writePoscar(structure) },
  command: 'vasp_std > vasp.out',
  outputs: ['OUTCAR'],
  supplies: [
    'A file POTCAR in every folder of jobs/: the PBE potentials of the elements, joined in the order of line 6 of POSCAR.',
  ],
});

function writeMagmom({ structure, settings }: InputCell): string {
  const { symbols, counts } = groupBySpecies(structure.species);
  return symbols
    .map((symbol, k) => `${counts[k]}*${formatNumber(settings.numberOfElement('moment', symbol, 0), 4)}`)
    .join(' ');
}
