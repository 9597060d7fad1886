import { beforeEach, describe, expect, it } from 'vitest';
import { History } from './history.ts';
import { useStore } from './store.ts';
import { recordViews } from './viewHistory.ts';

describe('a history', () => {
  const entry = (label: string, log: string[]) => ({
    label,
    undo: () => log.push(`undo ${label}`),
    redo: () => log.push(`redo ${label}`),
  });

  it('goes back and forth in order, and says what it did', () => {
    const log: string[] = [];
    const history = new History();
    for (const label of ['a', 'b']) history.push(entry(label, log));
    expect([history.undo(), history.undo(), history.undo()]).toEqual(['b', 'a', null]);
    expect([history.redo(), history.redo(), history.redo()]).toEqual(['a', 'b', null]);
    expect(log).toEqual(['undo b', 'undo a', 'redo a', 'redo b']);
  });

  it('forgets what was undone when something new is done', () => {
    const history = new History();
    for (const label of ['a', 'b']) history.push(entry(label, []));
    history.undo();
    history.push(entry('c', []));
    expect(history.canRedo).toBe(false);
    expect([history.undo(), history.undo(), history.undo()]).toEqual(['c', 'a', null]);
  });

  it('keeps the last entries only', () => {
    const history = new History(2);
    for (const label of ['a', 'b', 'c']) history.push(entry(label, []));
    expect([history.undo(), history.undo(), history.undo()]).toEqual(['c', 'b', null]);
  });

  it('tells who listens, until they do not', () => {
    const history = new History();
    let told = 0;
    const stop = history.subscribe(() => told++);
    history.push(entry('a', []));
    history.undo();
    history.redo();
    history.clear();
    stop();
    history.push(entry('b', []));
    expect(told).toBe(4);
  });
});

describe('the history of the view', () => {
  let now = 0;
  let history: History;
  const { setView, setSlice, toggleType, setSession } = useStore.getState();
  beforeEach(() => {
    useStore.setState(useStore.getInitialState(), true);
    history = new History();
    return recordViews(useStore, history, () => now);
  });

  it('makes one entry of a drag, and two where the hand rested between', () => {
    for (const position of [1, 2, 3]) {
      now += 16;
      setSlice({ position });
    }
    now += 5000;
    setSlice({ position: 9 });
    history.undo();
    expect(useStore.getState().slice.position).toBe(3);
    history.undo();
    expect(useStore.getState().slice.position).toBe(0);
    expect(history.canUndo).toBe(false);
    history.redo();
    history.redo();
    expect(useStore.getState().slice.position).toBe(9);
  });

  it('makes one entry of all a hand does until it lets go, and none where it puts everything back', () => {
    setSlice({ position: 1 });
    for (const position of [2, 3]) {
      setView({ handHolds: true });
      setSlice({ position });
      now += 5000;
      setSlice({ position: position + 0.5 });
      setView({ handHolds: false });
      setSlice({ position: position + 0.7 });
    }
    setView({ handHolds: true });
    setSlice({ position: 8 });
    setSlice({ position: 3.7 });
    setView({ handHolds: false });
    const positions = [];
    while (history.canUndo) {
      history.undo();
      positions.push(useStore.getState().slice.position);
    }
    expect(positions).toEqual([3.5, 2.7, 2.5, 1, 0]);
  });

  it('starts a new entry after an undo, however quick the hand', () => {
    setSlice({ position: 1 });
    history.undo();
    setSlice({ position: 2 });
    expect(history.canRedo).toBe(false);
    history.undo();
    expect(useStore.getState().slice.position).toBe(0);
  });

  it('never takes two switches for a drag', () => {
    toggleType(3);
    toggleType(3);
    setSlice({ on: true });
    expect([history.undo(), history.undo(), history.undo(), history.undo()]).toEqual([
      'slice',
      'types shown',
      'types shown',
      null,
    ]);
  });

  it('takes back the view and nothing else', () => {
    setView({ colourBy: 'model.energy', openStep: 'pool' });
    setSession({ memoryBytes: 7 });
    expect(history.undo()).toBe('colour');
    const { colourBy, openStep, memoryBytes } = useStore.getState();
    expect([colourBy, openStep, memoryBytes]).toEqual(['structure.type', 'pool', 7]);
    setSession({ memoryBytes: 8 });
    expect(history.canUndo).toBe(false);
  });

  it('is empty after another snapshot', () => {
    setView({ plotTab: 'parity' });
    useStore.getState().resetStages(['snapshot']);
    useStore.getState().setStage('snapshot', { summary: {} as never });
    expect(history.canUndo).toBe(false);
  });
});
