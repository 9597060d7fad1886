import { makeCubicCell } from '#data/cell.ts';
import { makeColumn } from '#data/column.ts';
import { badParameter } from '#data/errors.ts';
import type { Snapshot } from '#data/snapshot.ts';
import type { Structure } from '#formats/format.ts';
import type { BulkReference } from '#kernels/replica/bulkReference.ts';
import type { ReplicaCell } from '#kernels/replica/cutReplica.ts';

/** What is known of the snapshot that cells are cut from. */
export type SnapshotIdentity = Pick<Snapshot, 'source' | 'ids' | 'types' | 'species'>;

/**
 * A replica cell as a structure file has it: the centre first, every atom with its id in the snapshot (`atom_id`).
 * @throws Refusal (`bad-parameter`) where the element of an atom is unknown.
 */
export function makeReplicaStructure(snapshot: SnapshotIdentity, replica: ReplicaCell): Structure {
  const { ids, types, source } = snapshot;
  return {
    cell: makeCubicCell(replica.edge),
    species: Array.from(replica.rows, (row) => symbolOf(snapshot, types[row]!)),
    position: replica.position,
    comment:
      `replica cell of atom ${ids[replica.centreRow]} of ${source.name} (SHA-256 ${source.sha256}, ` +
      `frame ${source.frame}); atom 1 is the centre, only its energy means anything`,
    columns: [
      makeColumn(
        'atom_id',
        '',
        Uint32Array.from(replica.rows, (row) => ids[row]!),
      ),
    ],
  };
}

/**
 * The bulk cell, of the element that most atoms are.
 * @throws Refusal (`bad-parameter`) where that element is unknown.
 */
export function makeBulkStructure(snapshot: SnapshotIdentity, bulk: BulkReference): Structure {
  const symbol = symbolOf(snapshot, commonestType(snapshot));
  return {
    cell: makeCubicCell(bulk.edge),
    species: Array<string>(bulk.position.length / 3).fill(symbol),
    position: bulk.position,
    comment: `bulk reference, 3 x 3 x 3 bcc, lattice constant ${bulk.latticeConstant} Å; the energy of atom 1 is wanted`,
  };
}

/** The type that most atoms have: what the bulk cell is made of. */
export function commonestType({ species, types }: SnapshotIdentity): number {
  const counts = species.map(() => 0);
  for (const type of types) counts[type]!++;
  return counts.indexOf(Math.max(...counts));
}

/** Elements of the snapshot in the order of its types, each once: the same in every file of a package. */
export function elementsOf({ species }: SnapshotIdentity): string[] {
  return [...new Set(species.filter((symbol) => symbol !== null))];
}

/**
 * Element of an atom type.
 * @throws Refusal (`bad-parameter`) where it is unknown.
 */
export function symbolOf({ species }: SnapshotIdentity, type: number): string {
  const symbol = species[type] ?? null;
  if (symbol !== null) return symbol;
  throw badParameter(`Atom type ${type + 1} has no element: name the elements in type order (--elements Fe)`);
}
