import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { inlineExecutor } from '#compute/inlineExecutor.ts';
import { MemoryLedger } from '#data/buffers.ts';
import { Control } from '#data/control.ts';
import { Refusal } from '#data/errors.ts';
import { PROGRAM } from '#data/version.ts';
import { blobSource } from '#formats/format.ts';
import { defaultParameters, type Parameters } from '#pipeline/parameters.ts';
import { Session } from '#pipeline/session.ts';
import { FE_GB_2K } from './fixture.ts';
import { hasShared, needsShared, sharedPath } from './shared.ts';

interface Reference {
  ids: number[];
  relative_gap: number[];
  total_score: number[];
  all_atoms_n150: { rmse: number; max_abs: number };
}

const local = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const SAMPLE_2K = fileURLToPath(FE_GB_2K);

function source(path: string) {
  return blobSource(new Blob([readFileSync(path)]), path.split('/').at(-1)!);
}

function makeSession(): Session {
  return new Session(inlineExecutor, new MemoryLedger());
}

async function runLoop(path: string, change: Partial<Parameters>): Promise<Session> {
  const session = makeSession();
  const parameters = { ...defaultParameters(), ...change };
  await session.bringTo('replicas', parameters, new Control(), { snapshot: source(path) });
  if (parameters.labelColumn) await session.bringTo('model', parameters, new Control(), {});
  return session;
}

/** The picks are those of the reference up to the first pick that float32 features may decide either way. */
function expectReferencePicks(ids: number[], reference: Reference): void {
  const doubtful = reference.relative_gap.findIndex((gap) => gap < 1e-6);
  const sure = doubtful < 0 ? reference.ids.length : doubtful;
  console.info(`${sure} of ${reference.ids.length} picks are decided by gaps above 1e-6`);
  expect(ids.slice(0, sure)).toEqual(reference.ids.slice(0, sure));
}

describe('the whole loop', () => {
  for (const criterion of ['ur', 'posterior'] as const) {
    test(`${criterion} picks those of the reference on fe-gb-2k, and predicts as well`, async () => {
      const file = local('tests/golden/selection-fe-gb-2k.json');
      const reference = JSON.parse(readFileSync(file, 'utf8'))[criterion] as Reference;
      const session = await runLoop(SAMPLE_2K, { labelColumn: 'c_pe', criterion });
      const { summary } = session.records.get('select')!;
      expectReferencePicks((summary as { ids: number[] }).ids, reference);
      const model = session.records.get('model')!.summary as { rmse: number; maxAbsError: number };
      const { rmse, max_abs } = reference.all_atoms_n150;
      console.info(
        `errors over all atoms / reference - 1: ${model.rmse / rmse - 1}, ${model.maxAbsError / max_abs - 1}`,
      );
      expect(Math.abs(model.rmse / rmse - 1)).toBeLessThan(1e-4);
      expect(Math.abs(model.maxAbsError / max_abs - 1)).toBeLessThan(1e-4);
    });

    test.skipIf(!hasShared)(needsShared(`${criterion} picks those of the reference on fe-gb-16k`), async () => {
      const file = sharedPath('reference/selection/fe-gb-16k.json');
      const reference = JSON.parse(readFileSync(file, 'utf8'))[criterion] as Reference;
      const session = await runLoop(sharedPath('data/fe-gb-16k.dump.gz'), { criterion });
      expectReferencePicks((session.records.get('select')!.summary as { ids: number[] }).ids, reference);
    });
  }

  test('a failing or cancelled stage leaves everything as it was', async () => {
    const session = await runLoop(SAMPLE_2K, { count: 20 });
    const before = session.results.select!.rows;
    const bytes = session.memory.bytes;
    const cancelled = new Control();
    cancelled.cancel();
    await expect(session.run('select', { ...defaultParameters(), count: 30 }, cancelled)).rejects.toThrow(Refusal);
    const broken = blobSource(new Blob(['ITEM: TIMESTEP\n0\nITEM: NUMBER OF ATOMS\nmany\n']), 'broken.dump');
    await expect(session.run('snapshot', defaultParameters(), new Control(), broken)).rejects.toThrow(
      /broken\.dump, line 4/,
    );
    expect(session.results.select!.rows).toBe(before);
    expect(session.memory.bytes).toBe(bytes);
  });

  test('the manifest of a replica package says what was cut from what, and how', async () => {
    const session = await runLoop(SAMPLE_2K, { count: 2 });
    const parameters = { ...defaultParameters(), count: 2 };
    const last = [...session.files('replicas', parameters)].at(-1)!;
    expect(last.path).toBe('manifest.json');
    const manifest = JSON.parse([...last.chunks].join(''));
    const { snapshot } = session.results.snapshot!;
    expect(manifest.schema).toBe(1);
    expect(manifest.program).toEqual(PROGRAM);
    expect(manifest.snapshot).toEqual({ ...snapshot.source, count: 1982 });
    expect(manifest.parameters).toMatchObject({ replicaEdge: 10, minDistance: 2.2, seam: 'new-pairs' });
    expect(manifest.stages.structure.summary.latticeConstant).toBe(
      session.results.replicas!.campaign.bulk.latticeConstant,
    );
    expect(manifest.stages.replicas.summary.jobs.map(({ role }: { role: string }) => role)).toEqual([
      'bulk',
      'train',
      'train',
    ]);
  });

  test('changing a parameter makes just the stages after it stale', async () => {
    const parameters = { ...defaultParameters(), count: 20 };
    const session = await runLoop(SAMPLE_2K, { count: 20 });
    const fresh = (changed: Partial<Parameters>) =>
      (['snapshot', 'structure', 'descriptor', 'pool', 'select', 'replicas'] as const).filter((stage) =>
        session.isFresh(stage, { ...parameters, ...changed }),
      );
    expect(fresh({})).toHaveLength(6);
    expect(fresh({ sigma: 0.55 })).toEqual(['snapshot', 'structure']);
    expect(fresh({ variance: 0.999 })).toEqual(['snapshot', 'structure', 'descriptor']);
    expect(fresh({ minDistance: 2.1 })).toEqual(['snapshot', 'structure', 'descriptor', 'pool', 'select']);
  });
});
