import { atomLines, speciesOf } from '../cellText.ts';
import { defineWriter } from '../defineWriter.ts';
import type { InputCell } from '../input.ts';
import { formatLengths, formatNumber } from '../numbers.ts';
import { fermiTemperature, momentParameter } from '../parameters.ts';
import { CELL_PLACEHOLDERS, cutoffPlaceholders, numberPlaceholder, textPlaceholder } from '../placeholders.ts';
import { countAddedOrbitals, countUnpaired } from './spin.ts';
import { CELL_INP } from './template.ts';

/** There is no k-mesh among the parameters: CP2K's atomic energies abort with k-points. */
export const cp2kWriter = defineWriter({
  id: 'cp2k',
  code: 'CP2K',
  versions: '2024.1 or later',
  partition: 'mulliken',
  atomicEnergies: true,
  energyNote:
    "Divides the energy among atoms by Mulliken's rule, at the Gamma point only. " +
    'Versions before 2024.1 leave out a part of it.',
  parameters: [
    {
      kind: 'number',
      key: 'gridCutoff',
      label: 'grid cut-off',
      unit: 'Ry',
      default: 600,
      above: 0,
      help: 'Of the finest density grid, not of wave functions: 544 eV of a plane-wave code is no measure for it.',
    },
    {
      kind: 'number',
      key: 'relCutoff',
      label: 'relative cut-off',
      unit: 'Ry',
      default: 60,
      above: 0,
      help: 'REL_CUTOFF: which Gaussian goes on which grid.',
    },
    fermiTemperature(2000),
    {
      kind: 'number',
      key: 'emptyPerAtom',
      label: 'empty orbitals an atom',
      unit: '',
      default: 2,
      above: 0,
      help: 'ADDED_MOS of spin up; spin down gets the unpaired ones besides. A single-zeta basis of Fe has room for 0.8.',
    },
    momentParameter(2.2),
    {
      kind: 'elements',
      key: 'basis',
      label: 'basis sets',
      default: 'Fe=DZVP-MOLOPT-SR-GTH',
      help: 'One for each element, by its name in the basis file.',
    },
    {
      kind: 'elements',
      key: 'potential',
      label: 'pseudopotentials',
      default: 'Fe=GTH-PBE-q16',
      help: 'One for each element, with the number of electrons behind -q.',
    },
    {
      kind: 'text',
      key: 'basisFile',
      label: 'basis file',
      default: 'BASIS_MOLOPT',
      help: 'A file of the data folder of CP2K, or a path.',
    },
    {
      kind: 'text',
      key: 'potentialFile',
      label: 'pseudopotential file',
      default: 'GTH_POTENTIALS',
      help: 'A file of the data folder of CP2K, or a path.',
    },
  ],
  templates: [{ file: 'cell.inp', text: CELL_INP }],
  placeholders: [
    ...CELL_PLACEHOLDERS,
    {
      name: 'atoms',
      description: 'one line an atom, the centre first: symbol, x, y, z in Å',
      value: ({ structure }) => atomLines(structure, (symbol, at) => `${symbol.padEnd(2)}${formatLengths(at)}`),
    },
    {
      name: 'kinds',
      description: 'a section &KIND for each element: basis set, pseudopotential, initial moment',
      value: writeKinds,
    },
    {
      name: 'multiplicity',
      description: 'multiplicity to start from: unpaired electrons plus one',
      value: (cell) => String(countUnpaired(cell) + 1),
    },
    {
      name: 'addedMos',
      description: 'empty orbitals of spin up and spin down',
      value: (cell) => countAddedOrbitals(cell).join(' '),
    },
    ...cutoffPlaceholders('gridCutoff', 'Ry', 'cut-off of the finest grid'),
    numberPlaceholder('relCutoff', 'relative cut-off, Ry'),
    numberPlaceholder('temperature', 'electronic temperature, K'),
    textPlaceholder('basisFile', 'file of basis sets'),
    textPlaceholder('potentialFile', 'file of pseudopotentials'),
  ],
  command: 'cp2k.psmp -i cell.inp -o cell.out',
  outputs: ['cell.out'],
  supplies: ['The basis and pseudopotential files come with CP2K; set CP2K_DATA_DIR where it does not find them.'],
});

function writeKinds({ structure, settings }: InputCell): string {
  return speciesOf(structure)
    .flatMap((symbol) => [
      `&KIND ${symbol}`,
      `  BASIS_SET ${settings.ofElement('basis', symbol)}`,
      `  POTENTIAL ${settings.ofElement('potential', symbol)}`,
      `  MAGNETIZATION ${formatNumber(settings.numberOfElement('moment', symbol, 0), 4)}`,
      '&END KIND',
    ])
    .join('\n');
}
