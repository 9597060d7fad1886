import { OutputCollector } from '#campaign/collectOutputs.ts';
import { badInput, Refusal, type Warning } from '#data/errors.ts';
import type { Calculation } from '#engines/calculation.ts';
import { OUTPUT_READERS, readCalculation } from '#engines/readers.ts';
import { eachText } from '#formats/archive/eachText.ts';
import { writeResultsCsv } from '#formats/energiesCsv/write.ts';
import type { StageSource } from '#formats/format.ts';
import { cutCampaign } from '../cutCampaign.ts';
import { type CutParameters, PackageNotes } from './packageNotes.ts';
import { takeTable } from './table.ts';
import type { EnergyRequest, TakenEnergies } from './taken.ts';

/** What a package holds besides outputs: written by this program or its scripts. */
const OWN_FILES = /(^|\/)((structure|replica|results)\.extxyz|replica\.data|POSCAR)$/;
/** Outputs of earlier attempts end in .1, .2, ... */
const EARLIER_ATTEMPT = /\.\d+$/;
const TABLE = /\.(csv|tsv)$/i;
/** It names the jobs of a package, not their energies. */
const JOBS = /(^|\/)jobs\.csv$/;

/** A file that looked like an output: what it says, or why it says nothing. */
interface Found {
  readonly path: string;
  readonly calculation: Calculation | string;
}

/** What lay in a folder, archive or file. */
interface Findings {
  readonly found: Found[];
  readonly tables: { readonly path: string; readonly text: string }[];
  readonly notes: PackageNotes;
  /** Number of files that are none of these. */
  others: number;
}

/**
 * Energies of a table, or of outputs of calculations: a file, a folder or a zip archive of them. Each output is held
 * against the cell that was sent out; where there are none, a table among the files is taken.
 * @throws Refusal where there is neither, for a damaged archive, for a package of another snapshot, and as `takeTable` does.
 */
export async function takeFiles(request: EnergyRequest, source: StageSource): Promise<TakenEnergies> {
  const { results, parameters, context } = request;
  const findings = await readAll(request, source);
  const { found, tables, notes, others } = findings;
  const [table] = tables;
  if (found.length === 0 && table) return takeTable(request, table.path, table.text);
  const cut: CutParameters = { ...parameters, ...notes.cut };
  const collector = new OutputCollector(cutCampaign(results, cut, context.control).campaign);
  const probes = new Set<unknown>();
  for (const { path, calculation } of found) {
    const probe = notes.probeOf(path);
    if (probe) probes.add(probe);
    else if (typeof calculation === 'string') collector.addUnreadable(path, calculation);
    else collector.add(path, calculation, notes.engine);
  }
  for (const { path, text } of notes.failures) collector.addFailure(path, text);
  const rows = collector.rows();
  const warnings = [...collector.warnings(), ...remarks(parameters, cut, probes.size, findings)];
  if (rows.length === 0) {
    const why = warnings.map(({ message }) => message).join(' ');
    throw badInput({
      file: source.name,
      message: `no output of a calculation of this campaign is in it (${found.length} outputs, ${others} other files)${why && `. ${why}`}`,
    });
  }
  const taken = takeTable(request, source.name, writeResultsCsv(rows));
  return { ...taken, warnings: [...taken.warnings, ...warnings] };
}

async function readAll({ results, parameters, context }: EnergyRequest, source: StageSource): Promise<Findings> {
  const notes = new PackageNotes(results.snapshot!.snapshot.source.sha256);
  const findings: Findings = { found: [], tables: [], notes, others: 0 };
  const sortOf = (path: string, head: string) => {
    if (notes.wants(path)) return 'note';
    if (OWN_FILES.test(path) || EARLIER_ATTEMPT.test(path)) return 'other';
    if (OUTPUT_READERS.some((reader) => reader.recognises(head))) return 'output';
    // A file that was given by itself is meant to be a table, whatever its name.
    return TABLE.test(path) || path === source.name ? 'table' : 'other';
  };
  const sorts = new Map<string, ReturnType<typeof sortOf>>();
  const wanted = (path: string, head: string) => {
    const sort = sortOf(path, head);
    sorts.set(path, sort);
    return sort !== 'other';
  };
  for await (const { path, text, problem } of eachText(source, wanted, context.control)) {
    if (problem !== undefined) findings.found.push({ path, calculation: problem });
    else if (text === null) findings.others += 1;
    else {
      const sort = sorts.get(path);
      if (sort === 'note') notes.add(path, text);
      else if (sort === 'table') {
        if (!JOBS.test(path)) findings.tables.push({ path, text });
      } else findings.found.push({ path, calculation: readOne(path, text, parameters.energyColumn || null) });
    }
  }
  return findings;
}

function readOne(path: string, text: string, column: string | null): Calculation | string {
  try {
    return readCalculation(text, path, column);
  } catch (thrown) {
    if (thrown instanceof Refusal && thrown.failure.tag === 'bad-input') return thrown.message;
    throw thrown;
  }
}

/** What was not used, and what was used otherwise than the parameters say. */
function remarks(
  parameters: CutParameters,
  cut: CutParameters,
  probes: number,
  { tables, others }: Findings,
): Warning[] {
  const other = (['replicaEdge', 'minDistance', 'seam'] as const).filter((name) => cut[name] !== parameters[name]);
  const said = other.map((name) => `${name} ${cut[name]} instead of ${parameters[name]}`).join(', ');
  const unused = tables.map(({ path }) => path);
  return [
    ...(said ? [`The cells were compared as their package cut them: ${said}.`] : []),
    ...(probes > 0 ? [`${probes} convergence probes are no energies of the campaign.`] : []),
    ...(unused.length > 0 ? [`Outputs go before tables: ${unused.join(', ')} was not read.`] : []),
    ...(others > 0 ? [`${others} files are no outputs and were not read.`] : []),
  ].map((message) => ({ message }));
}
