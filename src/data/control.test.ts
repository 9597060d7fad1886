import { expect, test } from 'vitest';
import { Control, PHASES } from './control.ts';
import { Refusal } from './errors.ts';

test('progress tells the phase, what is done and of how much', () => {
  const control = new Control();
  expect(control.progress).toEqual({ phase: 'waiting', done: 0, total: 0 });
  control.begin('describing', 500);
  control.advance(20);
  control.advance(30);
  expect(control.progress).toEqual({ phase: 'describing', done: 50, total: 500 });
  control.begin('projecting', 7);
  expect(control.progress).toEqual({ phase: 'projecting', done: 0, total: 7 });
});

test('every phase survives the control block', () => {
  const control = new Control();
  for (const phase of PHASES) {
    control.begin(phase, 1);
    expect(control.progress.phase).toBe(phase);
  }
});

test('whoever shares the words sees progress, and may cancel', () => {
  const control = Control.shared();
  expect(control.words.buffer).toBeInstanceOf(SharedArrayBuffer);
  const elsewhere = new Control(control.words);
  control.begin('reading', 10);
  control.advance(4);
  expect(elsewhere.progress).toEqual({ phase: 'reading', done: 4, total: 10 });
  elsewhere.cancel();
  expect(control.cancelled).toBe(true);
});

test('threads that are held go on when they are released, when the job is cancelled, and by themselves', () => {
  const control = Control.shared();
  control.standStill();
  // Nobody else runs here: only the time that is left ends the wait.
  control.hold();
  const before = performance.now();
  control.standStill();
  expect(performance.now() - before).toBeGreaterThan(300);
  const again = performance.now();
  control.standStill();
  control.hold();
  control.release();
  control.standStill();
  control.hold();
  control.cancel();
  control.hold();
  control.standStill();
  expect(performance.now() - again).toBeLessThan(300);
});

test('without shared memory nobody is kept waiting', () => {
  const control = new Control();
  control.hold();
  const before = performance.now();
  control.standStill();
  expect(performance.now() - before).toBeLessThan(300);
});

test('after a cancel every call that would go on refuses', () => {
  const control = new Control();
  control.throwIfCancelled();
  control.cancel();
  for (const call of [() => control.throwIfCancelled(), () => control.advance(1), () => control.begin('fitting', 3)]) {
    expect(call).toThrow(Refusal);
    expect(call).toThrow('Cancelled.');
  }
});

test('chunks are handed out once, in order, from the start after a rewind or a new phase', () => {
  const control = Control.shared();
  const elsewhere = new Control(control.words);
  expect([control.takeChunk(), elsewhere.takeChunk(), control.takeChunk()]).toEqual([0, 1, 2]);
  control.rewindChunks();
  expect(elsewhere.takeChunk()).toBe(0);
  control.begin('classifying', 1);
  expect(control.takeChunk()).toBe(0);
});
