import { EV_PER_UNIT } from '#chem/units.ts';
import { centreIdOf, speciesOf, titleOf, vectorOf } from './cellText.ts';
import type { Placeholder } from './input.ts';
import { countMeshPoints } from './mesh.ts';
import { formatLengths, formatNumber } from './numbers.ts';

/** What every code's templates may have. */
export const CELL_PLACEHOLDERS: readonly Placeholder[] = [
  {
    name: 'title',
    description: 'one line that says which atom of which snapshot the centre is',
    value: ({ structure }) => titleOf(structure),
  },
  {
    name: 'centreId',
    description: 'id of the centre in the snapshot; "bulk" for the bulk cell',
    value: ({ structure }) => centreIdOf(structure),
  },
  { name: 'atomCount', description: 'number of atoms', value: ({ structure }) => String(structure.species.length) },
  {
    name: 'speciesCount',
    description: 'number of elements',
    value: ({ structure }) => String(speciesOf(structure).length),
  },
  {
    name: 'elements',
    description: 'elements in order of first appearance',
    value: ({ structure }) => speciesOf(structure).join(' '),
  },
  ...['A', 'B', 'C'].map((letter, k) => ({
    name: `cell${letter}`,
    description: `cell vector ${letter.toLowerCase()}: x, y, z in Å`,
    value: ({ structure }: Parameters<Placeholder['value']>[0]) => formatLengths(vectorOf(structure, k)).trim(),
  })),
];

const DIGITS = 4;

/**
 * A cut-off in the three units that templates may want.
 * @param key Of the parameter, in `unit`.
 */
export function cutoffPlaceholders(key: string, unit: 'eV' | 'Ry', meaning: string): Placeholder[] {
  const names = [
    ['Ev', 'eV'],
    ['Ry', 'Ry'],
    ['Ha', 'Ha'],
  ] as const;
  return names.map(([suffix, into]) => ({
    name: key + suffix,
    description: `${meaning}, ${into}`,
    value: ({ settings }) => formatNumber((settings.number(key) * EV_PER_UNIT[unit]) / EV_PER_UNIT[into], DIGITS),
  }));
}

/** The number of a parameter as it was set. */
export function numberPlaceholder(key: string, description: string): Placeholder {
  return { name: key, description, value: ({ settings }) => formatNumber(settings.number(key), 10) };
}

/** The text of a parameter as it was set. */
export function textPlaceholder(key: string, description: string): Placeholder {
  return { name: key, description, value: ({ settings }) => settings.text(key) };
}

export const MESH_PLACEHOLDER: Placeholder = {
  name: 'kMesh',
  description: 'points of the k-mesh along the three reciprocal vectors, from the spacing',
  value: ({ structure, settings }) => countMeshPoints(structure.cell, settings.number('kSpacing')).join(' '),
};
