import { orderRoles } from './roles.ts';

/** Stands for the bulk cell wherever a file asks for an atom id. */
export const BULK_ID = 0;

/** One calculation: a cell in a directory of the package, whose first atom's energy is wanted. */
export interface Job {
  /** 0 for the bulk cell, then 1, 2, ... in the order of the package. */
  readonly rank: number;
  /** Snapshot id of the centre; `BULK_ID` for the bulk cell. */
  readonly id: number;
  /** Snapshot row of the centre; null for the bulk cell. */
  readonly row: number | null;
  /** In the order of the role table. */
  readonly roles: readonly string[];
  /** Relative to the package, with forward slashes. */
  readonly directory: string;
}

/** Atoms to compute, by snapshot row. */
export interface CampaignPlan {
  /** [n] snapshot ids. */
  readonly ids: Uint32Array;
  /** What the model trains on, in the order in which it was picked. */
  readonly picks: Iterable<number>;
  /** Picks of further strategies, by name, to compare with. */
  readonly strategies?: ReadonlyMap<string, Iterable<number>>;
  readonly testSet?: Iterable<number>;
  readonly probes?: Iterable<number>;
}

const RANK_DIGITS = 4;

/**
 * The jobs of a campaign: the bulk cell, then the picks in their order, then atoms of further strategies, of the test
 * set and probes. An atom comes once, where it is named first, with all its roles.
 */
export function planJobs({ ids, picks, strategies = new Map(), testSet = [], probes = [] }: CampaignPlan): Job[] {
  const rolesOfRow = new Map<number, string[]>();
  const take = (role: string, rows: Iterable<number>) => {
    for (const row of rows) {
      const roles = rolesOfRow.get(row);
      if (roles) roles.push(role);
      else rolesOfRow.set(row, [role]);
    }
  };
  take('train', picks);
  for (const [name, rows] of strategies) take(name, rows);
  take('test', testSet);
  take('probe', probes);
  const replicas = [...rolesOfRow].map(([row, roles], index): Job => {
    const rank = index + 1;
    const directory = `replicas/${String(rank).padStart(RANK_DIGITS, '0')}_id${ids[row]}`;
    return { rank, id: ids[row]!, row, roles: orderRoles(roles), directory };
  });
  return [{ rank: 0, id: BULK_ID, row: null, roles: ['bulk'], directory: 'bulk' }, ...replicas];
}
