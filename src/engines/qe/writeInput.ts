import { findElement } from '#chem/elements.ts';
import { EV_PER_UNIT } from '#chem/units.ts';
import { badParameter } from '#data/errors.ts';
import { atomLines, speciesOf } from '../cellText.ts';
import { defineWriter } from '../defineWriter.ts';
import type { InputCell } from '../input.ts';
import { formatLengths, formatNumber } from '../numbers.ts';
import { CUTOFF, K_SPACING, SMEARING_WIDTH } from '../parameters.ts';
import {
  CELL_PLACEHOLDERS,
  cutoffPlaceholders,
  MESH_PLACEHOLDER,
  numberPlaceholder,
  textPlaceholder,
} from '../placeholders.ts';
import { CELL_IN } from './template.ts';

export const qeWriter = defineWriter({
  id: 'qe',
  code: 'Quantum ESPRESSO',
  versions: 'with a program that divides its energy among atoms',
  partition: 'unstated',
  atomicEnergies: false,
  energyNote:
    'Gives the energy of the whole cell only. The energy of an atom needs a code with an energy density: ' +
    'the EDM patch for VASP, or QMAS.',
  parameters: [
    CUTOFF,
    {
      kind: 'number',
      key: 'densityRatio',
      label: 'density cut-off over plane-wave cut-off',
      unit: '',
      default: 8,
      above: 0,
      help: '8 to 12 for ultrasoft and PAW potentials, 4 for norm-conserving ones.',
    },
    K_SPACING,
    SMEARING_WIDTH,
    {
      kind: 'elements',
      key: 'magnetization',
      label: 'starting magnetization',
      default: 'Fe=0.4',
      help: 'Between -1 and 1: the part of the valence electrons that starts unpaired. Elements that are not named start without.',
    },
    {
      kind: 'elements',
      key: 'pseudopotential',
      label: 'pseudopotential files',
      default: 'Fe=Fe.pbe-nd-rrkjus.UPF',
      help: 'One PBE file for each element.',
    },
    {
      kind: 'text',
      key: 'pseudoDir',
      label: 'folder of pseudopotentials',
      default: '../../pseudo',
      help: 'As seen from the folder of a cell.',
    },
  ],
  templates: [{ file: 'cell.in', text: CELL_IN }],
  placeholders: [
    ...CELL_PLACEHOLDERS,
    {
      name: 'atoms',
      description: 'one line an atom, the centre first: symbol, x, y, z in Å',
      value: ({ structure }) => atomLines(structure, (symbol, at) => `${symbol.padEnd(2)}${formatLengths(at)}`),
    },
    {
      name: 'species',
      description: 'one line an element: symbol, mass, pseudopotential file',
      value: ({ structure, settings }) =>
        speciesOf(structure)
          .map((symbol) => `${symbol} ${massOf(symbol)} ${settings.ofElement('pseudopotential', symbol)}`)
          .join('\n'),
    },
    {
      name: 'startingMagnetization',
      description: 'one line an element: starting_magnetization(k) = ...',
      value: writeMagnetization,
    },
    ...cutoffPlaceholders('cutoff', 'eV', 'plane-wave cut-off'),
    {
      name: 'densityCutoffRy',
      description: 'cut-off of the density, Ry',
      value: ({ settings }) =>
        formatNumber((settings.number('cutoff') * settings.number('densityRatio')) / EV_PER_UNIT.Ry, 4),
    },
    {
      name: 'smearingRy',
      description: 'smearing width, Ry',
      value: ({ settings }) => formatNumber(settings.number('smearing') / EV_PER_UNIT.Ry, 6),
    },
    MESH_PLACEHOLDER,
    numberPlaceholder('kSpacing', 'k-point spacing, 1/Å with the factor 2π'),
    textPlaceholder('pseudoDir', 'folder of pseudopotentials'),
  ],
  command: 'pw.x -in cell.in > cell.out',
  outputs: ['cell.out'],
  supplies: ['The pseudopotential files, in the folder that is set. Check that they are good at the cut-off.'],
});

function writeMagnetization({ structure, settings }: InputCell): string {
  return speciesOf(structure)
    .map((symbol, k) => {
      const part = settings.numberOfElement('magnetization', symbol, 0);
      if (Math.abs(part) <= 1) return `starting_magnetization(${k + 1}) = ${formatNumber(part, 4)}`;
      throw badParameter(`Starting magnetization of ${symbol}: expected a number between -1 and 1, found ${part}`);
    })
    .join('\n');
}

function massOf(symbol: string): number {
  const element = findElement(symbol);
  if (element) return element.mass;
  throw badParameter(`There is no mass for species ${symbol}: it is no element symbol`);
}
