import { badParameter, type Warning } from '#data/errors.ts';
import { writeCif } from '#formats/cif/write.ts';
import { writeCsv } from '#formats/csv/write.ts';
import { writeStructureExtxyz } from '#formats/extxyz/write.ts';
import type { Structure } from '#formats/format.ts';
import { writeLammpsData } from '#formats/lammpsData/write.ts';
import { writePoscar } from '#formats/poscar/write.ts';
import { coordinationRadius } from '#kernels/cna/coordination.ts';
import type { BulkReference } from '#kernels/replica/bulkReference.ts';
import type { ReplicaCell, ReplicaOptions } from '#kernels/replica/cutReplica.ts';
import type { Job } from './jobs.ts';
import { joinRoles } from './roles.ts';
import { elementsOf, makeBulkStructure, makeReplicaStructure, type SnapshotIdentity } from './structures.ts';

export interface TextFile {
  /** Relative to the package, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export interface Campaign {
  readonly snapshot: SnapshotIdentity;
  readonly jobs: readonly Job[];
  /** Replica cells by the row of their centre. */
  readonly cells: ReadonlyMap<number, ReplicaCell>;
  readonly bulk: BulkReference;
  readonly options: ReplicaOptions;
}

/** What a package says of each of its jobs. */
export interface JobEntry {
  readonly rank: number;
  readonly id: number;
  readonly role: string;
  readonly directory: string;
  readonly natoms: number;
  /** Atoms in the cube before the seam rule, and how many of them it dropped. */
  readonly cutCount: number;
  readonly droppedCount: number;
  /** Å; null for the bulk cell, which has no seam. */
  readonly shortestSeamDistance: number | null;
  readonly warnings: readonly Warning[];
}

/**
 * The files of a replica package but for its manifest, one after the other: four structure files a job, and `jobs.csv`.
 * @throws Refusal (`bad-parameter`) where the element of an atom is unknown.
 */
export function* jobFiles(campaign: Campaign): Generator<TextFile> {
  const elements = elementsOf(campaign.snapshot);
  for (const job of campaign.jobs) {
    const structure = structureOf(campaign, job);
    yield { path: `${job.directory}/replica.extxyz`, text: writeStructureExtxyz(structure) };
    yield { path: `${job.directory}/POSCAR`, text: writePoscar(structure) };
    yield { path: `${job.directory}/replica.data`, text: writeLammpsData(structure, elements) };
    yield { path: `${job.directory}/replica.cif`, text: writeCif(structure) };
  }
  const rows = describeJobs(campaign).map(({ rank, id, role, directory, natoms }) => [
    rank,
    id,
    role,
    directory,
    natoms,
  ]);
  yield { path: 'jobs.csv', text: [...writeCsv(['rank', 'id', 'role', 'directory', 'natoms'], rows)].join('') };
}

/** What became of each cell. */
export function describeJobs(campaign: Campaign): JobEntry[] {
  return campaign.jobs.map((job) => {
    const { rank, id, row, directory } = job;
    const named = { rank, id, role: joinRoles(job.roles), directory };
    if (row === null) {
      const natoms = campaign.bulk.position.length / 3;
      return { ...named, natoms, cutCount: natoms, droppedCount: 0, shortestSeamDistance: null, warnings: [] };
    }
    const cell = replicaOf(campaign, row);
    return {
      ...named,
      natoms: cell.rows.length,
      cutCount: cell.cutCount,
      droppedCount: cell.dropped.length,
      shortestSeamDistance: cell.shortestSeamDistance,
      warnings: warningsOf(campaign, cell),
    };
  });
}

/**
 * The cell of a job: the centre is atom 1.
 * @throws Refusal (`bad-parameter`) where the element of an atom is unknown.
 */
export function structureOf(campaign: Campaign, job: Job): Structure {
  return job.row === null
    ? makeBulkStructure(campaign.snapshot, campaign.bulk)
    : makeReplicaStructure(campaign.snapshot, replicaOf(campaign, job.row));
}

/** The cell that was cut around an atom, by its row. */
export function replicaOf({ cells, snapshot }: Campaign, row: number): ReplicaCell {
  const cell = cells.get(row);
  if (!cell) throw badParameter(`No replica cell was cut around atom ${snapshot.ids[row]}`);
  return cell;
}

/** A centre that lost a neighbour of its coordination shell has another energy than in the snapshot. */
export function warningsOf({ snapshot, bulk }: Campaign, cell: ReplicaCell): Warning[] {
  const radius = coordinationRadius(bulk.latticeConstant);
  return cell.dropped
    .filter(({ fromCentre }) => fromCentre <= radius)
    .map(({ row, fromCentre }) => ({
      message:
        `The centre lost its neighbour ${snapshot.ids[row]}, ${fromCentre.toFixed(2)} Å away, to the seam rule: ` +
        'its energy is not the one in the snapshot.',
    }));
}
