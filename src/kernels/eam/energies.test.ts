import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import { type Cell, makeCell, makeCubicCell, planeSpacings } from '#data/cell.ts';
import { describeFailure, Refusal } from '#data/errors.ts';
import { energiesOfCell } from '#tests/eamCells.ts';
import { makeArtificial } from '#tests/eamPotentials.ts';
import { buildCellList } from '../cellList/cellList.ts';
import { cellArbitrary, numberArbitrary, toCartesian } from '../cellList/testSupport.ts';
import { EamEnergies, energyOfFirst } from './energies.ts';
import { buildEamModel, type EamModel, matchElements } from './model.ts';
import { splineValue, splineValueOnwards } from './spline.ts';

const alloy = buildEamModel(makeArtificial('eam/alloy'));
const fs = buildEamModel(makeArtificial('eam/fs'));
const BOTH = Uint8Array.of(0, 1);

const energiesOf = (position: Float64Array, cell: Cell, types: Uint8Array, model: EamModel) =>
  energiesOfCell(position, cell, types, BOTH, model);

/** The sum over all images that can be near, no list of neighbours. NaN where atoms lie on one spot. */
function bruteForce(position: Float64Array, cell: Cell, types: Uint8Array, model: EamModel): number[] {
  const { vectors: v, periodic } = cell;
  const count = types.length;
  const spread = (k: number) => (periodic[k] ? 2 + Math.ceil(model.cutoff / planeSpacings(cell)[k]!) : 0);
  const [na, nb, nc] = [spread(0), spread(1), spread(2)];
  return Array.from(types, (host, i) => {
    let [rho, pairs] = [0, 0];
    for (let j = 0; j < count; j++) {
      const at = types[j]! * model.elements + host;
      for (let a = -na; a <= na; a++) {
        for (let b = -nb; b <= nb; b++) {
          for (let c = -nc; c <= nc; c++) {
            if (i === j && a === 0 && b === 0 && c === 0) continue;
            const apart = (k: number) =>
              position[3 * j + k]! - position[3 * i + k]! + a * v[k]! + b * v[3 + k]! + c * v[6 + k]!;
            const r = Math.hypot(apart(0), apart(1), apart(2));
            if (r >= model.cutoff) continue;
            if (r < 1e-6) return Number.NaN;
            rho += splineValue(model.density[at]!, r);
            pairs += splineValue(model.pair[at]!, r) / r;
          }
        }
      }
    }
    return splineValueOnwards(model.embedding[host]!, rho) + 0.5 * pairs;
  });
}

function expectSame(found: ArrayLike<number>, wanted: readonly number[]): void {
  expect(found.length).toBe(wanted.length);
  wanted.forEach((value, k) => {
    expect(Math.abs(found[k]! - value)).toBeLessThan(1e-10 * Math.max(1, Math.abs(value)));
  });
}

describe('against the sum over all images', () => {
  test.each([
    ['one atom, cubic', makeCubicCell(2.6), [0.4, 0.1, 9], [0]],
    ['one atom, bcc by its primitive cell', makeCell([-1.4, 1.4, 1.4, 1.4, -1.4, 1.4, 1.4, 1.4, -1.4]), [0, 0, 0], [1]],
    ['two atoms, cubic', makeCubicCell(3), [0, 0, 0, 1.4, 1.5, 1.6], [0, 1]],
    ['two atoms, sheared', makeCell([2.9, 0, 0, 5.8, 2.9, 0, -2.9, 8.7, 2.9]), [0, 0, 0, 1.45, 1.45, 1.45], [1, 0]],
    [
      'two atoms, half the cutoff apart in a wire',
      makeCell([5, 0, 0, 0, 30, 0, 0, 0, 30], [0, 0, 0], [true, false, false]),
      [0, 0, 0, 2.5, 1, 0],
      [0, 0],
    ],
  ] as const)('%s', (_, cell, coordinates, types) => {
    const position = Float64Array.from(coordinates);
    for (const model of [alloy, fs]) {
      const kinds = Uint8Array.from(types);
      const wanted = bruteForce(position, cell, kinds, model);
      expectSame(energiesOf(position, cell, kinds, model), wanted);
      expectSame([energyOfFirst(position, cell, kinds, BOTH, model, new MemoryLedger())], wanted.slice(0, 1));
    }
  });

  test('any cell, any atoms', () => {
    const atoms = fc.array(numberArbitrary(-1, 2), { minLength: 3, maxLength: 15 });
    fc.assert(
      fc.property(cellArbitrary, atoms, fc.infiniteStream(fc.nat(1)), fc.boolean(), (cell, fractional, kinds, isFs) => {
        // Only thicker cells: brute force walks over every image.
        fc.pre(planeSpacings(cell).every((spacing) => spacing > 1.5));
        const position = toCartesian(fractional, cell);
        const types = Uint8Array.from({ length: position.length / 3 }, () => kinds.next().value as number);
        const model = isFs ? fs : alloy;
        const wanted = bruteForce(position, cell, types, model);
        fc.pre(wanted.every((value) => Number.isFinite(value) && Math.abs(value) < 1e6));
        expectSame(energiesOf(position, cell, types, model), wanted);
      }),
      { seed: 1, numRuns: 60 },
    );
  });
});

