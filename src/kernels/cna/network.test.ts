import { expect, test } from 'vitest';
import { BCC } from '#chem/structureTypes.ts';
import { MemoryLedger } from '#data/buffers.ts';
import { FE_GB_2K } from '#tests/fixture.ts';
import { loadDump } from '#tests/loadDump.ts';
import { buildCellList } from '../cellList/cellList.ts';
import { coordinationRadius } from './coordination.ts';
import { medianLatticeConstant } from './medianLatticeConstant.ts';
import { NetworkFinder } from './network.ts';
import { classifyList, WAYS } from './testSupport.ts';

test('the network is what is not BCC and what touches it, by all pairs, however the places are cut', () => {
  const { cell, position } = loadDump(FE_GB_2K);
  const list = buildCellList(position, cell, 4, new MemoryLedger());
  const classified = classifyList(list, WAYS[0]![1]);
  const { structureType } = classified;
  const radius = coordinationRadius(medianLatticeConstant(classified)!);

  const edges = [cell.vectors[0]!, cell.vectors[4]!, cell.vectors[8]!];
  const near = (a: number, b: number) => {
    let squares = 0;
    for (let k = 0; k < 3; k++) {
      const apart = position[3 * a + k]! - position[3 * b + k]!;
      squares += (apart - edges[k]! * Math.round(apart / edges[k]!)) ** 2;
    }
    return squares < radius * radius;
  };
  const others = [...structureType.keys()].filter((row) => structureType[row] !== BCC);
  const expected = structureType.map((type, row) => Number(type !== BCC || others.some((other) => near(row, other))));

  for (const step of [list.count, 97]) {
    const network = new Uint8Array(list.count).fill(7);
    const finder = new NetworkFinder(list, structureType, radius);
    for (let from = 0; from < list.count; from += step) finder.mark(from, Math.min(from + step, list.count), network);
    expect(network).toEqual(expected);
  }
  const marked = expected.reduce((sum, flag) => sum + flag, 0);
  expect(marked).toBeGreaterThan(others.length);
  expect(marked).toBeLessThan(list.count);
});
