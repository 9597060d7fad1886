import { badParameter } from '#data/errors.ts';
import { atomLines, speciesOf } from '../cellText.ts';
import { defineWriter } from '../defineWriter.ts';
import type { InputCell } from '../input.ts';
import { formatLengths, formatNumber } from '../numbers.ts';
import { fermiTemperature, K_SPACING, momentParameter } from '../parameters.ts';
import {
  CELL_PLACEHOLDERS,
  cutoffPlaceholders,
  MESH_PLACEHOLDER,
  numberPlaceholder,
  textPlaceholder,
} from '../placeholders.ts';
import { CELL_DAT } from './template.ts';

export const openmxWriter = defineWriter({
  id: 'openmx',
  code: 'OpenMX',
  versions: '3.8 or 3.9',
  partition: 'basis-projection',
  atomicEnergies: true,
  energyNote: 'Divides the energy among atoms by projection on their basis functions.',
  parameters: [
    {
      kind: 'number',
      key: 'gridCutoff',
      label: 'grid cut-off',
      unit: 'Ry',
      default: 300,
      above: 0,
      help: 'Of the density grid, not of wave functions: 544 eV of a plane-wave code is no measure for it.',
    },
    K_SPACING,
    fermiTemperature(1000),
    momentParameter(2.2),
    {
      kind: 'elements',
      key: 'basis',
      label: 'basis functions (PAO)',
      default: 'Fe=Fe6.0S-s3p2d1',
      help: 'One for each element: the name of the file without .pao, and the numbers of functions.',
    },
    {
      kind: 'elements',
      key: 'potential',
      label: 'pseudopotentials (VPS)',
      default: 'Fe=Fe_PBE19S',
      help: 'One for each element: the name of the file without .vps.',
    },
    {
      kind: 'elements',
      key: 'valence',
      label: 'valence electrons',
      default: 'Fe=14',
      help: 'Of each pseudopotential: 14 for Fe_PBE19S, 16 for Fe_PBE19H.',
    },
    {
      kind: 'text',
      key: 'dataPath',
      label: 'data folder of OpenMX',
      default: '../../DFT_DATA19',
      help: 'As seen from the folder of a cell; holds PAO and VPS.',
    },
  ],
  templates: [{ file: 'cell.dat', text: CELL_DAT }],
  placeholders: [
    ...CELL_PLACEHOLDERS,
    {
      name: 'atoms',
      description: 'one line an atom, the centre first: number, symbol, x, y, z in Å, initial electrons up and down',
      value: writeAtoms,
    },
    {
      name: 'species',
      description: 'one line an element: symbol, basis functions, pseudopotential',
      value: ({ structure, settings }) =>
        speciesOf(structure)
          .map(
            (symbol) => `${symbol} ${settings.ofElement('basis', symbol)} ${settings.ofElement('potential', symbol)}`,
          )
          .join('\n'),
    },
    ...cutoffPlaceholders('gridCutoff', 'Ry', 'cut-off of the density grid'),
    MESH_PLACEHOLDER,
    numberPlaceholder('kSpacing', 'k-point spacing, 1/Å with the factor 2π'),
    numberPlaceholder('temperature', 'electronic temperature, K'),
    textPlaceholder('dataPath', 'data folder of OpenMX'),
  ],
  command: 'openmx cell.dat > cell.std',
  outputs: ['cell.out'],
  supplies: ['The data folder of OpenMX with the PAO and VPS files of the elements.'],
});

function writeAtoms({ structure, settings }: InputCell): string {
  const electrons = new Map(
    speciesOf(structure).map((symbol) => {
      const valence = settings.numberOfElement('valence', symbol);
      const moment = settings.numberOfElement('moment', symbol, 0);
      if (Math.abs(moment) > valence) {
        throw badParameter(`OpenMX: ${symbol} cannot have a moment of ${moment} with ${valence} valence electrons`);
      }
      return [symbol, [valence + moment, valence - moment].map((both) => formatNumber(both / 2, 4)).join(' ')];
    }),
  );
  const width = String(structure.species.length).length;
  return atomLines(
    structure,
    (symbol, at, row) =>
      `${String(row + 1).padStart(width)} ${symbol.padEnd(2)}${formatLengths(at)}  ${electrons.get(symbol)}`,
  );
}
