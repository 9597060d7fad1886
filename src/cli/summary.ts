import { kindWords } from '#campaign/energyEntry.ts';
import { STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { comparedWords } from '#pipeline/compareTypes.ts';
import type { StageName } from '#pipeline/parameters.ts';
import { STAGES, stageOf } from '#pipeline/stages.ts';
import type { StageSummaries } from '#pipeline/summaries.ts';
import type { Workspace } from './workspace.ts';

/** What came out: for people on standard error, as one JSON object on standard output with `--json`. */
export function printSummary(workspace: Workspace, json: boolean): void {
  const { session, parameters, folder } = workspace;
  const finished = STAGES.filter(({ name }) => session.isFresh(name, parameters));
  if (json) {
    const stages = finished.map(({ name }) => {
      const { summary, milliseconds, warnings, peakBytes } = session.records.get(name)!;
      return [name, { ...summary, milliseconds: Math.round(milliseconds), peakBytes, warnings }] as const;
    });
    process.stdout.write(`${JSON.stringify({ folder, parameters, stages: Object.fromEntries(stages) })}\n`);
    return;
  }
  for (const { name } of finished) {
    const { summary, milliseconds, warnings } = session.records.get(name)!;
    const line = stageSentence(name, summary);
    process.stderr.write(`${stageOf(name).title.padEnd(10)} ${line}  (${(milliseconds / 1000).toFixed(2)} s)\n`);
    for (const warning of warnings) process.stderr.write(`${' '.repeat(10)} warning: ${warning.message}\n`);
  }
  process.stderr.write(`Results    ${folder}\n`);
}

/** What a stage found, in one line. */
export function stageSentence<S extends StageName>(stage: S, summary: StageSummaries[S]): string {
  return SENTENCES[stage](summary);
}

const percent = (part: number) => `${(100 * part).toFixed(2)} %`;
const meV = (energy: number | null) => (energy === null ? 'unknown' : `${(1000 * energy).toFixed(1)} meV`);

const SENTENCES: { readonly [S in StageName]: (summary: StageSummaries[S]) => string } = {
  snapshot: (found) => `${found.count} atoms from ${found.name}, frame ${found.frame + 1} of ${found.frameCount}`,
  structure: ({ counts, compared }) => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    const shares = STRUCTURE_TYPES.map(({ code, label }) => `${label} ${percent((counts[code] ?? 0) / total)}`);
    return [shares.join(', '), ...(compared ? [comparedWords(compared)] : [])].join('; ');
  },
  descriptor: ({ dimension, file }) =>
    `${dimension} numbers an atom${file ? `, from ${file.name} (rows: ${file.order})` : ''}`,
  pool: (found) => `${found.components} components explain ${percent(found.explained)} of the variance`,
  select: (found) => `${found.ids.length} atoms by ${found.criterion}: ${found.ids.slice(0, 6).join(', ')} …`,
  replicas: (found) => `${found.jobs.length} cells, ${found.meanKept.toFixed(1)} atoms each on average`,
  energies: (found) =>
    `${found.labelled} energies from ${[found.source, ...found.kinds.map(kindWords)].join(', ')}; bulk ${found.bulkEnergy.toFixed(4)} eV (${found.bulkSource})`,
  model: (found) =>
    `RMSE ${meV(found.rmse)}, max |error| ${meV(found.maxAbsError)} over ${found.evaluatedOn}; ` +
    `leave-one-out RMSE ${meV(found.leaveOneOutRmse)}`,
};
