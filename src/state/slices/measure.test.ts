import { beforeEach, expect, test } from 'vitest';
import { useStore } from '../store.ts';

const rows = () => useStore.getState().measured;
const pick = (...atoms: number[]) => {
  for (const atom of atoms) useStore.getState().measureAtom(atom);
};

beforeEach(() => {
  useStore.getState().clearMeasured();
  useStore.getState().setMeasuring(true);
});

test('two atoms, then a third, then another measurement', () => {
  pick(4, 9, 2, 7, 4);
  expect(rows()).toEqual([
    [4, 9, 2],
    [7, 4],
  ]);
});

test('a second click on the same atom is none; a later one may come back to it', () => {
  pick(4, 4, 9, 9, 4);
  expect(rows()).toEqual([[4, 9, 4]]);
});

test('a distance that is ended stays one', () => {
  const { endMeasurement } = useStore.getState();
  endMeasurement();
  pick(4);
  endMeasurement();
  pick(9);
  endMeasurement();
  endMeasurement();
  pick(2);
  expect(rows()).toEqual([[4, 9], [2]]);
});

test('who stops measuring leaves no half of a measurement; single ones are forgotten', () => {
  const { setMeasuring, clearMeasured } = useStore.getState();
  pick(1, 2, 3, 4, 5, 6, 7);
  setMeasuring(false);
  expect(rows()).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  clearMeasured(0);
  expect(rows()).toEqual([[4, 5, 6]]);
});
