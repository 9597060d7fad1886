import { beforeEach, describe, expect, test } from 'vitest';
import type { StageName } from '#pipeline/parameters.ts';
import { fingerprint, STAGES } from '#pipeline/stages.ts';
import { useStore } from '../store.ts';
import { nextAction } from './nextAction.ts';

const next = () => nextAction(useStore.getState());

/** Mark stages as finished from what now stands. */
function finish(...stages: StageName[]): void {
  const { parameters, inputs, setStage } = useStore.getState();
  for (const stage of stages) setStage(stage, { status: 'done', fingerprint: fingerprint(stage, parameters, inputs) });
}

describe('the next sensible action', () => {
  beforeEach(() => useStore.setState(useStore.getInitialState(), true));

  test('without a snapshot: open one', () => expect(next()).toEqual({ kind: 'open' }));

  test('on the untouched sample: the whole loop; on any other snapshot: the next step', () => {
    finish('snapshot', 'structure');
    expect(next()).toEqual({ kind: 'stage', stage: 'descriptor' });
    useStore.getState().setView({ sample: true });
    expect(next()).toEqual({ kind: 'loop' });
    finish('descriptor');
    expect(next()).toEqual({ kind: 'stage', stage: 'pool' });
  });

  test('the first stale step comes before missing ones', () => {
    finish('snapshot', 'structure', 'descriptor', 'pool');
    useStore.getState().setParameter('sigma', 0.55);
    expect(next()).toEqual({ kind: 'stage', stage: 'descriptor' });
  });

  test('when the cells are cut energies are asked for, unless a column or a table stands ready', () => {
    finish('snapshot', 'structure', 'descriptor', 'pool', 'select', 'replicas');
    expect(next()).toEqual({ kind: 'energies' });
    useStore.getState().setView({ refusedTable: 'energies.csv' });
    expect(next()).toEqual({ kind: 'stage', stage: 'energies' });
    useStore.getState().setView({ refusedTable: null });
    useStore.getState().setParameter('labelColumn', 'c_pe');
    expect(next()).toEqual({ kind: 'stage', stage: 'energies' });
  });

  test('with energies at hand the cells may wait, and nothing is left after the model', () => {
    finish('snapshot', 'structure', 'descriptor', 'pool', 'select', 'energies');
    expect(next()).toEqual({ kind: 'stage', stage: 'model' });
    finish('model');
    expect(next()).toEqual({ kind: 'none' });
    finish(...STAGES.map(({ name }) => name));
    expect(next()).toEqual({ kind: 'none' });
  });
});
