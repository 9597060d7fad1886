import { expect, test } from 'vitest';
import { buildBulkReference } from '#kernels/replica/bulkReference.ts';
import type { ReplicaCell } from '#kernels/replica/cutReplica.ts';
import { inspectCell, LARGEST_DESCRIPTOR_CHANGE } from './inspectCell.ts';
import type { Campaign } from './packageFiles.ts';

const CELL: ReplicaCell = {
  centreRow: 0,
  edge: 10,
  rows: Uint32Array.of(0, 2),
  position: Float64Array.of(5, 5, 5, 1, 1, 1),
  cutCount: 4,
  dropped: [
    { row: 3, distance: 1.5, partnerRow: 2, fromCentre: 6.9, position: [9.5, 9, 9] },
    { row: 1, distance: 2.1, partnerRow: 2, fromCentre: 2.5, position: [7.5, 5, 5] },
  ],
  shortestSeamDistance: 2.3,
  shortestDistance: 2.3,
};
const CAMPAIGN: Campaign = {
  snapshot: {
    source: {} as Campaign['snapshot']['source'],
    ids: Uint32Array.of(10, 20, 30, 40),
    types: new Uint8Array(4),
    species: ['Fe'],
  },
  jobs: [],
  cells: new Map([[0, CELL]]),
  bulk: buildBulkReference(2.86),
  options: { edge: 10, minDistance: 2.2, seam: 'all-pairs' },
};

const warningsAt = (change: number) => inspectCell(CAMPAIGN, CELL, change).warnings.map(({ message }) => message);

test('dropped atoms by their ids, the nearest to the centre first, with whom they were too near', () => {
  const { dropped, cutCount, seam } = inspectCell(CAMPAIGN, CELL, 0);
  expect({ cutCount, seam }).toEqual({ cutCount: 4, seam: 'all-pairs' });
  expect(dropped.map(({ id, partnerId, distance }) => [id, partnerId, distance])).toEqual([
    [20, 30, 2.1],
    [40, 30, 1.5],
  ]);
});

test('a centre that lost a neighbour is warned of, and one whose descriptor moved by more than the bound', () => {
  const lost =
    'The centre lost its neighbour 20, 2.50 Å away, to the seam rule: its energy is not the one in the snapshot.';
  expect(warningsAt(LARGEST_DESCRIPTOR_CHANGE)).toEqual([lost]);
  expect(warningsAt(0.055)).toEqual([
    lost,
    'The descriptor of the centre differs by 5.5 % from that in the snapshot, more than 1 %: its energy here is not the ' +
      'one in the snapshot. A longer edge helps.',
  ]);
});
