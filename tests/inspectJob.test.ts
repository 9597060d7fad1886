import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { LARGEST_DESCRIPTOR_CHANGE } from '#campaign/inspectCell.ts';
import { inlineExecutor } from '#compute/inlineExecutor.ts';
import { MemoryLedger } from '#data/buffers.ts';
import { Control } from '#data/control.ts';
import { rowOfId } from '#data/snapshot.ts';
import { blobSource } from '#formats/format.ts';
import { cutReplicas } from '#kernels/replica/cutReplica.ts';
import { descriptorChange, inspectJob } from '#pipeline/inspectJob.ts';
import { defaultParameters, type Parameters } from '#pipeline/parameters.ts';
import { Session } from '#pipeline/session.ts';
import { FE_GB_2K } from './fixture.ts';
import { hasShared, needsShared, sharedPath } from './shared.ts';

async function sessionOf(path: string, stage: 'snapshot' | 'replicas', parameters: Parameters): Promise<Session> {
  const session = new Session(inlineExecutor, new MemoryLedger());
  const snapshot = blobSource(new Blob([readFileSync(path)]), path.split('/').at(-1)!);
  await session.bringTo(stage, parameters, new Control(), { snapshot });
  return session;
}

describe('what a job is like', () => {
  test('the seam of a pick: who went, for whom, and how near they were', async () => {
    const parameters = { ...defaultParameters(), count: 3 };
    const session = await sessionOf(fileURLToPath(FE_GB_2K), 'replicas', parameters);
    const { campaign } = session.results.replicas!;
    const { rank, id, structure, cell } = inspectJob(session.results, parameters, 1);
    expect([rank, id]).toEqual([1, campaign.jobs[1]!.id]);
    const replica = campaign.cells.get(campaign.jobs[1]!.row!)!;
    expect(structure.species).toHaveLength(replica.rows.length);
    expect(cell).toMatchObject({ edge: 10, minDistance: 2.2, seam: 'new-pairs', cutCount: replica.cutCount });
    expect(cell!.dropped).toHaveLength(replica.cutCount - replica.rows.length);
    const { position } = structure;
    for (const atom of cell!.dropped) {
      expect(atom.distance).toBeLessThan(2.2);
      // The partner stays in the cell unless it went later, and lies as far as is said across the seam.
      const { rows } = replica;
      const partner = rows.findIndex((row) => campaign.snapshot.ids[row] === atom.partnerId);
      if (partner < 0) continue;
      const apart = [0, 1, 2].map((k) => {
        const difference = atom.position[k]! - position[3 * partner + k]!;
        return difference - 10 * Math.round(difference / 10);
      });
      expect(Math.hypot(...apart)).toBeCloseTo(atom.distance, 9);
      expect(Math.hypot(...atom.position.map((x) => x - 5))).toBeCloseTo(atom.fromCentre, 9);
    }
    const distances = cell!.dropped.map(({ fromCentre }) => fromCentre);
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
    expect(cell!.shortestSeamDistance).toBeGreaterThanOrEqual(2.2);
    expect(cell!.descriptorChange).toBeLessThan(1e-12);
    expect(cell!.warnings).toEqual([]);
  });

  test('the bulk cell has no seam; a job that is not there is told', async () => {
    const parameters = { ...defaultParameters(), count: 1 };
    const session = await sessionOf(fileURLToPath(FE_GB_2K), 'replicas', parameters);
    const bulk = inspectJob(session.results, parameters, 0);
    expect(bulk).toMatchObject({ rank: 0, id: 0, cell: null });
    expect(bulk.structure.species).toHaveLength(54);
    expect(() => inspectJob(session.results, parameters, 2)).toThrow('There is no job 2, only 0 to 1.');
    expect(() => inspectJob({}, parameters, 0)).toThrow('Snapshot is not done yet');
  });

  test.skipIf(!hasShared)(
    needsShared('the descriptor changes where a real neighbour is lost, which is where the energy does'),
    async () => {
      const parameters = defaultParameters();
      const session = await sessionOf(sharedPath('data/fe-gb-16k.dump.gz'), 'snapshot', parameters);
      const { list, snapshot } = session.results.snapshot!;
      const text = readFileSync(sharedPath('reference/dft/lammps/manifest.json'), 'utf8');
      const known = JSON.parse(text) as { id: number; e_insitu: number; e_replica: number }[];
      const rows = known.map(({ id }) => rowOfId(snapshot.ids, id));
      const cells = cutReplicas(list, rows, { edge: 10, minDistance: 2.2, seam: 'all-pairs' });
      const found = known.map(({ id, e_insitu, e_replica }, k) => {
        const change = descriptorChange(list, cells.get(rows[k]!)!, parameters);
        return { id, change, off: Math.abs(e_replica - e_insitu) };
      });
      const changed = found.filter(({ change }) => change > LARGEST_DESCRIPTOR_CHANGE);
      const others = found.filter(({ change }) => change <= LARGEST_DESCRIPTOR_CHANGE);
      const worst = (list: typeof found) => Math.max(...list.map(({ off }) => off));
      console.info(
        `${changed.length} of ${found.length} changed, by ${changed[0]?.change}: energies off by at least ${worst(changed)} eV; ` +
          `the others by at most ${worst(others)} eV, change at most ${Math.max(...others.map(({ change }) => change))}`,
      );
      expect(changed.map(({ id }) => id)).toEqual([6703]);
      expect(worst(changed)).toBeGreaterThan(5 * worst(others));
      expect(Math.max(...others.map(({ change }) => change))).toBeLessThan(1e-12);
    },
  );
});
