import { describe, expect, test } from 'vitest';
import { COLOUR_MAPS } from '#colours/maps.ts';
import { makeScale } from '#colours/scale.ts';
import { toEnd } from '#tests/toEnd.ts';
import { energyHistogram } from './energyHistogram.ts';
import { errorCurves } from './errorCurves.ts';
import type { Drawing, FigureSpec, Trace } from './figureSpec.ts';
import { parity } from './parity.ts';
import { pcaScatter } from './pcaScatter.ts';
import { plotColours } from './template.ts';
import { varianceCurve } from './varianceCurve.ts';

const colours = plotColours('dark', 'ovito');
const N = 4000;
const ids = Uint32Array.from({ length: N }, (_, k) => 10 + 2 * k);
const structureType = Uint8Array.from({ length: N }, (_, k) => (k % 4 === 0 ? 0 : 3));
const wave = (frequency: number) => Float32Array.from({ length: N }, (_, k) => Math.sin(frequency * k));

/** A figure of whatever counts first, in the colours of these tests. */
function draw<Input>(count: (input: Input) => Generator<void, Drawing>, input: Input): FigureSpec {
  return toEnd(count(input))(colours);
}

const traceNames = (figure: FigureSpec) => figure.data.map(({ name }) => name);
const printed = (figure: FigureSpec) => figure.layout.annotations!.map(({ text }) => text).join('\n');
const titleOf = (axis: { title?: { text?: string } } | undefined) => axis?.title?.text;
const table = (figure: FigureSpec) =>
  figure
    .csv()
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));

