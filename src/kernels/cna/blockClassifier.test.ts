import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BCC } from '#chem/structureTypes.ts';
import { MemoryLedger } from '#data/buffers.ts';
import { type Cell, makeCell } from '#data/cell.ts';
import { FE_GB_2K } from '#tests/fixture.ts';
import { loadDump } from '#tests/loadDump.ts';
import { buildCellList, type CellList } from '../cellList/cellList.ts';
import { cellArbitrary, numberArbitrary, toCartesian } from '../cellList/testSupport.ts';
import { medianOf } from '../ridge/statistics.ts';
import { makeBlockClassifier, makeReferenceClassifier } from './blockClassifier.ts';
import { medianLatticeConstant } from './medianLatticeConstant.ts';
import { BCC_BASIS, buildBlock, classifyList, FCC_BASIS } from './testSupport.ts';

/** Both ways on one list, in the bits of their results. */
function expectSame(list: CellList, atoms: number): void {
  const bits = ({ structureType, coordination, latticeConstant, twins }: ReturnType<typeof classifyList>) => ({
    structureType: Array.from(structureType),
    coordination: Array.from(coordination),
    latticeConstant: Array.from(new Uint32Array(latticeConstant.buffer)),
    twins,
  });
  expect(bits(classifyList(list, makeBlockClassifier, atoms))).toEqual(
    bits(classifyList(list, makeReferenceClassifier)),
  );
}

const build = (position: Float64Array, cell: Cell, width = 4) =>
  buildCellList(position, cell, width, new MemoryLedger());

describe('WebAssembly gives what the reference gives, bit for bit', () => {
  const block = fc.integer({ min: 1, max: 700 });

  test('for atoms anywhere in triclinic, thin, open and shifted cells', () => {
    const coordinate = fc.oneof(
      numberArbitrary(-1.5, 2.5),
      fc.integer({ min: -4, max: 4 }).map((k) => k / 4),
    );
    const points = fc.array(coordinate, { maxLength: 180 });
    fc.assert(
      fc.property(cellArbitrary, points, block, numberArbitrary(1, 5), (cell, fractional, atoms, width) => {
        const position = toCartesian(fractional, cell);
        if (position.length > 0) expectSame(build(position, cell, width), atoms);
      }),
      { numRuns: 150, seed: 20261123 },
    );
  });

  test('for strained crystals with noise and holes, in cells periodic or open', () => {
    const crystal = fc.record({
      basis: fc.constantFrom(BCC_BASIS, FCC_BASIS),
      a: numberArbitrary(2.5, 5.5),
      strain: fc.array(numberArbitrary(-0.08, 0.08), { minLength: 9, maxLength: 9 }),
      periodic: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
      noise: fc.constantFrom(0, 1e-12, 0.02, 0.06, 0.15),
      kept: numberArbitrary(0.6, 1),
      seed: fc.integer({ min: 1, max: 1e6 }),
    });
    const seen = new Set<number>();
    fc.assert(
      fc.property(crystal, block, ({ basis, a, strain, periodic, noise, kept, seed }, atoms) => {
        // Any fixed numbers between 0 and 1 will do.
        const random = (k: number) => Math.abs(Math.sin(seed * (k + 1) * 12.9898) * 43758.5453) % 1;
        const cell = makeCell(
          strain.map((value, k) => 5 * a * (value + (k % 4 === 0 ? 1 : 0))),
          [0, 0, 0],
          periodic,
        );
        const fractional = buildBlock(1 / 5, basis, 5)
          .filter((_, k) => k === 0 || random(1e4 + k) < kept)
          .map((point, k) => point.map((value, c) => value + (noise / 5) * (random(3 * k + c) - 0.5)));
        const list = build(toCartesian(fractional.flat(), cell), cell);
        expectSame(list, atoms);
        for (const type of classifyList(list, makeBlockClassifier).structureType) seen.add(type);
      }),
      { numRuns: 60, seed: 20261123 },
    );
    expect([...seen].sort()).toEqual(expect.arrayContaining([0, 1, 3]));
  });

  test('for a cluster in a huge box, and for atoms more crowded than the kernel takes', () => {
    const cluster = Float64Array.from(buildBlock(2.87, BCC_BASIS, 5).flat(), (value) => value + 400);
    for (const periodic of [true, false]) {
      const cell = makeCell([800, 0, 0, 0, 800, 0, 0, 0, 800], [0, 0, 0], [periodic, true, periodic]);
      const crowd = Float64Array.from({ length: 1200 }, (_, k) => 100 + 6 * Math.sin(k * k));
      expectSame(build(cluster, cell), 64);
      expectSame(build(Float64Array.of(...cluster, ...crowd), cell), 64);
    }
  });

  test('in ranges of any length, in any order', () => {
    const dump = loadDump(FE_GB_2K);
    const list = build(dump.position, dump.cell);
    for (const atoms of [1, 100, 257]) expectSame(list, atoms);
  });
});

test('the median over BCC atoms is that of all of them sorted', () => {
  const values = fc.array(fc.tuple(fc.float({ min: 2, max: 6, noNaN: true }), fc.boolean()), { maxLength: 40 });
  fc.assert(
    fc.property(values, (atoms) => {
      const classification = {
        structureType: Uint8Array.from(atoms, ([, isBcc]) => (isBcc ? BCC : 0)),
        coordination: new Uint8Array(atoms.length),
        latticeConstant: Float32Array.from(atoms, ([value, isBcc]) => (isBcc ? value : Number.NaN)),
      };
      const ofBcc = atoms.filter(([, isBcc]) => isBcc).map(([value]) => value);
      expect(medianLatticeConstant(classification)).toBe(ofBcc.length > 0 ? medianOf(ofBcc) : null);
    }),
    { seed: 20261123 },
  );
});
