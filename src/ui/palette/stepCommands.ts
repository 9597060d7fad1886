import { STAGES } from '#pipeline/stages.ts';
import { isFresh } from '#state/actions/run.ts';
import type { Command, PageParts } from './command.ts';

/** The steps of the method: to open and to run. */
export function stepCommands({ store, ...page }: PageParts): Command[] {
  const { openStep, job, setView, stages } = store;
  const stopped = job
    ? 'Something is running'
    : stages.snapshot.fingerprint === undefined
      ? 'Open a snapshot first'
      : undefined;
  const opens = STAGES.map(
    ({ name, title }, index): Command => ({
      id: `step-${name}`,
      group: 'Steps',
      label: `Step ${index + 1}: ${title}`,
      keys: [{ key: String(index + 1) }],
      run: () => setView({ openStep: openStep === name ? null : name }),
    }),
  );
  const runs = STAGES.filter(({ name }) => name !== 'snapshot').map(
    ({ name, verb }): Command => ({
      id: `run-${name}`,
      group: 'Steps',
      label: `Run: ${verb}`,
      unavailable:
        stopped ??
        (isFresh(store, name) ? 'Up to date' : undefined) ??
        (name === 'energies' &&
        store.parameters.labelColumn === null &&
        store.parameters.potential === null &&
        store.refusedTable === null
          ? 'Import energies, name a column, or run a potential, in step 7'
          : undefined),
      run: () => page.runStage(name),
    }),
  );
  return [
    { id: 'loop', group: 'Steps', label: 'Run the whole loop', unavailable: stopped, run: page.runLoop },
    {
      id: 'cancel',
      group: 'Steps',
      label: 'Cancel what is running',
      unavailable: job ? undefined : 'Nothing is running',
      run: page.cancel,
    },
    ...opens,
    ...runs,
  ];
}
