import { beforeEach, describe, expect, test } from 'vitest';
import { fingerprint } from '#pipeline/stages.ts';
import { useStore } from '#state/store.ts';
import { staleWords } from './staleWords.ts';

describe('what changed since a step was computed', () => {
  beforeEach(() => {
    const { parameters, setStage, setInput } = useStore.getState();
    setInput('snapshot', 'abc');
    const { inputs } = useStore.getState();
    setStage('select', { status: 'done', fingerprint: fingerprint('select', parameters, inputs) });
  });

  test('nothing', () => expect(staleWords(useStore.getState(), 'select')).toBeNull());

  test('parameters of the step and of steps before it, each once, with both values', () => {
    const { setParameter } = useStore.getState();
    setParameter('sigma', 0.55);
    setParameter('replicaEdge', 11);
    expect(staleWords(useStore.getState(), 'select')).toBe('Changed: Gaussian width 0.5 → 0.55 Å, Cell edge 10 → 11 Å');
    setParameter('sigma', 0.5);
    setParameter('replicaEdge', 10);
    expect(staleWords(useStore.getState(), 'select')).toBeNull();
  });

  test('another snapshot', () => {
    useStore.getState().setInput('snapshot', 'def');
    expect(staleWords(useStore.getState(), 'select')).toBe('Changed: input of Snapshot');
  });
});