describe('PCA plane', () => {
  const input = {
    scores: Float32Array.from({ length: 3 * N }, (_, k) => k),
    dimension: 3,
    explainedRatio: [0.629, 0.11, 0.05],
    structureType,
    ids,
    panels: [],
  };

  test('has at most 1000 atoms a type, and says so on the plot', () => {
    const figure = draw(pcaScatter, { ...input, components: [0, 2] });
    expect(traceNames(figure)).toEqual(['BCC', 'OTH']);
    expect(figure.data.map(({ x }) => x!.length)).toEqual([1000, 1000]);
    expect(printed(figure)).toContain('2,000 of 4,000 atoms');
    expect(titleOf(figure.layout.xaxis)).toBe('PC 1 (62.9 % of variance)');
    expect(titleOf(figure.layout.yaxis)).toBe('PC 3 (5.0 % of variance)');
  });

  test('each point carries its row and shows the two components asked for', () => {
    const [bcc] = draw(pcaScatter, { ...input, components: [2, 1] }).data;
    const rows = bcc!.customdata as number[];
    expect(rows.every((row) => structureType[row] === 3)).toBe(true);
    expect([...(bcc!.x as Float32Array)]).toEqual(rows.map((row) => 3 * row + 2));
    expect([...(bcc!.y as Float32Array)]).toEqual(rows.map((row) => 3 * row + 1));
    expect((bcc!.text as string[])[5]).toContain(`atom ${ids[rows[5]!]}, BCC`);
  });

  test('two strategies have a panel each, with every training and test atom', () => {
    const panels = [
      { title: 'Random 1', trainingRows: [1, 2, 3], testRows: [7] },
      { title: 'UR <b>', trainingRows: [4, 8], testRows: [7] },
    ];
    const figure = draw(pcaScatter, { ...input, components: [0, 1], panels });
    const training = figure.data.filter(({ name }) => name === 'training');
    expect(training.map(({ customdata, yaxis }) => [customdata, yaxis])).toEqual([
      [[1, 2, 3], 'y'],
      [[4, 8], 'y2'],
    ]);
    expect(printed(figure)).toContain('UR &lt;b&gt;');
    expect(table(figure).filter(([panel, role]) => panel === 'Random 1' && role === 'test')).toHaveLength(1);
  });

  test('crowded types fade behind training atoms, rare ones do not', () => {
    const rare = structureType.map((code, row) => (row < 20 ? 4 : code));
    const opacities = (panels: { title: string; trainingRows: number[]; testRows: number[] }[]) =>
      Object.fromEntries(
        draw(pcaScatter, { ...input, structureType: rare, components: [0, 1], panels }).data.map(({ name, marker }) => [
          name,
          marker!.opacity,
        ]),
      );
    const alone = opacities([]);
    const overlaid = opacities([{ title: '', trainingRows: [1], testRows: [] }]);
    expect(overlaid.BCC).toBeLessThan(alone.BCC as number);
    expect(overlaid.ICO).toBe(alone.ICO);
  });

  test('any quantity colours the points, in few colours, with a bar that has its numbers', () => {
    const values = wave(0.3);
    const choice = {
      reversed: false,
      steps: null,
      logarithmic: false,
      symmetric: false,
      trim: 0,
      low: null,
      high: 0.5,
    };
    const scale = makeScale(values, COLOUR_MAPS.viridis, { ...choice, markBeyond: true })!;
    const colouring = { title: 'Energy (eV)', values, scale, ticks: [{ at: 0.5, text: '−0.25' }] };
    const { data } = draw(pcaScatter, { ...input, components: [0, 1], colouring });
    const painted = data.slice(0, 2).map(({ marker, customdata }) => ({
      colours: marker!.color as string[],
      rows: customdata as number[],
    }));
    expect(new Set(painted.flatMap(({ colours }) => colours)).size).toBeLessThanOrEqual(33);
    for (const { colours, rows } of painted) {
      for (const [k, row] of rows.entries()) if (values[row]! > 0.5) expect(colours[k]).toBe(scale.above);
    }
    expect(data.slice(0, 2).every(({ showlegend }) => showlegend === false)).toBe(true);
    const { colorbar } = data.at(-1)!.marker as { colorbar: { title: { text: string }; ticktext: string[] } };
    expect([colorbar.title.text, colorbar.ticktext]).toEqual(['Energy (eV)', ['−0.25']]);
  });

  test('nothing is said of sampling where every atom is shown', () => {
    const few = { ...input, structureType: structureType.slice(0, 900), ids: ids.slice(0, 900) };
    const figure = draw(pcaScatter, { ...few, components: [0, 1] });
    expect(figure.notes).toEqual([]);
    expect(printed(figure)).toBe('');
  });
});

