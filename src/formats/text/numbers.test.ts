import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isNanWord, parseNumber } from './numbers.ts';

/** Parsed out of the middle of other digits, as it would stand in a chunk. */
function parse(text: string): number {
  const bytes = new TextEncoder().encode(`91${text}e7`);
  return parseNumber(bytes, 2, bytes.length - 2);
}

const digits = (max: number) => fc.stringMatching(new RegExp(`^[0-9]{1,${max}}$`));
const decimal = fc
  .tuple(
    fc.constantFrom('', '+', '-'),
    fc.option(digits(22), { nil: '' }),
    fc.option(digits(25), { nil: undefined }),
    fc.option(fc.tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), digits(3)), { nil: undefined }),
  )
  .map(([sign, whole, fraction, exponent]) => {
    const mantissa = fraction === undefined ? whole : `${whole}.${fraction}`;
    return sign + mantissa + (exponent?.join('') ?? '');
  })
  .filter((text) => /\d/.test(text.split(/e/i)[0]!));

test('agrees with Number() bit for bit on decimals of any length', () => {
  fc.assert(
    fc.property(decimal, (text) => {
      expect(Object.is(parse(text), Number(text)), text).toBe(true);
    }),
    { numRuns: 20_000, seed: 1, examples: [['-0'], ['1.'], ['.5'], ['0e999'], ['9007199254740993'], ['1e23']] },
  );
});

test('reads back every double, as printed in full, fixed and scientific', () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: 0, max: 17 }),
      (value, places) => {
        for (const text of [String(value), value.toFixed(places), value.toExponential(places)]) {
          expect(Object.is(parse(text), Number(text)), text).toBe(true);
        }
      },
    ),
    { numRuns: 5000, seed: 1 },
  );
});

test('takes nothing for a number that Number() does not', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'01e+-.Eixn'), minLength: 0, maxLength: 6 }), (text) => {
      const byNumber = text === '' || /x/.test(text) ? Number.NaN : Number(text);
      expect(parse(text), text).toEqual(byNumber);
    }),
    { numRuns: 20_000, seed: 1 },
  );
});

test('reads infinities, and tells a written nan from garbage', () => {
  expect(['inf', '-inf', '+Infinity', 'INF'].map(parse)).toEqual([Infinity, -Infinity, Infinity, Infinity]);
  const isNan = (text: string) => isNanWord(new TextEncoder().encode(text), 0, text.length);
  expect(['nan', '-nan', 'NaN', '-nan(ind)'].map(isNan)).toEqual([true, true, true, true]);
  expect(['nano', 'n', '', '1'].map(isNan)).toEqual([false, false, false, false]);
});
