import { expect, test } from 'vitest';
import { escapeText, formatCount, formatEv, formatMagnitude, formatMev, shorten, signed } from './format.ts';
import { logTicks } from './logTicks.ts';

test('numbers have their digits, units, separators and a true minus sign', () => {
  expect(formatCount(1037880)).toBe('1,037,880');
  expect(formatEv(-0.12345)).toBe('−0.123 eV');
  expect(formatMev(-0.0131)).toBe('−13.1 meV');
  expect(formatMev(1.5)).toBe('1.500 eV');
  expect(signed(-0.0001, 3)).toBe('0.000');
  expect(formatMagnitude(0.41379)).toBe('0.414');
  expect(formatMagnitude(45_600_000)).toBe('4.56 × 10<sup>7</sup>');
  expect(formatMagnitude(-2e-5)).toBe('−2.00 × 10<sup>−5</sup>');
});

test('names cannot become tags, and keep both ends when shortened', () => {
  expect(escapeText('a<b> & c')).toBe('a&lt;b&gt; &amp; c');
  expect(shorten('fe-gb-16k.dump.gz', 17)).toBe('fe-gb-16k.dump.gz');
  expect(shorten('a-long-name-of-a.dump.gz', 11)).toBe('a-lon…mp.gz');
});

test('log ticks are plain numbers, three a decade where there are few decades', () => {
  expect(logTicks([12, 90])).toMatchObject({ tickvals: [10, 20, 50, 100, 200, 500] });
  expect(logTicks([0.1, 1e6]).ticktext).toContain('10<sup>6</sup>');
  expect(logTicks([0, Number.NaN])).toEqual({ type: 'log' });
});
