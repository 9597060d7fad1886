import { badInput, type Warning } from '#data/errors.ts';
import { rowOfId } from '#data/snapshot.ts';
import type { EnergyKey, EnergyRow, PendingRow } from '#formats/energiesCsv/read.ts';
import { checkUnits } from './checkUnits.ts';
import { checkKinds, type EnergyEntry, FORCE_FIELD, isUsed, OK, readPartition } from './energyEntry.ts';
import { BULK_ID, type Job } from './jobs.ts';
import { isProbeRole } from './roles.ts';

export interface JoinRequest {
  /** Name of the table, for sentences. */
  readonly file: string;
  readonly rows: readonly EnergyRow[];
  /** Rows without an energy. */
  readonly pending?: readonly PendingRow[];
  readonly jobs: readonly Job[];
  /** [n] snapshot ids, ascending. */
  readonly ids: Uint32Array;
  /** Snapshot rows of atoms that need no job, since their energies existed before; the table may name them by id. */
  readonly given?: Iterable<number>;
  /** What is taken although something speaks against it. */
  readonly allowed?: Partial<Allowances>;
}

export interface Allowances {
  /** Ids of energies that are used although they were put aside; 0 for the bulk cell. */
  readonly accepted: Iterable<number>;
  /** Use what a program computed with a force field. */
  readonly forceFields: boolean;
  /** Use energies of several programs or divisions at once. */
  readonly mixedKinds: boolean;
}

export interface JoinedEnergies {
  /** Energy of the atom at a snapshot row, eV, as it came (bulk not subtracted). */
  readonly energyOfRow: ReadonlyMap<number, number>;
  /** Energy of a bulk atom, eV; null where the bulk cell has not come back. */
  readonly bulkEnergy: number | null;
  /** What became of every row that says something, in its order. */
  readonly entries: readonly EnergyEntry[];
  /** Jobs without an energy, in their order. */
  readonly missing: readonly Job[];
  readonly warnings: readonly Warning[];
}

/** The bulk cell among the targets; atoms are their rows. */
const BULK = -1;

/**
 * Give every energy of a table to its job. All or nothing: a table with one bad row joins nothing. An energy whose status
 * is not `ok` is put aside, unless it is allowed.
 * @throws Refusal with file and line for an energy that is not finite, a key that belongs to no job, two energies for
 * one job, numbers without a unit that do not look like eV, and energies of several programs or divisions.
 */
export function joinEnergies({
  file,
  rows,
  pending = [],
  jobs,
  ids,
  given = [],
  allowed = {},
}: JoinRequest): JoinedEnergies {
  const findTarget = makeFinder(file, jobs, ids, new Set(given));
  const found = new Map<number, EnergyRow>();
  const warnings: Warning[] = [];
  const [campaign, waiting] = [rows.filter(isOfCampaign), pending.filter(isOfCampaign)];
  const probes = rows.length - campaign.length + pending.length - waiting.length;
  if (probes > 0) warnings.push({ message: `${probes} convergence probes are no energies of the campaign.` });
  for (const row of campaign) {
    const { line, energy_eV: energy } = row;
    if (!Number.isFinite(energy)) throw badInput({ file, line, expected: 'a finite energy', found: `${energy}` });
    const target = findTarget(row);
    const earlier = found.get(target);
    if (!earlier) {
      found.set(target, row);
    } else if (earlier.energy_eV === energy) {
      warnings.push({ message: `${file}, line ${line}: ${nameKey(row.key)} again, as on line ${earlier.line}.` });
    } else {
      throw badInput({
        file,
        line,
        message: `a second energy for ${nameKey(row.key)}`,
        expected: `${earlier.energy_eV} eV as on line ${earlier.line}`,
        found: `${energy} eV`,
      });
    }
  }
  const judge = makeJudge(file, allowed);
  const judged = [...found].map(([target, row]) => ({ target, row, entry: judge(row, idOf(target, ids)) }));
  const used = judged.filter(({ entry }) => isUsed(entry));
  const energies = used.filter(({ target }) => target !== BULK);
  checkUnits(
    file,
    energies.map(({ row }) => row),
  );
  const entries = [
    ...judged.map(({ entry }) => entry),
    // A failed job says why; one that is waited for says nothing.
    ...waiting
      .filter(({ origin }) => origin.status !== '' && origin.status !== OK)
      .map((row) => judge({ ...row, energy_eV: null }, idOf(findTarget(row), ids))),
  ];
  if (!allowed.mixedKinds) checkKinds(file, entries);
  const back = new Set(used.map(({ target }) => target));
  return {
    energyOfRow: new Map(energies.map(({ target, row }) => [target, row.energy_eV])),
    bulkEnergy: used.find(({ target }) => target === BULK)?.row.energy_eV ?? null,
    entries,
    missing: jobs.filter((job) => !back.has(job.row ?? BULK)),
    warnings,
  };
}