test('a lone atom has no neighbours: F(0), which is 0', () => {
  const open = makeCell([20, 0, 0, 0, 20, 0, 0, 0, 20], [0, 0, 0], [false, false, false]);
  expect(Array.from(energiesOf(new Float64Array(3), open, Uint8Array.of(1), fs))).toEqual([0]);
});

test("the density at an atom is its neighbours' at its kind: swapping the order of types is seen", () => {
  const pair = Float64Array.of(0, 0, 0, 2.6, 0, 0);
  const open = makeCell([20, 0, 0, 0, 20, 0, 0, 0, 20], [0, 0, 0], [false, false, false]);
  const [iron, aluminium] = energiesOf(pair, open, BOTH, fs);
  const rho = (source: number, host: number) => splineValue(fs.density[2 * source + host]!, 2.6);
  const half = (0.5 * splineValue(fs.pair[1]!, 2.6)) / 2.6;
  expect(rho(0, 1)).not.toBeCloseTo(rho(1, 0), 3);
  expect(iron).toBeCloseTo(splineValueOnwards(fs.embedding[0]!, rho(1, 0)) + half, 12);
  expect(aluminium).toBeCloseTo(splineValueOnwards(fs.embedding[1]!, rho(0, 1)) + half, 12);
});

test.each([0, 1e-7])('blocks give what the whole gives; atoms %d Å apart have no energy and are counted', (spread) => {
  const position = Float64Array.of(1, 1, 1, 3, 3, 3, 1, 1, 1 + spread, 4, 1, 2);
  const list = buildCellList(position, makeCubicCell(6), 2, new MemoryLedger());
  const atoms = { list, types: Uint8Array.of(0, 1, 0, 1), elementOfType: BOTH };
  const kernel = new EamEnergies(atoms, fs);
  const energy = new Float64Array(4);
  expect(kernel.compute(0, 1, energy) + kernel.compute(1, 3, energy) + kernel.compute(3, 4, energy)).toBe(2);
  expect(Array.from(energy, Number.isNaN)).toEqual([true, false, true, false]);
  const whole = new Float64Array(4);
  expect(new EamEnergies(atoms, fs).compute(0, 4, whole)).toBe(2);
  expect(whole).toEqual(energy);
});

test('memory of a cell is given back', () => {
  const memory = new MemoryLedger();
  energyOfFirst(new Float64Array(3), makeCubicCell(3), Uint8Array.of(0), BOTH, fs, memory);
  expect(memory.entries).toEqual([]);
});

test('types are matched by their symbols', () => {
  const potential = makeArtificial('eam/fs');
  const single = { ...potential, elements: potential.elements.slice(0, 1) };
  expect(Array.from(matchElements(potential, ['Al', 'Fe', 'Al']))).toEqual([1, 0, 1]);
  expect(Array.from(matchElements(single, [null]))).toEqual([0]);
  const refusal = (...given: Parameters<typeof matchElements>) => {
    try {
      matchElements(...given);
    } catch (thrown) {
      if (thrown instanceof Refusal) return describeFailure(thrown.failure);
      throw thrown;
    }
    throw new Error('this was not refused');
  };
  expect(refusal(potential, ['Fe', null])).toBe('The potential has 2 elements (Fe, Al): say which one type 2 is.');
  expect(refusal(single, ['Cu'])).toBe('The potential is for Fe; the snapshot has Cu.');
});
