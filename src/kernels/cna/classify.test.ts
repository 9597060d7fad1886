import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { BCC, OTHER, STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { MemoryLedger } from '#data/buffers.ts';
import { type Cell, makeCell, makeCubicCell } from '#data/cell.ts';
import { FE_GB_2K } from '#tests/fixture.ts';
import { type LoadedDump, loadDump } from '#tests/loadDump.ts';
import { hasShared, needsShared, sharedPath } from '#tests/shared.ts';
import { buildCellList } from '../cellList/cellList.ts';
import {
  BCC_BASIS,
  buildBlock,
  classify,
  classifyList,
  countDifferences,
  DIAMOND_BASIS,
  FCC_BASIS,
  openCell,
  type Vector,
  WAYS,
} from './testSupport.ts';

function readBytes(path: string | URL): Uint8Array {
  return new Uint8Array(gunzipSync(readFileSync(path)));
}

function compare(name: string, dump: LoadedDump, labels: Uint8Array, coordination: Uint8Array): void {
  const list = buildCellList(dump.position, dump.cell, 4, new MemoryLedger());
  const lattice = WAYS.map(([way, make]) => {
    const found = classifyList(list, make);
    const types = countDifferences(found.structureType, labels);
    const numbers = countDifferences(found.coordination, coordination);
    const cost = ((1e6 * found.seconds) / labels.length).toFixed(2);
    console.info(`${name} ${way}: ${types} labels and ${numbers} coordination numbers differ; ${cost} µs an atom`);
    expect({ types, numbers, twins: found.twins }).toEqual({ types: 0, numbers: 0, twins: 0 });
    return found.latticeConstant;
  });
  expect(countDifferences(lattice[0]!, lattice[1]!)).toBe(0);
}

const golden = (file: string) => new URL(`./golden/${file}`, import.meta.url);

describe('labels of OVITO and coordination numbers of the paper', () => {
  test('fe-gb-2k', () => {
    compare(
      'fe-gb-2k',
      loadDump(FE_GB_2K),
      readBytes(golden('fe-gb-2k.u8.gz')),
      readBytes(golden('fe-gb-2k.cn.u8.gz')),
    );
  });

  const large = process.env.GRAINSCOPE_LARGE === '1' ? ['fe-gb-1m'] : [];
  const names = ['fe-gb-2k-1400K', 'fe-gb-16k', 'fe-gb-16k-1400K', 'fe-gb-128k', 'fe-gb-128k-1400K', ...large];
  test.skipIf(!hasShared).each(names)(needsShared('%s'), (name) => {
    const reference = (ending: string) => readBytes(sharedPath(`reference/cna/${name}.${ending}`));
    compare(name, loadDump(sharedPath(`data/${name}.dump.gz`)), reference('u8.gz'), reference('cn.u8.gz'));
  });
});

const others = (count: number) => Array<string>(count).fill('OTH');

/** An atom at the middle of a block and those within `radius` of it, the centre first. */
function cutCluster(a: number, basis: readonly Vector[], radius: number): Vector[] {
  const block = buildBlock(a, basis, 5);
  const centre: Vector = [2 * a, 2 * a, 2 * a];
  const distance = (point: Vector) => Math.hypot(...point.map((value, k) => value - centre[k]!));
  return block.filter((point) => distance(point) < radius).sort((p, q) => distance(p) - distance(q));
}

describe.each(WAYS)('edge cases, as OVITO has them (CNA-SPEC section 7), %s', (_, make) => {
  /** Labels of the atoms, in words. */
  function labelsOf(points: readonly Vector[], cell: Cell): string[] {
    const { structureType } = classify(Float64Array.from(points.flat()), cell, make);
    return Array.from(structureType, (code) => STRUCTURE_TYPES[code]!.label);
  }

  test('open clusters of 1 to 12 atoms are OTH', () => {
    const points = cutCluster(3.6, FCC_BASIS, 3);
    for (let count = 1; count <= 12; count++) expect(labelsOf(points.slice(0, count), openCell)).toEqual(others(count));
  });

  test('centre of a 13-atom icosahedron is ICO', () => {
    const phi = (1 + Math.sqrt(5)) / 2;
    const shell: Vector[] = [];
    for (const u of [-1, 1]) for (const v of [-phi, phi]) shell.push([0, u, v], [u, v, 0], [v, 0, u]);
    const points: Vector[] = [[0, 0, 0], ...shell].map(([x, y, z]) => [30 + 1.3 * x!, 30 + 1.3 * y!, 30 + 1.3 * z!]);
    expect(labelsOf(points, openCell)).toEqual(['ICO', ...others(12)]);
  });

  test('centre of a 13-atom fcc cluster is FCC, of a 15-atom bcc cluster BCC', () => {
    expect(labelsOf(cutCluster(3.6, FCC_BASIS, 3), openCell)).toEqual(['FCC', ...others(12)]);
    expect(labelsOf(cutCluster(2.87, BCC_BASIS, 3), openCell)).toEqual(['BCC', ...others(14)]);
  });

  test('an open bcc block: only atoms with all 14 neighbours are BCC', () => {
    const labels = labelsOf(buildBlock(2.87, BCC_BASIS, 8), openCell);
    expect(labels.length).toBe(1024);
    expect(labels.filter((label) => label === 'BCC').length).toBe(432);
    expect(labels.filter((label) => label === 'OTH').length).toBe(592);
  });

  test('simple cubic and diamond are OTH', () => {
    expect(new Set(labelsOf(buildBlock(2.6, [[0, 0, 0]], 6), makeCubicCell(6 * 2.6)))).toEqual(new Set(['OTH']));
    expect(new Set(labelsOf(buildBlock(5.43, DIAMOND_BASIS, 3), makeCubicCell(3 * 5.43)))).toEqual(new Set(['OTH']));
  });

  test('hcp with the ideal axis ratio is HCP', () => {
    const [a, c] = [2.5, 2.5 * Math.sqrt(8 / 3)];
    const cell = makeCell([a, 0, 0, -a / 2, (a * Math.sqrt(3)) / 2, 0, 0, 0, c]);
    const points: Vector[] = [
      [0, 0, 0],
      [0, a / Math.sqrt(3), c / 2],
    ];
    expect(labelsOf(points, cell)).toEqual(['HCP', 'HCP']);
  });

  test('smallest periodic cells', () => {
    const a = 2.87;
    const primitive = makeCell([-a / 2, a / 2, a / 2, a / 2, -a / 2, a / 2, a / 2, a / 2, -a / 2]);
    expect(labelsOf([[0.3, 0.1, 9]], primitive)).toEqual(['BCC']);
    expect(labelsOf(buildBlock(a, BCC_BASIS, 1), makeCubicCell(a))).toEqual(['BCC', 'BCC']);
    expect(labelsOf(buildBlock(3.6, FCC_BASIS, 1), makeCubicCell(3.6))).toEqual(Array(4).fill('FCC'));
  });

  test('a strongly sheared description of the same lattice is still BCC (OVITO: OTH)', () => {
    const a = 2.87;
    const cell = makeCell([a, 0, 0, 4 * a, a, 0, 16 * a, 4 * a, a]);
    const found = classify(Float64Array.from(buildBlock(a, BCC_BASIS, 1).flat()), cell, make);
    expect(Array.from(found.structureType)).toEqual([BCC, BCC]);
    expect(Array.from(found.coordination)).toEqual([14, 14]);
  });

  test('fewer than 14 neighbours: no coordination number, no lattice constant', () => {
    const found = classify(Float64Array.from(cutCluster(3.6, FCC_BASIS, 3).flat()), openCell, make);
    expect(new Set(found.coordination)).toEqual(new Set([0]));
    expect(found.latticeConstant.every(Number.isNaN)).toBe(true);
  });

  test('perfect bcc: coordination number 14 and its lattice constant', () => {
    const found = classify(Float64Array.from(buildBlock(2.87, BCC_BASIS, 4).flat()), makeCubicCell(4 * 2.87), make);
    expect(new Set(found.coordination)).toEqual(new Set([14]));
    for (const constant of found.latticeConstant) expect(constant).toBeCloseTo(2.87, 6);
  });

  test('coincident atoms are counted, also across a periodic face', () => {
    const edge = 4 * 2.87;
    const points = buildBlock(2.87, BCC_BASIS, 4);
    const withMore = (extra: Vector[]) =>
      classify(Float64Array.from([...points, ...extra].flat()), makeCubicCell(edge), make);
    expect(withMore([]).twins).toBe(0);
    expect(withMore([points[17]!, points[17]!]).twins).toBe(3);
    expect(withMore([[edge, 2.87, 0]]).twins).toBe(2);
    expect(withMore([[edge - 5e-7, 2.87, 0]]).twins).toBe(2);
    expect(withMore([points[17]!]).structureType.filter((type) => type === OTHER).length).toBeGreaterThan(0);
  });
});

describe.each(WAYS)('labels do not depend on how a snapshot is written, %s', (_, make) => {
  const dump = loadDump(FE_GB_2K);
  const reference = classify(dump.position, dump.cell, make);

  test('order of the atoms', () => {
    // A fixed scramble: 1982 and 797 have no common divisor.
    const count = dump.ids.length;
    const order = Array.from({ length: count }, (_, k) => (k * 797 + 11) % count);
    const shuffled = classify(Float64Array.from(order.flatMap((row) => at(dump.position, row))), dump.cell, make);
    expect(Array.from(shuffled.structureType)).toEqual(order.map((row) => reference.structureType[row]));
    expect(Array.from(shuffled.coordination)).toEqual(order.map((row) => reference.coordination[row]));
  });

  test('translation, across faces too', () => {
    const moved = classify(
      dump.position.map((value, k) => value + [7.31, -63.2, 1234.5][k % 3]!),
      dump.cell,
      make,
    );
    expect(countDifferences(moved.structureType, reference.structureType)).toBe(0);
    expect(countDifferences(moved.coordination, reference.coordination)).toBe(0);
  });

  test('rotation of crystal and cell', () => {
    const rotate = (values: Float64Array) =>
      Float64Array.from({ length: values.length }, (_, k) => {
        const v = at(values, Math.floor(k / 3));
        return ROTATION.slice(3 * (k % 3), 3 * (k % 3) + 3).reduce((sum, r, c) => sum + r * v[c]!, 0);
      });
    const rotated = classify(
      rotate(dump.position),
      makeCell(rotate(dump.cell.vectors), rotate(dump.cell.origin)),
      make,
    );
    expect(countDifferences(rotated.structureType, reference.structureType)).toBe(0);
    expect(countDifferences(rotated.coordination, reference.coordination)).toBe(0);
  });
});

/** Euler angles 0.7, 1.1, 2.3. */
const ROTATION = (() => {
  const [a, b, c] = [0.7, 1.1, 2.3];
  const [ca, sa, cb, sb, cc, sc] = [a, b, c].flatMap((angle) => [Math.cos(angle), Math.sin(angle)]) as number[];
  return [
    ca! * cc! - sa! * cb! * sc!,
    -ca! * sc! - sa! * cb! * cc!,
    sa! * sb!,
    sa! * cc! + ca! * cb! * sc!,
    -sa! * sc! + ca! * cb! * cc!,
    -ca! * sb!,
    sb! * sc!,
    sb! * cc!,
    cb!,
  ];
})();

function at(position: Float64Array, row: number): Vector {
  return [position[3 * row]!, position[3 * row + 1]!, position[3 * row + 2]!];
}
