import { expect, test } from 'vitest';
import { History } from './history.ts';

function counter(most?: number) {
  const history = new History(most);
  const told: string[] = [];
  history.onChange = () => told.push(`${history.undoes}/${history.redoes}`);
  let value = 0;
  const set = (next: number) => {
    const before = value;
    value = next;
    history.record({ label: `to ${next}`, undo: () => (value = before), redo: () => (value = next) });
  };
  return { history, told, set, value: () => value };
}

test('undo and redo walk back and forth, and say what they would do', () => {
  const { history, told, set, value } = counter();
  set(1);
  set(2);
  history.undo();
  expect([value(), history.undoes, history.redoes]).toEqual([1, 'to 1', 'to 2']);
  history.undo();
  history.undo();
  expect([value(), history.undoes, history.redoes]).toEqual([0, null, 'to 1']);
  history.redo();
  history.redo();
  history.redo();
  expect([value(), history.undoes, history.redoes]).toEqual([2, 'to 2', null]);
  expect(told).toEqual(['to 1/null', 'to 2/null', 'to 1/to 2', 'null/to 1', 'to 1/to 2', 'to 2/null']);
});

test('a new change ends what could be redone; clearing ends all', () => {
  const { history, set, value } = counter();
  set(1);
  set(2);
  history.undo();
  set(3);
  history.redo();
  expect([value(), history.redoes]).toEqual([3, null]);
  history.clear();
  history.undo();
  expect([value(), history.undoes]).toEqual([3, null]);
});

test('the oldest changes are forgotten', () => {
  const { history, set, value } = counter(3);
  for (let k = 1; k <= 5; k++) set(k);
  for (let k = 0; k < 5; k++) history.undo();
  expect(value()).toBe(2);
});
