import { STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { rootMeanSquare } from '#kernels/ridge/statistics.ts';
import type { ReplicaCheck } from '#pipeline/summaries.ts';
import { csvText, type FigureSpec, type Trace } from './figureSpec.ts';
import { escapeText, formatCount, formatEv, formatMev, shorten } from './format.ts';
import { fineMev, reachNote } from './replicaWords.ts';
import { baseLayout, LOWER_HALF, type PlotColours, POINT_SIZE, panelTitle, UPPER_HALF } from './template.ts';

const MEV_PER_EV = 1000;
/** eV: deviations below it are none, and no axis should be stretched to show them. */
const ROUNDING = 1e-9;

export interface ReplicaCheckInput {
  readonly check: ReplicaCheck;
  /** Energy per atom of the bulk, eV. */
  readonly bulkEnergy: number;
  /** Rows of the atoms of `check`, and how many atoms the snapshot has. */
  readonly rows: ArrayLike<number>;
  readonly count: number;
  /** [n] structure codes. */
  readonly structureType: Uint8Array;
  readonly colours: PlotColours;
}

/** RMSE and largest deviation of energies in cells from those in place, eV. */
export function replicaErrors({ inCell, inPlace }: ReplicaCheck): { rmse: number; largest: number; worst: number } {
  const deviations = inCell.map((energy, k) => energy - inPlace[k]!);
  const worst = deviations.reduce((most, value, k) => (Math.abs(value) > Math.abs(deviations[most]!) ? k : most), 0);
  return {
    rmse: rootMeanSquare(deviations),
    largest: Math.abs(deviations[worst] ?? 0),
    worst,
  };
}

/**
 * Energy of every centre in its replica cell against its energy in the snapshot, by one potential, and the deviation
 * beneath: what cutting out a small cell costs (METHOD section 5).
 */
export function replicaCheck(input: ReplicaCheckInput): FigureSpec {
  const { check, bulkEnergy, rows, count, structureType, colours } = input;
  const { ids, inCell, inPlace, edge, minDistance, potential } = check;
  const { rmse, largest, worst } = replicaErrors(check);
  const placeOf = new Map(Array.from(rows, (row, k) => [row, k]));
  const relative = (energies: readonly number[], k: number | undefined) =>
    k === undefined ? Number.NaN : energies[k]! - bulkEnergy;
  const statistics = [
    `RMSE ${fineMev(rmse)}`,
    `max |deviation| ${fineMev(largest)}`,
    `${formatCount(ids.length)} cells, ${edge} Å, seam ${minDistance} Å`,
  ];
  return {
    data: [identity(inPlace, bulkEnergy, colours), zero(inPlace, bulkEnergy, colours), ...points(input)],
    layout: {
      ...baseLayout(colours),
      uirevision: `${potential},${edge},${minDistance}`,
      xaxis: { showticklabels: false },
      xaxis2: { matches: 'x', anchor: 'y2', title: { text: 'Energy in place relative to bulk (eV)' } },
      yaxis: { domain: UPPER_HALF, title: { text: 'In cell (eV)' } },
      yaxis2: {
        domain: LOWER_HALF,
        title: { text: 'Δ (meV)' },
        ...(largest < ROUNDING ? { range: [-1, 1] } : {}),
      },
      annotations: [panelTitle(statistics.join('<br>'), '', colours)],
    },
    notes: [
      `By ${shorten(potential, 32)} (EAM, no DFT), bulk atom ${formatEv(bulkEnergy)}. Δ: in the cell less in place; largest for atom ${ids[worst] ?? ''}.`,
      ...reachNote(check.reach, edge),
    ],
    plane: {
      count,
      x: (row) => relative(inPlace, placeOf.get(row)),
      y: (row) => relative(inCell, placeOf.get(row)),
      panels: [['x', 'y']],
      density: null,
    },
    csv: () =>
      csvText(
        ['id', 'type', 'in place (eV)', 'in the cell (eV)', 'deviation (eV)'],
        ids.map((id, k) => [
          id,
          STRUCTURE_TYPES[structureType[rows[k]!]!]?.label ?? 'OTH',
          inPlace[k]!,
          inCell[k]!,
          inCell[k]! - inPlace[k]!,
        ]),
      ),
  };
}

/** The atoms of every type, in both panels. */
function points({ check, bulkEnergy, rows, structureType, colours }: ReplicaCheckInput): Trace[] {
  const { ids, inCell, inPlace } = check;
  return STRUCTURE_TYPES.flatMap(({ code, label }): Trace[] => {
    const own = ids.flatMap((_, k) => (structureType[rows[k]!] === code ? [k] : []));
    if (own.length === 0) return [];
    const common: Trace = {
      type: 'scatter',
      mode: 'markers',
      name: label,
      legendgroup: label,
      x: own.map((k) => inPlace[k]! - bulkEnergy),
      marker: { color: colours.structure[code]!, size: POINT_SIZE + 2, opacity: 0.8 },
      customdata: own.map((k) => rows[k]!),
      text: own.map((k) =>
        [
          `atom ${ids[k]}, ${escapeText(label)}`,
          `in place ${formatEv(inPlace[k]! - bulkEnergy)}`,
          `in the cell ${formatEv(inCell[k]! - bulkEnergy)}`,
          `deviation ${formatMev(inCell[k]! - inPlace[k]!)}`,
        ].join('<br>'),
      ),
      hovertemplate: '%{text}<extra></extra>',
    };
    return [
      { ...common, y: own.map((k) => inCell[k]! - bulkEnergy) },
      {
        ...common,
        xaxis: 'x2',
        yaxis: 'y2',
        showlegend: false,
        y: own.map((k) => MEV_PER_EV * (inCell[k]! - inPlace[k]!)),
      },
    ];
  });
}

function identity(inPlace: readonly number[], bulkEnergy: number, colours: PlotColours): Trace {
  const ends = endsOf(inPlace, bulkEnergy);
  return { ...line(colours), x: ends, y: ends };
}

function zero(inPlace: readonly number[], bulkEnergy: number, colours: PlotColours): Trace {
  return { ...line(colours), xaxis: 'x2', yaxis: 'y2', x: endsOf(inPlace, bulkEnergy), y: [0, 0] };
}

function line(colours: PlotColours): Trace {
  return {
    type: 'scatter',
    mode: 'lines',
    line: { color: colours.axis, width: 1 },
    hoverinfo: 'skip',
    showlegend: false,
  };
}

function endsOf(energies: readonly number[], bulkEnergy: number): number[] {
  return [Math.min(...energies) - bulkEnergy, Math.max(...energies) - bulkEnergy];
}
