import { COLOUR_MAPS, tableColour } from '#colours/maps.ts';
import { toHex } from '#colours/rgb.ts';
import type { Cell } from '#data/cell.ts';
import { farthestOnce, type LocalError, localError } from '#kernels/localError/localError.ts';
import { type EnergyReference, titleWithReference } from './energyReference.ts';
import { csvText, type Drawing, type FigureSpec, type Trace } from './figureSpec.ts';
import { formatMev } from './format.ts';
import { baseLayout, type PlotColours, panelTitle } from './template.ts';

/** As far as the paper's figure goes, Å. */
const FARTHEST = 10;
/** Coordination numbers of the test set (METHOD 4). */
const LEAST_CN = 11;
const MOST_CN = 18;
/** Of the colour map: its end is too light for a line on paper. */
const LIGHTEST = 0.9;
/** By turns, so that neighbours in colour are apart. */
const DASHES = ['solid', 'dash'] as const;

export interface LocalErrorsInput {
  /** [n, 3] Å. */
  readonly positions: Float32Array;
  readonly cell: Cell;
  /** [n] predicted minus reference energy, eV; NaN where unknown. */
  readonly error: Float32Array | Float64Array;
  /** [n]. */
  readonly coordination: Uint8Array;
  /** [n]. */
  readonly ids: Uint32Array;
  readonly testRows: ArrayLike<number>;
  /** Where the energies behind it are from. */
  readonly source?: EnergyReference | undefined;
}

interface Curve extends LocalError {
  readonly coordination: number;
  readonly id: number;
}

/**
 * How errors cancel over what surrounds an atom (Fig. 8, Eq. 16): around the test atom of the largest error of each
 * coordination number. Yields now and then.
 */
export function* localErrors(input: LocalErrorsInput): Generator<void, Drawing> {
  const radius = Math.min(FARTHEST, farthestOnce(input.cell));
  const curves: Curve[] = [];
  for (const [coordination, row] of worstOfEach(input)) {
    const found = yield* localError(input.positions, input.cell, input.error, row, radius);
    curves.push({ ...found, coordination, id: input.ids[row]! });
  }
  return (colours) => draw(curves, radius, input.source, colours);
}

/** Test row of the largest |error| by coordination number, ties to the lower id; ascending. */
function worstOfEach({ testRows, error, coordination, ids }: LocalErrorsInput): [coordination: number, row: number][] {
  const worst = new Map<number, number>();
  for (const row of Array.from(testRows).sort((a, b) => ids[a]! - ids[b]!)) {
    const number = coordination[row]!;
    if (number < LEAST_CN || number > MOST_CN || !Number.isFinite(error[row])) continue;
    const before = worst.get(number);
    if (before === undefined || Math.abs(error[row]!) > Math.abs(error[before]!)) worst.set(number, row);
  }
  return [...worst].sort(([a], [b]) => a - b);
}

function draw(
  curves: readonly Curve[],
  radius: number,
  source: EnergyReference | undefined,
  colours: PlotColours,
): FigureSpec {
  const cut = curves.filter(({ cutAt }) => cutAt !== null);
  return {
    data: curves.map((curve, k) => line(curve, k, radius)),
    layout: {
      ...baseLayout(colours),
      uirevision: `${radius}`,
      xaxis: { title: titleWithReference('Cutoff radius (Å)', source), range: [0, radius] },
      yaxis: { title: { text: '|Mean error| within it (meV/atom)' }, rangemode: 'tozero' },
      annotations: curves.length > 0 ? [] : [panelTitle('no test atom has an error yet', '', colours)],
    },
    notes: [
      'Around the test atom of the largest error of each coordination number (CN): the sum of the errors of all atoms within the cutoff radius, divided by their number (Eq. 16).',
      ...cut.map(
        ({ coordination, cutAt }) =>
          `CN ${coordination} ends at ${cutAt!.toFixed(2)} Å, where an atom has no energy to compare with.`,
      ),
    ],
    csv: () =>
      csvText(
        ['CN', 'id', 'r_c (Å)', 'mean error (eV)'],
        curves.flatMap(({ coordination, id, distances, mean }) =>
          Array.from(distances, (distance, k) => [coordination, id, distance, mean[k]!]),
        ),
      ),
  };
}

/** A step at each atom that is met; the last one goes on to where the curve ends. */
function line({ coordination, id, distances, mean, cutAt }: Curve, k: number, radius: number): Trace {
  const last = mean.at(-1)!;
  const { table } = COLOUR_MAPS.viridis;
  const at = (LIGHTEST * (coordination - LEAST_CN)) / (MOST_CN - LEAST_CN);
  const x = [...distances, cutAt ?? radius];
  const y = [...mean, last].map((value) => 1000 * value);
  return {
    type: 'scatter',
    mode: 'lines',
    name: `CN ${coordination}`,
    x,
    y,
    line: {
      shape: 'hv',
      width: 1.5,
      // Coordination numbers have an order, and so have their colours.
      color: toHex(tableColour(table, Math.round(at * (table.length / 3 - 1)))),
      dash: DASHES[k % DASHES.length]!,
    },
    text: x.map((distance, step) => {
      const atoms = Math.min(step + 1, mean.length);
      return `CN ${coordination}, atom ${id}<br>${atoms} atoms within ${distance.toFixed(2)} Å<br>${formatMev(y[step]! / 1000)}`;
    }),
    hovertemplate: '%{text}<extra></extra>',
  };
}