describe('parity', () => {
  const reference = wave(0.7);
  const predicted = reference.map((value, k) => value + (k % 2 ? 0.01 : -0.01));
  predicted[11] = reference[11]! - 0.0403;
  const panel = { title: '', predicted, trainingRows: [5, 6] };
  const input = { panels: [panel], reference, structureType, ids, source: { source: 'column c_pe' } };

  test('prints the errors over the rows asked for, and names the reference', () => {
    const figure = draw(parity, { ...input, rows: [1, 2, 3, 4], rowsName: 'test atoms' });
    expect(printed(figure)).toBe('RMSE 10.0 meV<br>max |error| 10.0 meV<br>4 test atoms');
    expect(titleOf(figure.layout.xaxis)).toContain('column c_pe');
    expect(traceNames(figure)).toContain('training');
    expect(table(figure)).toHaveLength(1 + 4 + 2);
  });

  test('names the energy of the bulk where it is given', () => {
    const figure = draw(parity, {
      ...input,
      rows: [1],
      rowsName: 'test atoms',
      source: { source: 'column c_pe', bulkEnergy: -4.1219 },
    });
    expect(titleOf(figure.layout.xaxis)).toContain('column c_pe, bulk −4.122 eV');
  });

  test('over all atoms the drawing is a sample, the errors are not, and the worst atom is there', () => {
    const figure = draw(parity, { ...input, rows: null, rowsName: 'atoms' });
    expect(printed(figure)).toContain('max |error| 40.3 meV<br>4,000 atoms<br>2,000 of them shown');
    const [bcc, others] = ['BCC', 'OTH'].map((label) => figure.data.find(({ name }) => name === label)!) as [
      Trace,
      Trace,
    ];
    expect(bcc.customdata).toContain(11);
    // Training atoms have a symbol of their own, and no other.
    for (const row of panel.trainingRows) expect([...bcc.customdata!, ...others.customdata!]).not.toContain(row);
    expect((bcc.text as string[])[(bcc.customdata as number[]).indexOf(11)]).toContain('error −40.3 meV');
  });

  test('bars are the deviations given, and points without one have no bar', () => {
    const sigma = new Float64Array(N).fill(0.05);
    sigma[2] = Number.NaN;
    const figure = draw(parity, { ...input, rows: [1, 2], rowsName: 'test atoms', panels: [{ ...panel, sigma }] });
    const bcc = figure.data.find(({ name }) => name === 'BCC') as { error_y: { array: (number | null)[] } };
    expect(bcc.error_y.array).toEqual([0.05, null]);
    expect(figure.notes.join(' ')).toContain('one standard deviation of a new observation');
  });

  test('without any energy it says so, and never NaN', () => {
    const nothing = new Float64Array(N).fill(Number.NaN);
    const figure = draw(parity, { ...input, reference: nothing, rows: [1, 2], rowsName: 'test atoms' });
    expect(printed(figure)).toBe('no energies to compare with yet');
    expect(figure.notes).toEqual(['No energy to compare with yet: 2 test atoms.']);
  });
});

describe('parity of two strategies', () => {
  const reference = wave(0.7);
  const off = (by: number) => reference.map((value) => value + by);
  const panels = [
    { title: 'Random <1>', predicted: off(0.02), trainingRows: [7, 8, 9] },
    { title: 'UR', predicted: off(-0.01), trainingRows: [11] },
  ];
  const input = { panels, reference, structureType, ids, source: { source: 'column c_pe' } };
  const figure = draw(parity, { ...input, rows: [1, 2, 3, 4], rowsName: 'test atoms' });

  test('each has a panel with its own errors and training atoms, in the same range and scale', () => {
    expect(printed(figure)).toContain('Random &lt;1&gt;<br>RMSE 20.0 meV');
    expect(printed(figure)).toContain('UR<br>RMSE 10.0 meV');
    const training = figure.data.filter(({ name }) => name === 'training');
    expect(training.map(({ yaxis, customdata }) => [yaxis, customdata])).toEqual([
      ['y', [7, 8, 9]],
      ['y2', [11]],
    ]);
    const { xaxis, yaxis, xaxis2, yaxis2 } = figure.layout;
    expect([yaxis?.range, xaxis2?.range, yaxis2?.range]).toEqual([xaxis?.range, xaxis?.range, xaxis?.range]);
    expect([yaxis?.scaleanchor, yaxis2?.scaleanchor]).toEqual(['x', 'x2']);
    expect(yaxis!.domain![0]).toBeGreaterThan(yaxis2!.domain![1]!);
  });

  test('the legend names each type once, and the table names the panel', () => {
    const named = figure.data.filter(({ showlegend, name }) => name && showlegend !== false).map(({ name }) => name);
    expect(new Set(named).size).toBe(named.length);
    const [header, ...rows] = table(figure);
    expect(header![0]).toBe('panel');
    expect(rows.filter(([of]) => of === 'UR')).toHaveLength(4 + 1);
    expect(rows.filter(([of]) => of === 'Random <1>')).toHaveLength(4 + 3);
  });
});

