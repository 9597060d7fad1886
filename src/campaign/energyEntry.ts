import { badInput, type Warning } from '#data/errors.ts';
import { isPartition, PARTITIONS, type Partition } from '#engines/calculation.ts';
import { BULK_ID } from './jobs.ts';

/** Status of a run without electronic structure by a program that could do better: taken only when that is wanted. */
export const FORCE_FIELD = 'force field, not DFT';
export const OK = 'ok';

/** What became of the energy of one job, or of an atom whose energy existed before. */
export interface EnergyEntry {
  /** Snapshot id of the atom; 0 for the bulk cell. */
  readonly id: number;
  /** As it came, the bulk not subtracted; null where there is none. */
  readonly energy_eV: number | null;
  /** The program, with its version where it is known; '' where nobody says. */
  readonly code: string;
  readonly partition: Partition;
  /** Used, put aside, or used although it would have been put aside. */
  readonly state: 'ok' | 'quarantined' | 'accepted';
  /** Why it was put aside. */
  readonly reason: string;
}

/** A sort of energy: only those of one sort may be fitted together. */
export type EnergyKind = Pick<EnergyEntry, 'code' | 'partition'>;

/** "CP2K, Mulliken". */
export function kindWords({ code, partition }: EnergyKind): string {
  if (code === '' && partition === 'unstated') return 'a table that names no code';
  return `${programOf(code) || 'unnamed code'}, ${PARTITIONS[partition]}`;
}

/** "CP2K" of "CP2K 2025.1": versions of a program give the same sort of energy. */
function programOf(code: string): string {
  return /^(.*?)(?:\s+v?\d.*)?$/.exec(code)![1]!;
}

export function isUsed({ state, energy_eV }: EnergyEntry): boolean {
  return state !== 'quarantined' && energy_eV !== null;
}

/** The sorts among the energies that are used, with their numbers, the commonest first. */
export function countKinds(entries: readonly EnergyEntry[]): (EnergyKind & { readonly count: number })[] {
  const counts = new Map<string, EnergyKind & { count: number }>();
  for (const entry of entries) {
    if (!isUsed(entry)) continue;
    const { code, partition } = entry;
    const kind = counts.get(kindWords(entry)) ?? { code: programOf(code), partition, count: 0 };
    kind.count += 1;
    counts.set(kindWords(entry), kind);
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}

const NAMED = 5;

/** What was put aside, and what was accepted nevertheless, with the reasons; one sentence each. */
export function describeEntries(entries: readonly EnergyEntry[]): Warning[] {
  const describe = (state: EnergyEntry['state'], words: string) => {
    const found = entries.filter((entry) => entry.state === state);
    if (found.length === 0) return [];
    const named = found.slice(0, NAMED).map(({ id, reason }) => `${id === BULK_ID ? 'bulk' : id}: ${reason}`);
    const rest = found.length > NAMED ? ` … (${found.length})` : '';
    return [{ message: `${found.length} ${words}. ${named.join('; ')}${rest}` }];
  };
  return [
    ...describe('quarantined', 'put aside, not used'),
    ...describe('accepted', 'used although something speaks against it'),
  ];
}

/**
 * Refuse energies of two sorts.
 * @throws Refusal with the file.
 */
export function checkKinds(file: string, entries: readonly EnergyEntry[]): void {
  const kinds = countKinds(entries);
  if (kinds.length < 2) return;
  const found = kinds.map((kind) => `${kind.count} from ${kindWords(kind)}`).join('; ');
  throw badInput({
    file,
    message:
      'energies of different programs or divisions among atoms are different quantities, and one model is not fitted to ' +
      `both unless they are mixed on purpose (--mix-partitions): ${found}`,
  });
}

/** @throws Refusal with file and line for a word that names no division. */
export function readPartition(word: string, place: { readonly file: string; readonly line: number }): Partition {
  if (word === '') return 'unstated';
  if (isPartition(word)) return word;
  throw badInput({ ...place, expected: `a partition (${Object.keys(PARTITIONS).join(', ')})`, found: word });
}
