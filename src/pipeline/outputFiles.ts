import { jobFiles } from '#campaign/packageFiles.ts';
import { STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { dtypeOf, makeColumn, type NumericArray } from '#data/column.ts';
import { type CsvCell, writeCsv } from '#formats/csv/write.ts';
import { writeExtxyz } from '#formats/extxyz/write.ts';
import { writeNpy } from '#formats/npy/write.ts';
import { chosenFlags } from './atomFiles/columns.ts';
import { gapFiles } from './gapFiles.ts';
import { type IdLists, idListText, isListRef } from './idLists.ts';
import { makeManifest, type SnapshotPlace } from './manifest.ts';
import type { OutputFile } from './outputFile.ts';
import type { Parameters, StageName } from './parameters.ts';
import { type Potentials, potentialFile } from './potentials.ts';
import type { Results } from './results.ts';
import type { StageReply } from './summaries.ts';

/** `replicas`: what goes to a cluster. `results`: everything that is finished (the folder of the command line). */
export type PackageKind = 'replicas' | 'results';

/**
 * The files of each stage beside the replica cells. Those of an earlier run that no longer fit would be wrong results
 * under right names, so whoever writes a folder removes them. Replica cells are left: they may hold calculations.
 */
export const FILES_OF_STAGE: Readonly<Partial<Record<StageName, RegExp>>> = {
  structure: /^(structure_type|coordination|lattice_constant)\.npy$/,
  pool: /^(pca|pca_mean|pca_components|explained_variance)\.npy$/,
  select: /^(selection(_\w+)?|test_set)\.csv$|^(candidates|exclude)\.txt$/,
  replicas: /^jobs\.csv$/,
  energies: /^potential\.eam\.(fs|alloy)$/,
  model:
    /^(energy|energy_sigma|energy_sigma_relative)\.npy$|^learning_curve\.csv$|^model\.json$|^predictions\.extxyz$|^gap_(training|test)\.extxyz$|^gap_sparse_index\.txt$/,
};

export interface OutputRequest {
  readonly results: Readonly<Results>;
  readonly records: ReadonlyMap<StageName, StageReply>;
  readonly parameters: Parameters;
  readonly lists: IdLists;
  readonly potentials: Potentials;
  readonly threads: number;
  readonly place?: SnapshotPlace;
}

/** Files of a package in the order in which they are written; the manifest comes last, when all else is there. */
export function* outputFiles(kind: PackageKind, request: OutputRequest): Generator<OutputFile> {
  const { results, records, parameters, lists, potentials, threads, place } = request;
  if (kind === 'results') {
    yield* structureFiles(results);
    yield* poolFiles(results);
    yield* selectionFiles(results);
    yield* energyFiles(results);
    if (results.energies) yield* potentialFiles(parameters, potentials);
    yield* modelFiles(results);
    if (results.model) yield* gapFiles(results, parameters);
  }
  if (results.select) yield* listFiles(parameters, lists);
  yield* replicaFiles(results);
  yield json('manifest.json', makeManifest(results, records, parameters, threads, place));
}

function npy(path: string, array: NumericArray, width?: number): OutputFile {
  const shape = width === undefined ? [array.length] : [array.length / width, width];
  return { path, chunks: { [Symbol.iterator]: () => writeNpy(dtypeOf(array), shape, [array]) } };
}

function csv(path: string, header: readonly string[], rows: Iterable<readonly CsvCell[]>): OutputFile {
  return { path, chunks: writeCsv(header, rows) };
}

function json(path: string, value: unknown): OutputFile {
  return { path, chunks: [`${JSON.stringify(value, null, 2)}\n`] };
}

function* structureFiles({ snapshot, structure }: Results): Generator<OutputFile> {
  if (!snapshot) return;
  yield npy('id.npy', snapshot.snapshot.ids);
  if (!structure) return;
  yield npy('structure_type.npy', structure.structureType);
  yield npy('coordination.npy', structure.coordination);
  yield npy('lattice_constant.npy', structure.latticeConstant);
}

function* poolFiles({ pool }: Results): Generator<OutputFile> {
  if (!pool) return;
  yield npy('pca.npy', pool.scores, pool.components);
  yield npy('pca_mean.npy', pool.mean);
  yield npy('pca_components.npy', pool.loadings, pool.mean.length);
  yield npy('explained_variance.npy', pool.explainedVariance);
}

function* selectionFiles({ snapshot, structure, select }: Results): Generator<OutputFile> {
  if (!snapshot || !structure || !select) return;
  const { ids } = snapshot.snapshot;
  const label = (row: number) => STRUCTURE_TYPES[structure.structureType[row]!]!.label;
  const pick = (row: number, k: number, total: number | undefined): CsvCell[] => [
    k + 1,
    ids[row]!,
    label(row),
    structure.coordination[row]!,
    total ?? null,
  ];
  const header = ['rank', 'id', 'structure_type', 'coordination', 'total_variance'];
  const rows = Array.from(select.rows, (row, k) => pick(row, k, select.totalVariance[k]));
  yield csv('selection.csv', header, rows);
  for (const [name, others] of select.strategies) {
    yield csv(
      `selection_${name}.csv`,
      header,
      Array.from(others, (row, k) => pick(row, k, undefined)),
    );
  }
  if (select.testRows.length > 0) {
    const tested = Array.from(select.testRows, (row) => [ids[row]!, structure.coordination[row]!]);
    yield csv('test_set.csv', ['id', 'coordination'], tested);
  }
}

/** Lists that are too long for the manifest, which has their SHA-256. */
function* listFiles(parameters: Parameters, lists: IdLists): Generator<OutputFile> {
  for (const name of ['candidates', 'exclude'] as const) {
    const list = parameters[name];
    const ids = isListRef(list) ? lists.get(list.sha256) : undefined;
    if (ids) yield { path: `${name}.txt`, chunks: idListText(ids) };
  }
}

/** One structure at a time: a campaign of thousands of cells is never in memory as text. */
function* replicaFiles({ replicas }: Results): Generator<OutputFile> {
  if (!replicas) return;
  for (const { path, text } of jobFiles(replicas.campaign)) yield { path, chunks: [text] };
}

/** The table that was imported, so that the folder stands alone; a label column is in the snapshot already. */
function* energyFiles({ energies }: Results): Generator<OutputFile> {
  if (energies?.table) yield { path: 'energies.csv', chunks: [energies.table.text] };
}

/** The file of the potential, so that the folder can be continued. */
function* potentialFiles({ potential }: Parameters, potentials: Potentials): Generator<OutputFile> {
  const text = potential ? potentials.get(potential.sha256) : undefined;
  if (potential && text !== undefined) yield { path: potentialFile(potential), chunks: [text] };
}

function* modelFiles(results: Results): Generator<OutputFile> {
  const { snapshot, structure, select, energies, model } = results;
  if (!snapshot || !structure || !select || !energies || !model) return;
  yield npy('energy.npy', model.energy);
  yield npy('energy_sigma.npy', model.sigma);
  yield npy('energy_sigma_relative.npy', model.sigmaRelative);
  yield csv(
    'learning_curve.csv',
    ['strategy', 'seed', 'n', 'rmse_eV', 'max_abs_error_eV'],
    model.learningCurve.map(({ strategy, seed, n, rmse, maxAbsError }) => [strategy, seed, n, rmse, maxAbsError]),
  );
  const fitted = model.intercept === 'fitted';
  yield json('model.json', {
    weights: Array.from(fitted ? model.weights.subarray(0, -1) : model.weights),
    intercept: fitted ? model.weights[model.weights.length - 1] : 0,
    intercept_rule: model.intercept,
    lambda: model.lambda,
    noise_variance: Number.isFinite(model.noiseVariance) ? model.noiseVariance : null,
    degrees_of_freedom: model.degreesOfFreedom,
    bulk_energy: energies.bulkEnergy,
    bulk_energy_source: energies.bulkSource,
    energies: energies.source,
    units: {
      energy: 'eV per atom, relative to bulk_energy',
      features: 'PCA scores of pca_components.npy, dimensionless',
    },
  });
  const columns = [
    makeColumn('structure.type', '', structure.structureType),
    makeColumn('structure.coordination', '', structure.coordination),
    makeColumn('model.energy', 'eV', model.energy),
    makeColumn('model.sigma', 'eV', model.sigma),
    makeColumn('selection', '', chosenFlags(snapshot.snapshot, select.rows)),
  ];
  yield { path: 'predictions.extxyz', chunks: writeExtxyz(snapshot.snapshot, columns) };
}
