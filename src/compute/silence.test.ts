import { expect, test } from 'vitest';
import { Silence } from './silence.ts';

/** Looks every 20 ms from `from` on, and gives the silence at the last one. */
function lookOn(silence: Silence, beat: number, from: number, until: number): number {
  let quiet = 0;
  for (let now = from; now <= until; now += 20) quiet = silence.look(beat, now);
  return quiet;
}

test('silence grows while nobody gives a sign of life, and ends with one', () => {
  const silence = new Silence();
  expect(lookOn(silence, 7, 1000, 61_000)).toBe(60_000);
  expect(silence.look(8, 61_020)).toBe(0);
  expect(lookOn(silence, 8, 61_040, 61_100)).toBe(80);
});

test('a machine that slept counts from its waking, however long it slept', () => {
  const silence = new Silence();
  expect(lookOn(silence, 7, 0, 500_000)).toBe(500_000);
  const woken = 500_000 + 8 * 3_600_000;
  expect(silence.look(7, woken)).toBe(0);
  expect(lookOn(silence, 7, woken + 20, woken + 400)).toBe(400);
});

test('a look that is late because the cores are busy changes nothing', () => {
  const silence = new Silence();
  silence.look(7, 0);
  expect(silence.look(7, 900)).toBe(900);
});
