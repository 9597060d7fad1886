/** What an energy is for. A job can have several roles: an atom that two strategies picked is computed once. */
export interface Role {
  readonly name: string;
  readonly meaning: string;
}

/** In the order in which the roles of a job are listed. */
export const ROLES = [
  { name: 'bulk', meaning: 'perfect crystal, whose energy per atom is subtracted from all others' },
  { name: 'train', meaning: 'picked by the criterion of the selection; the model is fitted to these' },
  { name: 'test', meaning: 'test set: never fitted to, errors are measured here' },
  { name: 'random1', meaning: 'picked at random among the non-BCC atoms, to compare with' },
  { name: 'random2', meaning: 'picked at random, a few BCC and many non-BCC atoms, to compare with' },
  { name: 'probe', meaning: 'asked for by hand, or for one figure' },
  { name: 'probe8', meaning: 'the first pick again, in a cell of 8 Å: no training data, it shows what the cell does' },
  {
    name: 'probe12',
    meaning: 'the first pick again, in a cell of 12 Å: no training data, it shows what the cell does',
  },
] as const satisfies readonly Role[];

const SEPARATOR = '+';

/** Roles without repeats, in the order of the table; further strategies, by their own name, come after it. */
export function orderRoles(names: Iterable<string>): string[] {
  const place = (name: string) => {
    const index = ROLES.findIndex((role) => role.name === name);
    return index < 0 ? ROLES.length : index;
  };
  return [...new Set(names)].sort((a, b) => place(a) - place(b));
}

/** As in jobs.csv: `train+random1`. */
export function joinRoles(names: readonly string[]): string {
  return names.join(SEPARATOR);
}

/** Whether an energy only shows what the size of the cell does: never training data. */
export function isProbeRole(role: string): boolean {
  return /\bprobe\d/.test(role);
}
