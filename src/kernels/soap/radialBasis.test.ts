import { describe, expect, test } from 'vitest';
import { PAPER_PARAMETERS } from './parameters.ts';
import { erf, makeRadialBasis, neighbourWeight, radialFunctions, scaledBessel } from './radialBasis.ts';

describe('scaled modified spherical Bessel functions', () => {
  test('follow the leading terms of the series for x << l', () => {
    const x = 1e-3;
    const out = new Float64Array(10);
    scaledBessel(x, out);
    let factor = 1;
    for (const [l, value] of out.entries()) {
      if (l > 0) factor *= x / (2 * l + 1);
      const series = factor * (1 + (x * x) / 2 / (2 * l + 3)) * Math.exp(-x);
      expect(Math.abs(value / series - 1)).toBeLessThan(1e-12);
    }
  });

  test.each([5, 40, 700, 3000])('follow the closed forms for large x = %f', (x) => {
    const out = new Float64Array(3);
    scaledBessel(x, out);
    const decayed = Math.exp(-2 * x);
    const [sinh, cosh] = [(1 - decayed) / 2, (1 + decayed) / 2];
    const i0 = sinh / x;
    const i1 = (x * cosh - sinh) / (x * x);
    const expected = [i0, i1, i0 - (3 / x) * i1];
    for (const [l, value] of out.entries()) expect(Math.abs(value / expected[l]! - 1)).toBeLessThan(1e-13);
  });

  test('are 1, 0, 0, ... at 0', () => {
    const out = new Float64Array(4);
    scaledBessel(0, out);
    expect([...out]).toEqual([1, 0, 0, 0]);
  });
});

test('the error function has the tabulated values', () => {
  // Abramowitz and Stegun, table 7.1, and erf(3) to full precision.
  const table = [
    [0, 0],
    [0.5, 0.5204998778130465],
    [1, 0.8427007929497149],
    [2, 0.9953222650189527],
    [3, 0.9999779095030014],
    [7, 1],
  ];
  for (const [x, value] of table) expect(Math.abs(erf(x!) - value!)).toBeLessThan(5e-16);
});

test('slopes are the derivatives of the radial functions', () => {
  const basis = makeRadialBasis(PAPER_PARAMETERS);
  const size = (basis.lMax + 1) * basis.nMax;
  const at = (r: number, slopes?: Float64Array) => {
    const values = new Float64Array(size);
    radialFunctions(basis, r, values, slopes);
    return values;
  };
  const h = 1e-4;
  for (const r of [0.001, 0.7, 2.4826, 3.9]) {
    const slopes = new Float64Array(size);
    at(r, slopes);
    const [before, after] = [at(r - h), at(r + h)];
    const worst = Math.max(...slopes.map((slope, k) => Math.abs(slope - (after[k]! - before[k]!) / (2 * h))));
    expect(worst).toBeLessThan(1e-7);
  }
});

describe('weight of a neighbour', () => {
  test('falls from 1 to 0 over the transition width, half way in its middle', () => {
    const at = (r: number) => neighbourWeight(PAPER_PARAMETERS, r);
    expect([at(1), at(3.5), at(4), at(5)]).toEqual([1, 1, 0, 0]);
    expect(at(3.75)).toBeCloseTo(0.5, 15);
  });

  test('takes the radial decay of GAP', () => {
    const decaying = { ...PAPER_PARAMETERS, cutoffDexp: 2, cutoffScale: 1.5 };
    expect(neighbourWeight({ ...decaying, cutoffRate: 1 }, 3)).toBeCloseTo(1 / (1 + 4), 15);
    expect(neighbourWeight({ ...decaying, cutoffRate: 0.5 }, 3)).toBeCloseTo(0.5 / (0.5 + 4), 15);
    expect(neighbourWeight({ ...decaying, cutoffRate: 0 }, 3)).toBeCloseTo(1 / 4, 15);
  });
});
