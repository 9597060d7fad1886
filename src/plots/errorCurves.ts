import { findCriterion } from '#kernels/selection/index.ts';
import type { ErrorCurve } from '#pipeline/summaries.ts';
import { type EnergyReference, titleWithReference } from './energyReference.ts';
import { cell, csvText, type FigureSpec, type Trace } from './figureSpec.ts';
import { escapeText, formatCount, formatMev, shorten } from './format.ts';
import { logTicks } from './logTicks.ts';
import { baseLayout, faded, LOWER_HALF, type PlotColours, tooFewAtoms, UPPER_HALF } from './template.ts';

const MEV_PER_EV = 1000;

export interface ErrorCurvesInput {
  readonly curves: readonly ErrorCurve[];
  /** Features of the linear model, d + 1 with the constant; fewer training atoms than that are greyed. */
  readonly features: number;
  /** What the errors are over, in words: '80 test atoms'. */
  readonly evaluatedOn: string;
  /** Where the energies behind it are from. */
  readonly source?: EnergyReference | undefined;
  readonly colours: PlotColours;
}

type Measure = 'rmse' | 'maxAbsError';
const MEASURES: readonly { key: Measure; name: string; axis: '' | '2' }[] = [
  { key: 'rmse', name: 'RMSE', axis: '' },
  { key: 'maxAbsError', name: 'max |error|', axis: '2' },
];

/** RMSE and max |error| against the number of training atoms (Fig. 5): the mean over the seeds, and their range as a band. */
export function errorCurves({ curves, features, evaluatedOn, source, colours }: ErrorCurvesInput): FigureSpec {
  const last = Math.max(1, ...curves.flatMap(({ n }) => n));
  const first = Math.min(last, ...curves.flatMap(({ n }) => n));
  const grey = first < features ? tooFewAtoms(features, ['', '2'], colours) : { shapes: [], annotations: [] };
  const yAxis = (key: Measure) =>
    logTicks(curves.flatMap((curve) => [...curve[key].low, ...curve[key].high]).map((e) => MEV_PER_EV * e));
  const seeds = Math.max(1, ...curves.map((curve) => curve.seeds));
  const bands = seeds > 1;
  const small = `over ${escapeText(shorten(evaluatedOn, 30))}${bands ? `; bands: middle 80 % of ${seeds} seeds` : ''}`;

  return {
    data: MEASURES.flatMap(({ key, name, axis }) => {
      const drawn = curves.map((curve, index) =>
        bandAndLine(curve, key, name, axis, colours.series[index % colours.series.length]!),
      );
      // All bands first: one over a line would tint it.
      return [...drawn.flatMap(({ band }) => band), ...drawn.map(({ line }) => line)];
    }),
    layout: {
      ...baseLayout(colours),
      uirevision: `${last}`,
      xaxis: { range: [0, 1.03 * last], showticklabels: false },
      xaxis2: {
        range: [0, 1.03 * last],
        matches: 'x',
        anchor: 'y2',
        title: titleWithReference('Training atoms', source, small),
      },
      yaxis: { domain: UPPER_HALF, title: { text: 'RMSE (meV)' }, ...yAxis('rmse') },
      yaxis2: { domain: LOWER_HALF, title: { text: 'max |error| (meV)' }, ...yAxis('maxAbsError') },
      shapes: grey.shapes,
      annotations: grey.annotations,
    },
    notes: [
      `Errors are over ${evaluatedOn}.`,
      ...(bands ? ['Lines are means over the seeds, bands hold the middle 80 % of them.'] : []),
      ...(first < features
        ? [
            `Grey: fewer training atoms than the ${formatCount(features)} features of the model, where the fit is not yet determined.`,
          ]
        : []),
    ],
    csv: () =>
      csvText(
        [
          'strategy',
          'seeds',
          'n',
          ...MEASURES.flatMap(({ name }) => ['mean', 'low', 'high'].map((part) => `${name} ${part} (eV)`)),
        ],
        tableRows(curves),
      ),
  };
}

/** Lower and upper edge of the band, none where there is one seed, and the line of the means. */
function bandAndLine(curve: ErrorCurve, key: Measure, measure: string, axis: '' | '2', colour: string) {
  const { n, strategy, seeds } = curve;
  const { mean, low, high } = curve[key];
  const inMev = (values: readonly number[]) =>
    values.map((value) => (Number.isFinite(value) ? MEV_PER_EV * value : null));
  const name = escapeText(findCriterion(strategy)?.label ?? strategy);
  const common = { type: 'scatter', xaxis: `x${axis}`, yaxis: `y${axis}`, legendgroup: name } as const;
  const edge: Trace = { ...common, x: n, mode: 'lines', line: { width: 0 }, hoverinfo: 'skip', showlegend: false };
  const edges: Trace[] = [
    { ...edge, y: inMev(low) },
    { ...edge, y: inMev(high), fill: 'tonexty', fillcolor: faded(colour, 0.16) },
  ];
  const line: Trace = {
    ...common,
    name,
    showlegend: axis === '',
    mode: 'lines+markers',
    x: n,
    y: inMev(mean),
    line: { color: colour, width: 1.75 },
    marker: { color: colour, size: 4 },
    text: n.map((count, k) => {
      const range = seeds > 1 ? `<br>${formatMev(low[k]!)} to ${formatMev(high[k]!)} over ${seeds} seeds` : '';
      return `${name}, ${formatCount(count)} training atoms<br>${measure} ${formatMev(mean[k]!)}${range}`;
    }),
    hovertemplate: '%{text}<extra></extra>',
  };
  return { band: seeds > 1 ? edges : [], line };
}

function* tableRows(curves: readonly ErrorCurve[]) {
  for (const curve of curves) {
    for (const [k, count] of curve.n.entries()) {
      const errors = MEASURES.flatMap(({ key }) => [curve[key].mean[k]!, curve[key].low[k]!, curve[key].high[k]!]);
      yield [curve.strategy, curve.seeds, count, ...errors.map(cell)];
    }
  }
}
