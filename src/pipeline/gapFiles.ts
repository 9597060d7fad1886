import type { Job } from '#campaign/jobs.ts';
import { type Campaign, replicaOf, structureOf } from '#campaign/packageFiles.ts';
import { makeColumn } from '#data/column.ts';
import { writeStructureExtxyz } from '#formats/extxyz/write.ts';
import type { OutputFile } from './outputFile.ts';
import type { Parameters } from './parameters.ts';
import type { Results } from './results.ts';
import { trainingRows } from './trainingRows.ts';

/** Where a cell's energy goes, and which of its atoms has one: names that gap_fit looks for unless told otherwise. */
const PROPERTY = 'local_property';
const MASK = 'local_property_mask';

/**
 * What gap_fit trains on: the cells of the model's training atoms and, apart, of its test atoms, as extended XYZ. Only the
 * centre, atom 1 of each, has an energy (eV relative to bulk) and is let through the mask; the bulk cell has 0. No cell
 * has a total energy, which gap_fit refuses beside local ones. Descriptors of every atom of every cell are candidates of
 * gap_fit's sparse points: `gap_sparse_index.txt` names those of the centres, counted from 1 over the whole training
 * file, one a line, for `sparse_method=INDEX_FILE`.
 */
export function* gapFiles(results: Readonly<Results>, parameters: Parameters): Generator<OutputFile> {
  const { select, replicas, energies } = results;
  if (!select || !replicas || !energies) return;
  const { campaign } = replicas;
  const trained = new Set(trainingRows(results, select.rows, parameters));
  const tested = new Set([...select.testRows].filter((row) => Number.isFinite(energies.label[row])));
  const training = campaign.jobs.filter(({ row }) => row === null || trained.has(row));

  const frame = (job: Job, type: string) => trainingFrame(campaign, job, type, energies.label);
  let before = 0;
  const places = training.map((job) => {
    const place = before + 1;
    before += atomsOf(campaign, job);
    return `${place}\n`;
  });
  yield { path: 'gap_training.extxyz', chunks: mapped(training, (job) => frame(job, 'training')) };
  yield { path: 'gap_sparse_index.txt', chunks: [places.join('')] };
  const test = campaign.jobs.filter(({ row }) => row !== null && tested.has(row));
  if (test.length > 0) yield { path: 'gap_test.extxyz', chunks: mapped(test, (job) => frame(job, 'test')) };
}

function atomsOf(campaign: Campaign, { row }: Job): number {
  return row === null ? campaign.bulk.position.length / 3 : replicaOf(campaign, row).rows.length;
}

function trainingFrame(campaign: Campaign, job: Job, type: string, label: Float64Array): string {
  const structure = structureOf(campaign, job);
  const others = structure.species.length - 1;
  const energy = Float64Array.of(job.row === null ? 0 : label[job.row]!, ...new Float64Array(others));
  const mask = Uint8Array.of(1, ...new Uint8Array(others));
  const columns = [...(structure.columns ?? []), makeColumn(PROPERTY, 'eV', energy), makeColumn(MASK, '', mask)];
  return writeStructureExtxyz({ ...structure, columns }, { config_type: job.row === null ? 'bulk' : type });
}

/** One text at a time, and as often as one likes. */
function mapped<T>(items: readonly T[], textOf: (item: T) => string): Iterable<string> {
  return {
    *[Symbol.iterator]() {
      for (const item of items) yield textOf(item);
    },
  };
}
