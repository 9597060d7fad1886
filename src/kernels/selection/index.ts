import type { Criterion } from './criterion.ts';
import { posterior } from './posterior.ts';
import { random } from './random.ts';
import { random1 } from './random1.ts';
import { random2 } from './random2.ts';
import { ur } from './ur.ts';

/** Every way to pick atoms, by name. */
export const CRITERIA = { ur, posterior, random1, random2, random } as const satisfies Record<string, Criterion>;

export function findCriterion(name: string): Criterion | undefined {
  return (CRITERIA as Record<string, Criterion>)[name];
}