/** A probe is an atom of the campaign again, in a cell of another size. */
function isOfCampaign({ role = '' }: PendingRow): boolean {
  return !isProbeRole(role);
}

function idOf(target: number, ids: Uint32Array): number {
  return target === BULK ? BULK_ID : ids[target]!;
}

type JudgedRow = Omit<PendingRow, 'key'> & { readonly energy_eV: number | null };

/** Whether an energy is used, from what its table says of it. */
function makeJudge(file: string, { accepted = [], forceFields = false }: Partial<Allowances>) {
  const wanted = new Set(accepted);
  return ({ energy_eV, line, origin: { code, partition, status } }: JudgedRow, id: number): EnergyEntry => {
    const good = status === '' || status === OK || (status === FORCE_FIELD && forceFields);
    const reason = status === OK ? '' : status;
    const state = good ? 'ok' : wanted.has(id) && energy_eV !== null ? 'accepted' : 'quarantined';
    return { id, energy_eV, code, partition: readPartition(partition, { file, line }), state, reason };
  };
}

function makeFinder(file: string, jobs: readonly Job[], ids: Uint32Array, given: ReadonlySet<number>) {
  const byRank = new Map(jobs.map((job) => [job.rank, job]));
  // Scripts that run inside replicas/ know only the last part.
  const byDirectory = new Map(jobs.flatMap((job) => [job.directory, lastPart(job.directory)].map((key) => [key, job])));
  const targets = new Set(jobs.map((job) => job.row ?? BULK));

  const findId = (id: number, line: number): number => {
    const row = rowOfId(ids, id);
    const isAtom = row >= 0 && (targets.has(row) || given.has(row));
    if (id === BULK_ID && targets.has(BULK)) {
      if (!isAtom) return BULK;
      const message = 'id 0 is the bulk cell and an atom of this snapshot too: name jobs by rank or directory';
      throw badInput({ file, line, message });
    }
    if (isAtom) return row;
    const reason = row < 0 ? 'the snapshot has no such atom' : 'that atom is in no job of this campaign';
    throw badInput({ file, line, expected: 'the id of a job', found: `${id} (${reason})` });
  };

  return ({ key, line }: Pick<EnergyRow, 'key' | 'line'>): number => {
    if (key.kind === 'id') return findId(key.value, line);
    const job = key.kind === 'directory' ? byDirectory.get(tidyPath(key.value)) : byRank.get(key.value);
    if (job) return job.row ?? BULK;
    const expected =
      key.kind === 'rank'
        ? `a rank from 0 to ${jobs.length - 1}`
        : 'a directory of this package, such as replicas/0001_…';
    throw badInput({ file, line, expected, found: String(key.value) });
  };
}

function tidyPath(path: string): string {
  return path
    .replaceAll('\\', '/')
    .replace(/^(\.\/)+/, '')
    .replace(/\/+$/, '');
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function nameKey({ kind, value }: EnergyKey): string {
  return `${kind} ${value}`;
}

export interface RoleProgress {
  readonly role: string;
  readonly returned: number;
  readonly total: number;
  readonly missing: readonly Job[];
}

/** How many jobs of each role have come back, roles in the order of the jobs. */
export function countReturned(jobs: readonly Job[], missing: readonly Job[]): RoleProgress[] {
  const gone = new Set(missing);
  const roles = [...new Set(jobs.flatMap((job) => job.roles))];
  return roles.map((role) => {
    const mine = jobs.filter((job) => job.roles.includes(role));
    const absent = mine.filter((job) => gone.has(job));
    return { role, returned: mine.length - absent.length, total: mine.length, missing: absent };
  });
}

const NAMED = 10;

/** "train: 137 of 150 back; missing: 11566, 15044, … (13)". */
export function describeReturned({ role, returned, total, missing }: RoleProgress): string {
  const count = `${role}: ${returned} of ${total} back`;
  if (missing.length === 0) return count;
  const names = missing.slice(0, NAMED).map((job) => (job.row === null ? job.directory : job.id));
  return `${count}; missing: ${names.join(', ')}${missing.length > NAMED ? `, … (${missing.length})` : ''}`;
}
