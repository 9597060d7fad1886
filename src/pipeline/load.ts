import { findElement } from '#chem/elements.ts';
import type { MemoryLedger } from '#data/buffers.ts';
import { centrePositions } from '#data/cell.ts';
import { type Column, makeColumn } from '#data/column.ts';
import type { Control } from '#data/control.ts';
import { badInput, badParameter, type Warning } from '#data/errors.ts';
import type { Snapshot } from '#data/snapshot.ts';
import { isFolder } from '#formats/format.ts';
import { readSnapshot } from '#formats/readSnapshot.ts';
import { buildCellList, type CellList } from '#kernels/cellList/cellList.ts';
import type { Context } from './executor.ts';
import type { StageWork } from './results.ts';

/** Bins as thick as the usual search radius: nine columns of them hold all neighbours, in runs long enough for SIMD. */
const BIN_WIDTH_ANGSTROM = 4;

/** Read the snapshot and sort its atoms by cell, once for every stage after it. */
export const load: StageWork<'snapshot'> = async (_results, parameters, context, source) => {
  if (!source) throw badParameter('No snapshot: open a file first');
  if (isFolder(source)) throw badInput({ file: source.name, expected: 'one snapshot file', found: 'a folder' });
  const { memory, control } = context;
  const frame =
    parameters.frame === 'first' || parameters.frame === 'last' ? parameters.frame : Number(parameters.frame);
  const read = await readSnapshot(source, { frame, memory, control });
  const snapshot = nameSpecies(read, parameters.elements);
  const list = sortByCell(snapshot, memory, control);
  const { cell } = snapshot;
  return {
    result: { snapshot, list },
    summary: {
      ...snapshot.source,
      count: snapshot.count,
      vectors: [...cell.vectors],
      origin: [...cell.origin],
      periodic: cell.periodic,
      species: snapshot.species,
      columns: snapshot.columns.map((column) => column.name),
    },
    columns: drawnColumns(snapshot, context),
    warnings: [...snapshot.warnings, ...speciesWarnings(snapshot)],
    input: snapshot.source.sha256,
  };
};

/** The atoms in the order in which every stage goes through them. */
export function sortByCell({ position, cell }: Snapshot, memory: MemoryLedger, control: Control): CellList {
  return buildCellList(position, cell, BIN_WIDTH_ANGSTROM, memory, control);
}

/** LAMMPS dumps often name no elements. One unnamed type is taken for iron, and said so; several are not guessed. */
const ASSUMED_ELEMENT = 'Fe';

function nameSpecies(snapshot: Snapshot, elements: readonly string[]): Snapshot {
  if (elements.length === 0) {
    if (snapshot.species.length !== 1 || snapshot.species[0] !== null) return snapshot;
    const message = `The file names no element: its atoms are taken for ${ASSUMED_ELEMENT} (--elements).`;
    return { ...snapshot, species: [ASSUMED_ELEMENT], warnings: [...snapshot.warnings, { message }] };
  }
  const unknown = elements.find((symbol) => !findElement(symbol));
  if (unknown) throw badParameter(`Elements (--elements): ${unknown} is no element symbol`);
  if (elements.length < snapshot.species.length) {
    throw badParameter(
      `Elements (--elements): the snapshot has ${snapshot.species.length} atom types, ` +
        `but ${elements.length === 1 ? 'only one element is' : `only ${elements.length} elements are`} named`,
    );
  }
  return { ...snapshot, species: snapshot.species.map((_, type) => elements[type]!) };
}

function speciesWarnings(snapshot: Snapshot): Warning[] {
  const { species } = snapshot;
  if (species.length > 1) {
    return [{ message: `${species.length} atom types: SOAP and CNA treat all atoms as one species.` }];
  }
  return [];
}

/** Positions for drawing: wrapped into the cell, centred on it, in float32; and the file's own columns. */
function drawnColumns(snapshot: Snapshot, { memory }: Context): Column[] {
  const drawn = memory.allocate('positions for drawing', 'float32', 3 * snapshot.count);
  centrePositions(snapshot.position, snapshot.cell, drawn);
  return [
    makeColumn('atoms.position', 'Å', drawn, 3),
    makeColumn('atoms.id', '', snapshot.ids),
    ...snapshot.columns.map((column) => ({ ...column, name: `file.${column.name}` })),
  ];
}
