import type { ReplicaSweep, SweepPoint } from '#pipeline/sweepReplicas.ts';
import { csvText, type FigureSpec, type Trace } from './figureSpec.ts';
import { formatCount, shorten } from './format.ts';
import { logTicks } from './logTicks.ts';
import { LEAST_MEV, reachNote } from './replicaWords.ts';
import { baseLayout, type PlotColours, panelTitle } from './template.ts';

const MEV_PER_EV = 1000;
/** meV: always on the axis, so that it has decades where nothing deviates. */
const ALWAYS_SHOWN = 2;

export interface ReplicaSweepInput {
  readonly sweep: ReplicaSweep;
  /** Of the cells that are chosen, Å: each panel runs through the swept value nearest to the other one's. */
  readonly edge: number;
  readonly minDistance: number;
  readonly colours: PlotColours;
}

/** Curves fall to the right, so that corner is free. */
const TO_THE_RIGHT = { x: 1, xanchor: 'right', xshift: -6 } as const;

const MEASURES = [
  { key: 'largest', name: 'largest' },
  { key: 'percentile95', name: '95 % below' },
  { key: 'mean', name: 'mean' },
] as const satisfies readonly { key: keyof SweepPoint; name: string }[];

/** Deviation of the centres' energies in their cells from those in place, over the cell edge and the seam distance. */
export function replicaSweep({ sweep, edge, minDistance, colours }: ReplicaSweepInput): FigureSpec {
  const { points, potential, centres, seam } = sweep;
  const drawn = points.filter(({ cells }) => cells > 0);
  const nearest = (key: 'edge' | 'minDistance', wanted: number) =>
    drawn.reduce((best, point) => (Math.abs(point[key] - wanted) < Math.abs(best - wanted) ? point[key] : best), 1e9);
  const [ownEdge, ownDistance] = [nearest('edge', edge), nearest('minDistance', minDistance)];
  const byEdge = drawn.filter((point) => point.minDistance === ownDistance);
  const byDistance = drawn.filter((point) => point.edge === ownEdge);
  const shown = [...byEdge, ...byDistance].flatMap((point) => MEASURES.map(({ key }) => inMev(point[key])));
  const yAxis = { title: { text: '|Δ| (meV)' }, ...logTicks([...shown, ALWAYS_SHOWN]) };
  const incomplete = [...new Set(points.filter(({ cells }) => cells < centres).map((point) => point.edge))];
  const clipped = shown.some((value) => value === LEAST_MEV);
  return {
    data: MEASURES.flatMap(({ key, name }, k) => [
      curve(byEdge, 'edge', key, name, '', colours.series[k]!),
      curve(byDistance, 'minDistance', key, name, '2', colours.series[k]!),
    ]),
    layout: {
      ...baseLayout(colours),
      uirevision: `${potential},${seam}`,
      // Each panel has its own x axis, so there is room for a title between them.
      xaxis: { title: { text: 'Cell edge (Å)' }, dtick: 1 },
      xaxis2: { anchor: 'y2', title: { text: 'Shortest seam distance (Å)' }, dtick: 0.1 },
      yaxis: { domain: [0.6, 1], ...yAxis },
      yaxis2: { domain: [0, 0.4], ...yAxis },
      annotations: [
        { ...panelTitle(`shortest seam distance ${ownDistance} Å`, '', colours), ...TO_THE_RIGHT },
        { ...panelTitle(`cell edge ${ownEdge} Å`, '2', colours), ...TO_THE_RIGHT },
      ],
    },
    notes: [
      `Δ: energies of ${formatCount(centres)} centres in their cells less those in place, by ${shorten(potential, 32)} (EAM, no DFT); seam rule ${seam}.`,
      ...reachNote(sweep.reach, Math.min(...drawn.map((point) => point.edge))),
      ...(clipped ? [`Deviations below ${LEAST_MEV} meV are drawn there.`] : []),
      ...incomplete.map((of) => {
        const { cells } = points.find((point) => point.edge === of)!;
        return `At ${of} Å only ${formatCount(cells)} of the cells fit into the snapshot.`;
      }),
    ],
    csv: () =>
      csvText(
        [
          'edge (Å)',
          'shortest seam distance (Å)',
          'cells',
          'mean (eV)',
          'rmse (eV)',
          '95th percentile (eV)',
          'largest (eV)',
        ],
        points.map((point) => [
          point.edge,
          point.minDistance,
          point.cells,
          point.mean,
          point.rmse,
          point.percentile95,
          point.largest,
        ]),
      ),
  };
}

function inMev(value: number | null): number {
  return Math.max(LEAST_MEV, MEV_PER_EV * (value ?? 0));
}

function curve(
  points: readonly SweepPoint[],
  along: 'edge' | 'minDistance',
  key: (typeof MEASURES)[number]['key'],
  name: string,
  axis: '' | '2',
  colour: string,
): Trace {
  return {
    type: 'scatter',
    mode: 'lines+markers',
    name,
    legendgroup: name,
    showlegend: axis === '',
    xaxis: `x${axis}`,
    yaxis: `y${axis}`,
    x: points.map((point) => point[along]),
    y: points.map((point) => inMev(point[key])),
    line: { color: colour, width: 1.75 },
    marker: { color: colour, size: 5 },
    text: points.map(
      (point) =>
        `edge ${point.edge} Å, seam distance ${point.minDistance} Å<br>${name} ${Number((MEV_PER_EV * (point[key] ?? 0)).toPrecision(3))} meV<br>${formatCount(point.cells)} cells`,
    ),
    hovertemplate: '%{text}<extra></extra>',
  };
}
