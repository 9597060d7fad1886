import { Refusal, type Warning } from '#data/errors.ts';
import { type Calculation, CLASSICAL_CODES, type Partition } from '#engines/calculation.ts';
import type { ResultRow } from '#formats/energiesCsv/write.ts';
import { type CheckedCalculation, checkCalculation } from './checkCalculation.ts';
import { FORCE_FIELD, OK } from './energyEntry.ts';
import { findJob, lastFolder } from './findJob.ts';
import type { Job } from './jobs.ts';
import { matchAtoms, type SentCell } from './matchAtoms.ts';
import type { Campaign } from './packageFiles.ts';
import { joinRoles } from './roles.ts';
import { sentCellOf } from './sentCells.ts';

/** One output that was read for a job. */
interface Candidate {
  readonly path: string;
  readonly code: string;
  readonly partition: Partition;
  readonly energy_eV: number | null;
  /** `ok`, or why it should not be used. */
  readonly status: string;
  readonly notes: readonly string[];
}

/** Energies of two outputs of one job agree when they are this near, relative: the last digits of a dump. */
const SAME_ENERGY = 1e-6;
const NAMED = 5;

/**
 * Outputs of calculations, one after the other, to the energies of their jobs. An output belongs to the job that its
 * path names, else to the one whose atoms it has; every value is checked against the cell that was sent out.
 */
export class OutputCollector {
  readonly #jobs: readonly Job[];
  readonly #candidates = new Map<Job, Candidate[]>();
  /** What a folder of a job says besides: `FAILED` of the package's scripts. */
  readonly #failed = new Map<Job, string>();
  readonly #strays: string[] = [];
  readonly #warnings: Warning[] = [];
  /** By job; where none was cut there is none. */
  readonly #cells: ReadonlyMap<Job, SentCell>;

  constructor(campaign: Campaign) {
    this.#jobs = campaign.jobs;
    this.#cells = new Map(
      campaign.jobs.flatMap((job) => {
        const cell = sentCellOf(campaign, job);
        return cell ? [[job, cell] as const] : [];
      }),
    );
  }

  /**
   * Take what one output says.
   * @param unstated How energies of a file that names no program were divided, as its package says.
   */
  add(
    path: string,
    calculation: Calculation,
    unstated?: { readonly code: string; readonly partition: Partition },
  ): void {
    const { code, partition } =
      unstated && calculation.partition === 'unstated'
        ? unstated
        : { code: codeOf(calculation), partition: calculation.partition };
    const named = findJob(path, this.#jobs);
    const job = named === 'unknown' ? null : (named ?? this.#jobByAtoms(calculation));
    if (!job) {
      this.#strays.push(path);
      return;
    }
    const cell = this.#cells.get(job);
    if (!cell) return;
    const checked = checkCalculation(calculation, cell, path);
    const status = this.#statusOf(checked, calculation, named === null ? null : job);
    const notes = 'notes' in checked ? checked.notes : [];
    this.#push(job, { path, code, partition, energy_eV: checked.energy_eV, status, notes });
  }

  /** Take an output that cannot be read. */
  addUnreadable(path: string, reason: string): void {
    const job = findJob(path, this.#jobs);
    if (!job || job === 'unknown') this.#warnings.push({ message: reason });
    else this.#push(job, { path, code: '', partition: 'unstated', energy_eV: null, status: reason, notes: [] });
  }

  /** Take the mark that a job failed. */
  addFailure(path: string, text: string): void {
    const job = findJob(path, this.#jobs);
    if (job && job !== 'unknown') this.#failed.set(job, text.trim().replace(/\s+/g, ' '));
  }

  /** A row for every job that something came back of, in the order of the jobs. */
  rows(): ResultRow[] {
    return this.#jobs.flatMap((job) => {
      const candidates = this.#candidates.get(job) ?? [];
      const failed = this.#failed.get(job);
      if (candidates.length === 0 && failed === undefined) return [];
      const { rank, id, directory, roles } = job;
      const chosen = candidates.length > 0 ? choose(candidates) : null;
      const status = failed === undefined ? chosen!.status : `failed: ${failed}`;
      const { energy_eV = null, code = '', partition = 'unstated' } = chosen ?? {};
      return [{ rank, id, directory, role: joinRoles(roles), energy_eV, code, partition, status }];
    });
  }

  /** What a careful reader wants to know besides, each with the jobs that it is about. */
  warnings(): Warning[] {
    const jobsOf = new Map<string, string[]>();
    for (const [job, candidates] of this.#candidates) {
      for (const note of candidates.length > 0 ? choose(candidates).notes : []) {
        const name = job.row === null ? 'bulk' : String(job.id);
        jobsOf.set(note, [...(jobsOf.get(note) ?? []), name]);
      }
    }
    const notes = [...jobsOf].map(([note, names]) => ({ message: `${note} (${listed(names, 'jobs')})` }));
    const strays =
      this.#strays.length > 0
        ? [{ message: `Outputs of no job of this campaign: ${listed(this.#strays, 'files')}.` }]
        : [];
    return [...this.#warnings, ...strays, ...notes];
  }

  #push(job: Job, candidate: Candidate): void {
    this.#candidates.set(job, [...(this.#candidates.get(job) ?? []), candidate]);
  }

  #statusOf(checked: CheckedCalculation, calculation: Calculation, named: Job | null): string {
    if ('quarantined' in checked) {
      const other = checked.energy_eV === null && named ? this.#jobByAtoms(calculation) : null;
      if (!other || other === named) return checked.quarantined;
      return `these are the atoms of ${lastFolder(other.directory)}, not of ${lastFolder(named!.directory)}`;
    }
    const forceField = calculation.convergence === 'no-self-consistency' && !CLASSICAL_CODES.includes(calculation.code);
    return forceField ? FORCE_FIELD : OK;
  }

  /** The job whose cell has these atoms, where there is just one. */
  #jobByAtoms({ atoms }: Calculation): Job | null {
    if (!atoms.position) return null;
    const fitting = [...this.#cells].filter(([, cell]) => {
      if (3 * atoms.energy.length !== cell.position.length) return false;
      try {
        matchAtoms(atoms, cell, '');
        return true;
      } catch (thrown) {
        if (thrown instanceof Refusal) return false;
        throw thrown;
      }
    });
    return fitting.length === 1 ? fitting[0]![0] : null;
  }
}

/** "CP2K 2025.1". */
function codeOf({ code, version }: Calculation): string {
  return version === null ? code : `${code} ${version}`;
}

/** The output to believe: one that passed every check before one that did not. Two that disagree are none. */
function choose(candidates: readonly Candidate[]): Candidate {
  const [best, ...others] = [...candidates].sort((a, b) => rankOf(a) - rankOf(b)) as [Candidate, ...Candidate[]];
  const rival = others.find((other) => other.status === best.status && differ(best, other));
  if (!rival || best.energy_eV === null) return best;
  return {
    ...best,
    status: `two outputs disagree: ${best.energy_eV} eV in ${best.path}, ${rival.energy_eV} eV in ${rival.path}`,
  };
}

function rankOf({ status, energy_eV }: Candidate): number {
  if (status === OK) return 0;
  return energy_eV === null ? 2 : 1;
}

function differ(a: Candidate, b: Candidate): boolean {
  if (a.energy_eV === null || b.energy_eV === null) return false;
  return Math.abs(a.energy_eV - b.energy_eV) > SAME_ENERGY * Math.abs(a.energy_eV);
}

function listed(names: readonly string[], what: string): string {
  const shown = names.slice(0, NAMED).join(', ');
  return names.length > NAMED ? `${names.length} ${what}: ${shown}, …` : shown;
}
