import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NumericArray } from '#data/column.ts';
import { badInput, Refusal } from '#data/errors.ts';
import { rowOfId } from '#data/snapshot.ts';
import { MANIFEST_SCHEMA, PROGRAM } from '#data/version.ts';
import { medianLatticeConstant } from '#kernels/cna/medianLatticeConstant.ts';
import type { Manifest } from '#pipeline/manifest.ts';
import type { Parameters, StageName } from '#pipeline/parameters.ts';
import type { Session } from '#pipeline/session.ts';
import { STAGES } from '#pipeline/stages.ts';
import type { StageReply, StageSummaries } from '#pipeline/summaries.ts';
import { readNpyFile, readText } from './files.ts';

/**
 * What an earlier run says of its folder.
 * @throws Refusal where it says nothing, or nothing that this program wrote.
 */
export function readManifest(folder: string): Manifest {
  const file = join(folder, 'manifest.json');
  if (!existsSync(file)) {
    throw badInput({ file: folder, expected: 'a snapshot file, or a folder with a manifest.json of an earlier run' });
  }
  const manifest = parseJson(readText(file)) as Manifest | null;
  if (manifest?.schema === MANIFEST_SCHEMA && manifest.snapshot && manifest.stages) return manifest;
  throw badInput({ file, expected: `a manifest of ${PROGRAM.name}, schema ${MANIFEST_SCHEMA}` });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

type RecordOf<S extends StageName> = StageReply & { readonly summary: StageSummaries[S] };

function recordOf<S extends StageName>(manifest: Manifest, stage: S): RecordOf<S> | null {
  const entry = manifest.stages[stage];
  return entry ? ({ ...entry, stage, columns: [], memoryBytes: 0 } as unknown as RecordOf<S>) : null;
}

/** Take over what is known of every stage whose results were not restored: their files in the folder stand. */
export function rememberStages(session: Session, manifest: Manifest): void {
  for (const { name } of STAGES) {
    const known = recordOf(manifest, name);
    if (known && !session.results[name]) session.remember(known);
  }
}

/**
 * Take over from a folder what an earlier run finished and what still fits the parameters: classification, pool and
 * selection. The rest is quick to compute again. A file that is missing or of the wrong size is simply computed anew.
 */
export function restoreStages(session: Session, folder: string, manifest: Manifest, parameters: Parameters): void {
  const load = <A extends NumericArray>(file: string): A | null => {
    const path = join(folder, file);
    if (!existsSync(path)) return null;
    try {
      return readNpyFile(path, session.memory) as A;
    } catch (thrown) {
      if (thrown instanceof Refusal) return null;
      throw thrown;
    }
  };
  const count = session.results.snapshot!.snapshot.count;

  const structure = recordOf(manifest, 'structure');
  const structureType = load<Uint8Array>('structure_type.npy');
  const coordination = load<Uint8Array>('coordination.npy');
  const latticeConstant = load<Float32Array>('lattice_constant.npy');
  const whole = (array: NumericArray | null) => array?.length === count;
  if (structure && whole(structureType) && whole(coordination) && whole(latticeConstant)) {
    const out = {
      structureType: structureType!,
      coordination: coordination!,
      latticeConstant: latticeConstant!,
    };
    session.adopt('structure', { ...out, bulkLatticeConstant: medianLatticeConstant(out) }, structure);
  }

  const pool = recordOf(manifest, 'pool');
  const scores = load<Float32Array>('pca.npy');
  const mean = load<Float64Array>('pca_mean.npy');
  const loadings = load<Float64Array>('pca_components.npy');
  const explainedVariance = load<Float64Array>('explained_variance.npy');
  const components = pool?.summary.components ?? 0;
  if (pool && scores?.length === count * components && mean && loadings && explainedVariance) {
    session.adopt('pool', { scores, components, mean, loadings, explainedVariance }, pool);
  }
  restoreSelection(session, recordOf(manifest, 'select'), parameters);
}

function restoreSelection(session: Session, record: RecordOf<'select'> | null, parameters: Parameters): void {
  const { pool, snapshot } = session.results;
  if (!record || !pool || !snapshot) return;
  const { ids, count } = snapshot.snapshot;
  const rows = (list: readonly number[]) => Uint32Array.from(list, (id) => rowOfId(ids, id));
  const { summary } = record;
  session.adopt(
    'select',
    {
      features: {
        array: pool.scores,
        count,
        width: pool.components,
        intercept: parameters.intercept === 'fitted',
      },
      rows: rows(summary.ids),
      totalVariance: Float64Array.from(summary.totalVariance),
      givenRows: rows(parameters.given ?? []),
      testRows: rows(summary.testIds),
      strategies: new Map(summary.strategies.map(({ name, ids: picked }) => [name, rows(picked)])),
    },
    record,
  );
}
