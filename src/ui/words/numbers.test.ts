import { describe, expect, test } from 'vitest';
import { bytes, count, decimal, duration, energy, NOT_COMPUTED, percent, significant, timeLeft } from './numbers.ts';

describe('numbers on the page', () => {
  test('thousands are separated and minus is a minus sign', () => {
    expect(count(1_037_880)).toBe('1,037,880');
    expect(decimal(-1234.5678, 2)).toBe('−1,234.57');
    expect(decimal(-0.0001, 2)).toBe('0.00');
  });

  test('energies have the digits that mean something', () => {
    expect(energy(0.01314)).toBe('13.1 meV');
    expect(energy(-0.4321)).toBe('−0.432 eV');
    expect(energy(0)).toBe('0.0 meV');
  });

  test('shares, times and sizes', () => {
    expect([0.508, 0.0002, 0, 1].map((share) => percent(share))).toEqual(['50.8 %', '< 0.1 %', '0.0 %', '100.0 %']);
    expect([12, 340, 12_400, 125_000].map(duration)).toEqual(['< 0.1 s', '0.3 s', '12 s', '2 min 5 s']);
    expect([0.2, 3.2, 61].map(timeLeft)).toEqual(['1 s left', '4 s left', '2 min left']);
    expect([305_426, 912_000_000, 999_700].map(bytes)).toEqual(['305 kB', '912 MB', '1.0 MB']);
  });

  test('very small and very large numbers in powers of ten', () => {
    expect([1e-6, -2.5e-5, 0.9999, 3e8].map((value) => significant(value))).toEqual([
      '1e−6',
      '−2.5e−5',
      '0.9999',
      '3e8',
    ]);
  });

  test('what is not a number is never shown as one', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, null, undefined]) {
      for (const words of [energy(value), percent(value), significant(value), decimal(value, 1)]) {
        expect(words).toBe(NOT_COMPUTED);
      }
    }
  });
});
