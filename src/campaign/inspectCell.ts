import type { Warning } from '#data/errors.ts';
import type { Structure } from '#formats/format.ts';
import type { ReplicaCell } from '#kernels/replica/cutReplica.ts';
import type { SeamRule } from '#kernels/replica/seam.ts';
import { type Campaign, warningsOf } from './packageFiles.ts';

/** A job as a person looks at it. Plain data. */
export interface JobInspection {
  readonly rank: number;
  readonly id: number;
  /** The centre is atom 1. */
  readonly structure: Structure;
  /** Null for the bulk cell, which has no seam. */
  readonly cell: CellInspection | null;
}

/** An atom that the seam rule dropped, and why. Lengths in Å. */
export interface DroppedInspection {
  readonly id: number;
  /** The atom that stayed, and how near it was. */
  readonly partnerId: number;
  readonly distance: number;
  readonly fromCentre: number;
  /** Where it was in the cell. */
  readonly position: readonly [number, number, number];
}

export interface CellInspection {
  readonly edge: number;
  readonly minDistance: number;
  readonly seam: SeamRule;
  /** Atoms in the cube before any was dropped. */
  readonly cutCount: number;
  /** The nearest to the centre first. */
  readonly dropped: readonly DroppedInspection[];
  /** Of two atoms that only the new periodicity brought together, Å. */
  readonly shortestSeamDistance: number;
  /** Distance of the centre's descriptor in the cell from that in the snapshot, relative to the length of the latter. */
  readonly descriptorChange: number;
  readonly warnings: readonly Warning[];
}

/**
 * A centre whose SOAP changes by more than this is another atom than in the snapshot. In cells of 10 Å with the rule for
 * new pairs the change is 0 but for rounding (150 UR picks of the sample: at most 8e-16), since the sphere of 4 Å is
 * whole; one real neighbour that was lost made 0.055 and cost 107 meV (0.04 to 0.09 in three such cells). In cells of 9 Å
 * atoms at the rim of the sphere go, which is 1e-6 to 0.05. A hundredth is between a faint rim and a lost neighbour.
 */
export const LARGEST_DESCRIPTOR_CHANGE = 0.01;

/** @param descriptorChange Of the centre, relative. */
export function inspectCell(campaign: Campaign, replica: ReplicaCell, descriptorChange: number): CellInspection {
  const { ids } = campaign.snapshot;
  const { minDistance, seam } = campaign.options;
  const dropped = replica.dropped
    .map(({ row, partnerRow, distance, fromCentre, position }) => ({
      id: ids[row]!,
      partnerId: ids[partnerRow]!,
      distance,
      fromCentre,
      position,
    }))
    .sort((p, q) => p.fromCentre - q.fromCentre);
  return {
    edge: replica.edge,
    minDistance,
    seam,
    cutCount: replica.cutCount,
    dropped,
    shortestSeamDistance: replica.shortestSeamDistance,
    descriptorChange,
    warnings: [...warningsOf(campaign, replica), ...changeWarnings(descriptorChange)],
  };
}

function changeWarnings(change: number): Warning[] {
  if (!(change > LARGEST_DESCRIPTOR_CHANGE)) return [];
  return [
    {
      message:
        `The descriptor of the centre differs by ${(100 * change).toPrecision(2)} % from that in the snapshot, more than ` +
        `${100 * LARGEST_DESCRIPTOR_CHANGE} %: its energy here is not the one in the snapshot. A longer edge helps.`,
    },
  ];
}
