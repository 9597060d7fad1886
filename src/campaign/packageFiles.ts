import { badParameter, type Warning } from '#data/errors.ts';
import { MANIFEST_SCHEMA } from '#data/version.ts';
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
 * All files of a replica package, one after the other: three structure files a job, `jobs.csv`, and `manifest.json`
 * last.
 * @throws Refusal (`bad-parameter`) where the element of an atom is unknown.
 */
export function* packageFiles(campaign: Campaign, program: { name: string; version: string }): Generator<TextFile> {
  yield* jobFiles(campaign);
  yield { path: 'manifest.json', text: `${JSON.stringify(describeCampaign(campaign, program), null, 2)}\n` };
}

/** The same without the manifest. */
export function* jobFiles(campaign: Campaign): Generator<TextFile> {
  const elements = elementsOf(campaign.snapshot);
  for (const job of campaign.jobs) {
    const structure = structureOf(campaign, job);
    yield { path: `${job.directory}/replica.extxyz`, text: writeStructureExtxyz(structure) };
    yield { path: `${job.directory}/POSCAR`, text: writePoscar(structure) };
    yield { path: `${job.directory}/replica.data`, text: writeLammpsData(structure, elements) };
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

/** Everything of a package that is no structure: what it was cut from, how, and what became of each cell. */
export function describeCampaign(campaign: Campaign, program: { name: string; version: string }) {
  const { snapshot, options, bulk } = campaign;
  return {
    schema: MANIFEST_SCHEMA,
    program,
    snapshot: { ...snapshot.source, count: snapshot.ids.length },
    parameters: {
      replicaEdge: options.edge,
      minDistance: options.minDistance,
      seam: options.seam,
      latticeConstant: bulk.latticeConstant,
    },
    units: { length: 'Å', energy: 'eV' },
    jobs: describeJobs(campaign),
  };
}

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

function structureOf(campaign: Campaign, job: Job): Structure {
  return job.row === null
    ? makeBulkStructure(campaign.snapshot, campaign.bulk)
    : makeReplicaStructure(campaign.snapshot, replicaOf(campaign, job.row));
}

function replicaOf({ cells, snapshot }: Campaign, row: number): ReplicaCell {
  const cell = cells.get(row);
  if (!cell) throw badParameter(`No replica cell was cut around atom ${snapshot.ids[row]}`);
  return cell;
}

/** A centre that lost a neighbour of its coordination shell has another energy than in the snapshot. */
function warningsOf({ snapshot, bulk }: Campaign, cell: ReplicaCell): Warning[] {
  const radius = coordinationRadius(bulk.latticeConstant);
  return cell.dropped
    .filter(({ fromCentre }) => fromCentre <= radius)
    .map(({ row, fromCentre }) => ({
      message:
        `The centre lost its neighbour ${snapshot.ids[row]}, ${fromCentre.toFixed(2)} Å away, to the seam rule: ` +
        'its energy is not the one in the snapshot.',
    }));
}
