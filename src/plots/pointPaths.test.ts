import { expect, test } from 'vitest';
import type { FigureSpec, Trace } from './figureSpec.ts';
import { hiddenGroups, withPointPaths } from './pointPaths.ts';

const N = 300;
const line = Float32Array.from({ length: N }, (_, k) => k);
const crowd = {
  type: 'scatter',
  mode: 'markers',
  name: 'BCC',
  x: line,
  y: line.map((value) => 2 * value),
  customdata: [...line],
  marker: { color: '#6666ff', size: 4, opacity: 0.5 },
} satisfies Trace;
const few: Trace = { ...crowd, name: 'ICO', x: [1], y: [2], customdata: [7] };
const rings: Trace = { ...crowd, name: 'training', marker: { symbol: 'circle-open' } };
const drawn = (data: Trace[], shapes?: FigureSpec['layout']['shapes']) =>
  withPointPaths({ data, layout: shapes ? { shapes } : {}, notes: [], csv: () => '' });

test('a crowd of dots becomes one path; few points, and symbols, stay', () => {
  const { data, layout } = drawn([crowd, few, rings]);
  expect(data.slice(2)).toEqual([few, rings]);
  expect(layout.shapes).toHaveLength(1);
  const { path, line: stroke, opacity, xref } = layout.shapes![0]!;
  expect([stroke, opacity, xref]).toEqual([{ color: '#6666ff', width: 4 }, 0.5, 'x']);
  expect(path!.match(/M/g)).toHaveLength(N);
  expect(path!.startsWith('M0,0L0,0M1,2L1,2')).toBe(true);
});

test('the legend keeps its dot, and every point its atom', () => {
  const [legend, hover] = drawn([crowd]).data;
  expect(legend).toMatchObject({ name: 'BCC', legendgroup: 'BCC', mode: 'markers', x: [null], marker: crowd.marker });
  expect(hover).toMatchObject({
    mode: 'none',
    showlegend: false,
    legendgroup: 'BCC',
    x: crowd.x,
    customdata: crowd.customdata,
  });
});

test('on paper nothing is there for the hand, but where it makes room in axes without a range', () => {
  const figure = { data: [crowd], layout: {}, notes: [], csv: () => '' };
  const range: [number, number] = [0, N];
  const modes = (layout: FigureSpec['layout']) =>
    withPointPaths({ ...figure, layout }, true).data.map((trace) => 'mode' in trace && trace.mode);
  expect(modes({ xaxis: { range }, yaxis: { range } })).toEqual(['markers']);
  expect(modes({ xaxis: { range } })).toEqual(['markers', 'none']);
});

test('points without coordinates are left out, and each colour has its own path', () => {
  const x = line.map((value) => (value === 3 ? Number.NaN : value));
  const color = Array.from(line, (value) => (value < 10 ? '#ff0000' : '#0000ff'));
  const { shapes } = drawn([{ ...crowd, x, marker: { color } }]).layout;
  expect(shapes!.map((shape) => [shape.line!.color, shape.path!.match(/M/g)!.length])).toEqual([
    ['#ff0000', 9],
    ['#0000ff', N - 10],
  ]);
});

test('error bars are one path too, and only where there are numbers', () => {
  const array = Array.from(line, (value) => (value < 2 ? 0.5 : null));
  const bars = { ...crowd, error_y: { type: 'data', array, color: '#888888', thickness: 1 } } as Trace;
  const { data, layout } = drawn([bars]);
  expect(layout.shapes![0]!.path).toBe('M0,-0.5L0,0.5M1,1.5L1,2.5');
  expect(data.every((trace) => !('error_y' in trace))).toBe(true);
});

test('shapes of the figure come first; groups that are switched off are told', () => {
  const own = { type: 'rect' as const, x0: 0, x1: 1 };
  expect(drawn([crowd], [own]).layout.shapes![0]).toBe(own);
  expect([
    ...hiddenGroups([
      { visible: 'legendonly', legendgroup: 'OTH' },
      { visible: true, legendgroup: 'BCC' },
    ]),
  ]).toEqual(['OTH']);
});
