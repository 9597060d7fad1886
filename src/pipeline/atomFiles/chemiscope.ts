import { STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { type AtomSet, rowsOf } from '#data/atomSet.ts';
import { badParameter } from '#data/errors.ts';
import { type ChemiscopeProperty, writeChemiscope } from '#formats/chemiscope/write.ts';
import { propertyName, UNKNOWN_SPECIES } from '#formats/extxyz/write.ts';
import { NeighbourFinder } from '#kernels/cellList/neighbours.ts';
import type { Results } from '../results.ts';
import type { AtomFile } from './atomFile.ts';
import { columnsOf } from './columns.ts';

/** More than these are too many for its viewer. */
const MOST_ATOMS = 50_000;
/** Components that are written: a map shows three at most. */
const MOST_COMPONENTS = 10;

/** An environment for each atom of the set, in a structure of these atoms and all that is within the cutoff of one. */
export const chemiscope: AtomFile = {
  label: 'Export for chemiscope',
  note: `JSON: a map of environments, up to ${MOST_ATOMS.toLocaleString('en')} atoms`,
  ending: 'json',
  write({ results, parameters, set, name }) {
    const { snapshot } = results.snapshot!;
    const { cell, position, types, species, ids, source } = snapshot;
    const { cutoff } = parameters;
    const centres = rowsOf(set);
    if (centres.length > MOST_ATOMS) throw tooMany(`it has ${centres.length}`);
    const rows = withSurroundings(results, set, cutoff);
    if (rows.length > MOST_ATOMS) throw tooMany(`it and what is within ${cutoff} Å of it have ${rows.length}`);
    const indexOf = new Map(Array.from(rows, (row, index) => [row, index]));
    const around = rows.length - centres.length;
    return writeChemiscope({
      name: `${name}, ${source.name}`,
      description:
        `${centres.length} atoms of ${source.name} (SHA-256 ${source.sha256}), with ${around} atoms around them that ` +
        `have no environment of their own. ${componentsWords(results)}`,
      references: [],
      names: Array.from(rows, (row) => species[types[row]!] ?? UNKNOWN_SPECIES),
      position: relative(rows, position, cell.origin),
      cell,
      centres: Array.from(centres, (row) => indexOf.get(row)!),
      cutoff,
      properties: propertiesOf(results, centres, ids),
      map: mapOf(results),
    });
  },
};

function tooMany(found: string) {
  return badParameter(
    `chemiscope shows at most ${MOST_ATOMS} atoms with their surroundings: take a smaller set, ${found}`,
  );
}

/** Rows of the set and of every atom within the cutoff of one of them, ascending. */
function withSurroundings({ snapshot }: Readonly<Results>, set: AtomSet, cutoff: number): Uint32Array {
  const { list, snapshot: atoms } = snapshot!;
  const [x0, y0, z0] = atoms.cell.origin as unknown as readonly [number, number, number];
  const finder = new NeighbourFinder(list);
  const inside = new Set<number>();
  for (const row of rowsOf(set)) {
    inside.add(row);
    const at = 3 * row;
    finder.findAround(atoms.position[at]! - x0, atoms.position[at + 1]! - y0, atoms.position[at + 2]! - z0, cutoff);
    for (let k = 0; k < finder.count; k++) inside.add(finder.row[k]!);
  }
  return Uint32Array.from(inside).sort();
}

function relative(rows: Uint32Array, position: Float64Array, origin: ArrayLike<number>): Float64Array {
  const out = new Float64Array(3 * rows.length);
  rows.forEach((row, index) => {
    for (let k = 0; k < 3; k++) out[3 * index + k] = position[3 * row + k]! - origin[k]!;
  });
  return out;
}

function propertiesOf(results: Readonly<Results>, centres: Uint32Array, ids: Uint32Array) {
  const properties: Record<string, ChemiscopeProperty> = {};
  const { pool, structure } = results;
  for (let k = 0; pool && k < Math.min(pool.components, MOST_COMPONENTS); k++) {
    properties[`PC${k + 1}`] = { values: Float32Array.from(centres, (row) => pool.scores[row * pool.components + k]!) };
  }
  if (structure) {
    properties.structure_type = {
      description: 'adaptive common neighbour analysis',
      values: Array.from(centres, (row) => STRUCTURE_TYPES[structure.structureType[row]!]!.label),
    };
  }
  properties.id = { description: 'of the atom in its file', values: Uint32Array.from(centres, (row) => ids[row]!) };
  const taken = Object.keys(properties);
  for (const { name, unit, array, shape } of columnsOf(results, propertyName, taken)) {
    if (name === 'structure.type' || (shape[1] ?? 1) > 1) continue;
    properties[propertyName(name)] = {
      ...(unit ? { units: unit } : {}),
      values: Array.from(centres, (row) => array[row]!),
    };
  }
  return properties;
}

function mapOf({ pool, structure, model }: Readonly<Results>) {
  const color = model ? propertyName('model.energy') : structure ? propertyName('structure.coordination') : undefined;
  return {
    ...(pool && pool.components > 1 ? { x: 'PC1', y: 'PC2' } : {}),
    ...(color ? { color } : {}),
    ...(structure ? { symbol: 'structure_type' } : {}),
  };
}

function componentsWords({ pool, snapshot }: Readonly<Results>): string {
  const kept = pool?.components ?? 0;
  const components =
    kept > MOST_COMPONENTS ? `Of ${kept} principal components the first ${MOST_COMPONENTS} are given. ` : '';
  const wide = snapshot!.snapshot.columns.filter(({ shape }) => (shape[1] ?? 1) > 1).map(({ name }) => name);
  return `${components}${wide.length > 0 ? `Columns of several numbers are left out: ${wide.join(', ')}.` : ''}`.trim();
}
