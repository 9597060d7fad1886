import { describe, expect, test } from 'vitest';
import type { ReplicaSweep } from '#pipeline/sweepReplicas.ts';
import { replicaCheck, replicaErrors } from './replicaCheck.ts';
import { replicaSweep } from './replicaSweep.ts';
import { plotColours } from './template.ts';

const colours = plotColours('dark', 'ovito');
const table = (csv: string) =>
  csv
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));

describe('replica check', () => {
  const check = {
    potential: 'Fe <1>.eam.fs',
    reach: 5.3,
    edge: 10,
    minDistance: 2.2,
    ids: [11, 12, 13],
    inCell: [-4.003, -3.896, -4.1],
    inPlace: [-4, -3.9, -4.1],
  };
  const input = {
    check,
    bulkEnergy: -4.12,
    rows: [1, 2, 3],
    count: 5,
    structureType: Uint8Array.of(3, 3, 0, 3, 0),
    colours,
  };
  const figure = replicaCheck(input);

  test('RMSE, the largest deviation and its atom are said on the plot and below it', () => {
    const { rmse, largest, worst } = replicaErrors(check);
    expect([rmse, largest].map((value) => Math.round(1e6 * value))).toEqual([2887, 4000]);
    expect(worst).toBe(1);
    expect(figure.layout.annotations![0]!.text).toBe(
      'RMSE 2.9 meV<br>max |deviation| 4 meV<br>3 cells, 10 Å, seam 2.2 Å',
    );
    expect(figure.notes.join(' ')).toContain('largest for atom 12.');
    expect(figure.notes.join(' ')).toContain('no DFT');
    expect(figure.notes.join(' ')).not.toContain('ends at');
  });

  test('points carry their rows, in both panels; outlines find them by row', () => {
    const bcc = figure.data.filter(({ name }) => name === 'BCC');
    expect(bcc.map(({ customdata, yaxis }) => [customdata, yaxis])).toEqual([
      [[1, 3], undefined],
      [[1, 3], 'y2'],
    ]);
    const { x, y } = figure.plane!;
    expect(x(2)).toBeCloseTo(0.22, 12);
    expect(y!(2)).toBeCloseTo(0.224, 12);
    expect(x(0)).toBeNaN();
  });

  test('its numbers as a table', () => {
    const [header, first] = table(figure.csv());
    expect(header).toEqual(['id', 'type', 'in place (eV)', 'in the cell (eV)', 'deviation (eV)']);
    expect(first!.slice(0, 4)).toEqual(['11', 'BCC', '-4', '-4.003']);
  });
});

describe('replica sweep', () => {
  const point = (edge: number, minDistance: number, cells = 5) =>
    cells === 0
      ? { edge, minDistance, cells, mean: null, rmse: null, percentile95: null, largest: null }
      : { edge, minDistance, cells, mean: 1e-3 / edge, rmse: 2e-3, percentile95: 3e-3, largest: edge < 11 ? 4e-3 : 0 };
  const sweep: ReplicaSweep = {
    potential: 'Fe.eam.fs',
    reach: 3.57,
    centres: 5,
    seam: 'new-pairs',
    points: [9, 10, 11, 14].flatMap((edge) => [2.1, 2.2].map((distance) => point(edge, distance, edge === 14 ? 0 : 5))),
  };
  const figure = replicaSweep({ sweep, edge: 10.4, minDistance: 2.15, colours });

  test('a line each for largest, 95th percentile and mean, through the values nearest to the cells that are cut', () => {
    expect(figure.data.map(({ name, xaxis }) => `${name} ${xaxis}`)).toEqual(
      ['largest', '95 % below', 'mean'].flatMap((name) => [`${name} x`, `${name} x2`]),
    );
    expect(figure.data[0]!.x).toEqual([9, 10, 11]);
    expect(figure.data[1]!.x).toEqual([2.1, 2.2]);
    expect(figure.data[0]!.y).toEqual([4, 4, 0.001]);
    expect(figure.layout.annotations!.map(({ text }) => text)).toEqual([
      'shortest seam distance 2.1 Å',
      'cell edge 10 Å',
    ]);
  });

  test('what is clipped and what could not be cut is said; the table has every point', () => {
    expect(figure.notes.join(' ')).toContain('ends at 3.57 Å, before the faces');
    expect(figure.notes.join(' ')).toContain('Deviations below 0.001 meV are drawn there.');
    expect(figure.notes.join(' ')).toContain('At 14 Å only 0 of the cells fit into the snapshot.');
    expect(table(figure.csv())).toHaveLength(9);
    expect(table(figure.csv()).at(-1)).toEqual(['14', '2.2', '0', '', '', '', '']);
  });
});
