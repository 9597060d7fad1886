import { describe, expect, test } from 'vitest';
import { checkParameter } from './checkParameter.ts';
import { defaultParameters, PARAMETER_NAMES, PARAMETERS, type ParameterName } from './parameters.ts';

const NaN_ = Number.NaN;
const INFINITY = Number.POSITIVE_INFINITY;

describe('checkParameter', () => {
  test('every default is fine', () => {
    const parameters = defaultParameters();
    expect(Object.keys(parameters)).toEqual(PARAMETER_NAMES);
    for (const name of PARAMETER_NAMES) expect(checkParameter(name, parameters[name]), name).toBeUndefined();
  });

  test.each<[ParameterName, unknown[], unknown[]]>([
    ['cutoff', [2, 4, 10, 3.25], [1.999, 10.001, NaN_, INFINITY, '4', null, undefined]],
    ['lambda', [1e-12, 1e-6, 10], [0, -1e-6, 11, NaN_]],
    ['count', [1, 150, 2000], [0, -1, 1.5, 2001, NaN_, '150', null]],
    ['seed', [0, 2 ** 31 - 1], [-1, 2 ** 31, 0.5]],
    ['components', [null, 1, 200], [0, 201, 1.5, NaN_, '3', undefined]],
    ['criterion', ['ur', 'posterior', 'random1', 'random2', 'random'], ['UR', '', 'magic', null, undefined]],
    ['intercept', ['fitted', 'none'], [true, 'yes']],
    ['seam', ['new-pairs', 'all-pairs'], ['none']],
    ['frame', ['first', 'last', '0', '12'], ['', 'middle', '-1', '1.5', ' 1', '1e3']],
    ['bulkEnergy', ['auto', '-4.03', '0', '1e-3', ' -4 '], ['', ' ', 'none', 'NaN', 'Infinity', '4 eV']],
    ['fitLambda', ['same', 'loo', '1e-6', '10'], ['', '0', '-1', 'NaN', 'Infinity', 'auto']],
    ['labelColumn', [null, 'c_pe'], []],
  ])('%s takes %j and refuses %j', (name, good, bad) => {
    for (const value of good) expect(checkParameter(name, value), String(value)).toBeUndefined();
    for (const value of bad) {
      const sentence = checkParameter(name, value);
      // One sentence that names the parameter as the page and the command line do, and what was found.
      expect(sentence, String(value)).toContain(`${PARAMETERS[name].label} (${PARAMETERS[name].flag}): expected `);
      expect(sentence).toMatch(/\.$/);
      expect(sentence).toContain(`found ${String(value)}`);
    }
  });

  test('the sentence says what is allowed', () => {
    expect(checkParameter('count', 0)).toBe(
      'Atoms to pick (--count): expected a whole number from 1 to 2000, found 0.',
    );
    expect(checkParameter('cutoff', 1)).toBe('Cutoff (--cutoff): expected a number from 2 to 10, found 1.');
    expect(checkParameter('seam', 'x')).toBe('Seam rule (--seam): expected one of new-pairs, all-pairs, found x.');
  });
});

test('every parameter has a flag of its own, a label and a help text of whole sentences', () => {
  const specs = PARAMETER_NAMES.map((name) => PARAMETERS[name]);
  expect(new Set(specs.map((spec) => spec.flag)).size).toBe(specs.length);
  for (const spec of specs) {
    expect(spec.flag).toMatch(/^--[a-z]+(-[a-z]+)*$/);
    expect(spec.label).not.toBe('');
    expect(spec.help).toMatch(/^.+\.$/);
  }
});
