import type { StageName } from '#pipeline/parameters.ts';
import { STAGES } from '#pipeline/stages.ts';
import type { Store } from '../store.ts';
import { isFresh, isStale } from './run.ts';

/** The one thing to do next: the page fills the button of this action and no other. */
export type NextAction =
  | { readonly kind: 'open' }
  | { readonly kind: 'loop' }
  | { readonly kind: 'stage'; readonly stage: StageName }
  /** Replica cells are cut, and nothing says yet what their energies are. */
  | { readonly kind: 'energies' }
  | { readonly kind: 'none' };

const NONE: NextAction = { kind: 'none' };
const OPEN: NextAction = { kind: 'open' };
const LOOP: NextAction = { kind: 'loop' };
const ENERGIES: NextAction = { kind: 'energies' };
const STAGE = Object.fromEntries(STAGES.map(({ name }) => [name, { kind: 'stage', stage: name }])) as Record<
  StageName,
  NextAction
>;

/** Always the same object for the same answer, so that it may be selected from the store. */
export function nextAction(store: Store): NextAction {
  const { stages, job, sample, parameters, refusedTable } = store;
  const classifying = job?.stage === 'structure' && sample;
  if (job && !classifying) return NONE;
  if (stages.snapshot.fingerprint === undefined) return OPEN;
  const stale = STAGES.find(({ name }) => isStale(store, name));
  if (stale) return STAGE[stale.name];
  // The sample is there to be tried: its whole loop is one click, until somebody goes step by step.
  if (sample && stages.descriptor.fingerprint === undefined) return LOOP;
  // Whoever has energies already needs no replica cells.
  const wanted = STAGES.filter(({ name }) => name !== 'replicas' || !isFresh(store, 'energies'));
  const missing = wanted.find(({ name }) => !isFresh(store, name));
  if (!missing) return NONE;
  const nothingToTake =
    missing.name === 'energies' &&
    parameters.labelColumn === null &&
    parameters.potential === null &&
    refusedTable === null;
  return nothingToTake ? ENERGIES : STAGE[missing.name];
}