describe('error curves', () => {
  const band = { mean: [0.1, 0.02], low: [0.08, 0.015], high: [0.2, 0.03] };
  const random = { strategy: 'Random 1', seeds: 10, n: [10, 150], rmse: band, maxAbsError: band };
  const single = { ...random, strategy: 'UR', seeds: 1 };

  test('in meV, with a band only where there are several seeds', () => {
    const figure = errorCurves({ curves: [single, random], features: 22, evaluatedOn: '80 test atoms', colours });
    expect(figure.data.filter(({ name }) => name === 'UR').map(({ y }) => y)).toEqual([
      [100, 20],
      [100, 20],
    ]);
    expect(figure.data.filter((trace) => 'fill' in trace)).toHaveLength(2);
    expect(figure.layout.shapes!.map(({ x1 }) => x1)).toEqual([22, 22]);
    expect(figure.layout.xaxis2!.title).toMatchObject({ text: expect.stringContaining('over 80 test atoms') });
    expect(table(figure)[1]!.slice(0, 6)).toEqual(['UR', '1', '10', '0.1', '0.08', '0.2']);
  });

  test('no band lies over a line', () => {
    const { data } = errorCurves({ curves: [random, single, random], features: 5, evaluatedOn: 'test atoms', colours });
    const upper = data.filter(({ yaxis }) => yaxis === 'y').map(({ name }) => name ?? 'band edge');
    expect(upper).toEqual([...Array(4).fill('band edge'), 'Random 1', 'UR', 'Random 1']);
  });

  test('nothing is greyed where all points have as many atoms as features', () => {
    const figure = errorCurves({ curves: [single], features: 5, evaluatedOn: '80 test atoms', colours });
    expect(figure.layout.shapes).toEqual([]);
  });
});

describe('variance curve', () => {
  const totalVariance = Float64Array.from({ length: 40 }, (_, pick) => (100 * 4) / (pick + 1));

  test('is a mean over the atoms against the atoms that train', () => {
    const figure = varianceCurve({ totalVariance, atoms: 100, given: 5, features: 10, colours });
    expect(figure.data[0]!.x).toEqual(Array.from({ length: 40 }, (_, pick) => pick + 6));
    expect((figure.data[0]!.y as number[])[3]).toBeCloseTo(1, 12);
    expect(figure.layout.yaxis!.type).toBe('log');
  });

  test('advice waits for a look-back that begins beyond d + 1', () => {
    const advice = (features: number) =>
      varianceCurve({ totalVariance, atoms: 100, given: 0, features, colours }).notes[1];
    // sqrt(4 / 40) and 1 - sqrt(30 / 40).
    expect(advice(30)).toBe(
      'At 40 training atoms the expected error is 0.316 × noise; the last 10 picks lowered it by 13.4 %.',
    );
    expect(advice(31)).toContain('Advice on stopping starts');
  });
});

describe('energy histogram', () => {
  const energy = wave(0.3);
  energy[0] = Number.NaN;

  test('stacks bars, the rarest type lowest, and counts every atom with an energy', () => {
    const figure = draw(energyHistogram, { energy, structureType, logCounts: false });
    expect(figure.data.map(({ type, name }) => `${type} ${name}`)).toEqual(['bar OTH', 'bar BCC']);
    const total = figure.data.flatMap(({ y }) => [...(y as Uint32Array)]).reduce((a, b) => a + b, 0);
    expect(total).toBe(N - 1);
    expect(figure.notes.join(' ')).toContain('Atoms without a predicted energy: 1.');
  });

  test('outlines types on a log axis, where a stack would mislead', () => {
    const figure = draw(energyHistogram, { energy, structureType, logCounts: true });
    expect(figure.data.every(({ type }) => type === 'scatter')).toBe(true);
    expect(figure.layout.yaxis!.type).toBe('log');
  });
});

test('figures are vector graphics: only scatter and bar traces', () => {
  const figure = draw(pcaScatter, {
    scores: wave(1),
    dimension: 1,
    components: [0, 0],
    explainedRatio: [1],
    structureType,
    ids,
    panels: [],
  });
  expect(new Set(figure.data.map(({ type }) => type))).toEqual(new Set(['scatter']));
});
