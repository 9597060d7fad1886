import { describe, expect, test } from 'vitest';
import { defaultParameters, PARAMETER_NAMES, PARAMETERS } from '#pipeline/parameters.ts';
import { readParameter, stepParameter, textOfParameter } from './parameterText.ts';

describe('parameters as text', () => {
  test('every default survives being shown and read', () => {
    const defaults = defaultParameters();
    const typed = PARAMETER_NAMES.filter((name) => !['ids', 'switch', 'choice'].includes(PARAMETERS[name].kind));
    expect(typed.length).toBeGreaterThan(10);
    for (const name of typed) {
      expect(readParameter(name, textOfParameter(defaults[name])), name).toEqual({ value: defaults[name] });
    }
  });

  test('a wrong value is quoted in the sentence', () => {
    expect(readParameter('cutoff', '4,5')).toEqual({ problem: 'Cutoff: expected a number from 2 to 10, found 4,5.' });
    expect(readParameter('cutoff', '')).toEqual({ problem: 'Cutoff: expected a number from 2 to 10, found nothing.' });
    expect(readParameter('count', '1.5')).toEqual({
      problem: 'Atoms to pick: expected a whole number from 1 to 2000, found 1.5.',
    });
    expect(readParameter('fitLambda', 'loo')).toEqual({ value: 'loo' });
    expect(readParameter('elements', 'Fe, Cr')).toEqual({ value: ['Fe', 'Cr'] });
  });

  test('arrow keys keep to the step and the range', () => {
    expect(stepParameter('sigma', 0.5, 1)).toBe(0.55);
    expect(stepParameter('lambda', 1e-6, -1)).toBe(1e-7);
    expect(stepParameter('count', 1, -1)).toBe(1);
  });
});
