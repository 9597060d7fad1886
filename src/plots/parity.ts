import { STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { cell, csvText, type Drawing, type FigureSpec, type Trace } from './figureSpec.ts';
import { escapeText, formatCount, formatEv, formatMev, shorten } from './format.ts';
import { type Compared, compare, drawnRows, hasBoth } from './parityPoints.ts';
import { baseLayout, faded, type PlotColours, POINT_SIZE, panelTitle, SMALL_SIZE } from './template.ts';

export interface ParityInput {
  /** [n] predicted energy of every atom, eV relative to bulk. */
  readonly predicted: Float32Array | Float64Array;
  /** [n] reference energy, eV relative to bulk; NaN where unknown. */
  readonly reference: Float32Array | Float64Array;
  /** Rows compared, over which the errors are taken; null for every atom with a reference. */
  readonly rows: ArrayLike<number> | null;
  /** What the rows are, in the plural: 'test atoms'. */
  readonly rowsName: string;
  /** Drawn in another symbol; not in the errors unless among `rows`. */
  readonly trainingRows: ArrayLike<number>;
  /** In words: the column, or the file. */
  readonly referenceSource: string;
  /** Energy per atom of the bulk, eV, to which both are relative; named under the axis. */
  readonly bulkEnergy?: number;
  /** [n] structure codes. */
  readonly structureType: Uint8Array;
  /** [n]. */
  readonly ids: Uint32Array;
  /**
   * [n] standard deviation of a new observation, s sqrt(1 + x^T P x) in eV (METHOD 2), drawn as bars on the points
   * compared. Points where it is NaN have none.
   */
  readonly sigma?: Float32Array | Float64Array;
}

/** What takes all atoms to know. */
interface Counted {
  readonly compared: Compared;
  /** Rows in symbols of their own. */
  readonly training: Uint32Array;
  /** Rows drawn of the others, of so many. */
  readonly drawn: Uint32Array;
  readonly symbols: number;
}

type Drawn = ParityInput & Counted & { readonly colours: PlotColours };

/** Predicted against reference energy (Fig. 4), with RMSE (Eq. 13) and max |error| (Eq. 14) inside. Yields now and then. */
export function* parity(input: ParityInput): Generator<void, Drawing> {
  const { predicted, reference, ids } = input;
  const training = Uint32Array.from(input.trainingRows).filter((row) => hasBoth(row, predicted, reference));
  const trained = new Set(training);
  const compared = compare(predicted, reference, input.rows);
  yield;
  const others = compared.rows.filter((row) => !trained.has(row));
  yield;
  const drawn = drawnRows(others, predicted, reference, ids);
  return (colours) => draw({ ...input, compared, training, drawn, symbols: others.length, colours });
}

function draw(input: Drawn): FigureSpec {
  const { predicted, reference, ids, structureType, colours, rowsName, compared, training, drawn, symbols } = input;
  const range = commonRange(input, [...drawn, ...training]);
  const sampled = drawn.length < symbols;

  const notes: string[] = [];
  if (sampled) {
    notes.push(
      `Shown are ${formatCount(drawn.length)} of ${formatCount(symbols)} ${rowsName}, taken by a hash of the atom id; the largest errors are always among them, and RMSE and max |error| are over all.`,
    );
  }
  if (sampled && input.rows === null) notes.push('The shade behind the points counts all atoms.');
  if (compared.missing > 0) notes.push(`No energy to compare with yet: ${formatCount(compared.missing)} ${rowsName}.`);
  if (input.sigma) notes.push('Bars are one standard deviation of a new observation.');

  const byType = STRUCTURE_TYPES.map(({ code, label }) =>
    points(
      drawn.filter((row) => structureType[row] === code),
      input,
      label,
      'compared',
      {
        color: colours.structure[code]!,
        size: sampled ? POINT_SIZE : POINT_SIZE + 2,
        opacity: 0.8,
      },
    ),
  );
  const trainingPoints = points(training, input, 'training', 'training', {
    color: colours.accent,
    symbol: 'circle-open',
    size: 7,
    line: { width: 1.25 },
  });
  const bulk = input.bulkEnergy === undefined ? '' : `, bulk ${formatEv(input.bulkEnergy)}`;
  const source = `${escapeText(shorten(input.referenceSource, 48 - bulk.length))}${bulk}`;
  const title = compared.rows.length > 0 ? statistics(compared, rowsName, sampled ? drawn.length : null) : NOTHING;

  return {
    data: [identityLine(range, colours), ...fewestOnTop([...byType, trainingPoints])],
    layout: {
      ...baseLayout(colours),
      uirevision: `${input.referenceSource},${rowsName}`,
      xaxis: {
        range: [...range],
        title: {
          text: `Reference energy relative to bulk (eV)<br><span style="font-size:${SMALL_SIZE}px">${source}</span>`,
        },
        constrain: 'domain',
      },
      yaxis: {
        range: [...range],
        title: { text: 'Predicted energy relative to bulk (eV)' },
        // Equal scales: the identity line is at 45 degrees.
        scaleanchor: 'x',
        constrain: 'domain',
        constraintoward: 'top',
      },
      annotations: [panelTitle(title, '', colours)],
    },
    notes,
    plane: {
      count: ids.length,
      x: (row) => reference[row]!,
      y: (row) => predicted[row]!,
      panels: [['x', 'y']],
      density: sampled && input.rows === null ? colours.muted : null,
    },
    csv: () => csvText(['role', 'id', 'type', 'reference (eV)', 'predicted (eV)'], tableRows(drawn, training, input)),
  };
}

const NOTHING = 'no energies to compare with yet';

function statistics({ rows, rmse, maxAbsError }: Compared, rowsName: string, shown: number | null): string {
  const lines = [
    `RMSE ${formatMev(rmse)}`,
    `max |error| ${formatMev(maxAbsError)}`,
    `${formatCount(rows.length)} ${escapeText(rowsName)}`,
  ];
  if (shown !== null) lines.push(`${formatCount(shown)} of them shown`);
  return lines.join('<br>');
}

/** Lowest and highest of both energies with a margin, for both axes. */
function commonRange({ predicted, reference }: ParityInput, rows: readonly number[]): readonly [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    low = Math.min(low, predicted[row]!, reference[row]!);
    high = Math.max(high, predicted[row]!, reference[row]!);
  }
  if (low > high) return [-0.1, 0.1];
  const margin = 0.05 * (high - low) || 0.01;
  return [low - margin, high + margin];
}

function fewestOnTop(traces: readonly Trace[]): Trace[] {
  return traces.filter(({ x }) => x!.length > 0).sort((a, b) => b.x!.length - a.x!.length);
}

/** Drawn far beyond the axes, so that panning never shows its ends. */
function identityLine([low, high]: readonly [number, number], colours: PlotColours): Trace {
  const reach = 10 * (high - low);
  const ends = [low - reach, high + reach];
  return {
    type: 'scatter',
    mode: 'lines',
    x: ends,
    y: ends,
    line: { color: colours.axis, width: 1 },
    hoverinfo: 'skip',
    showlegend: false,
  };
}

function points(
  rows: Uint32Array,
  { predicted, reference, structureType, ids, sigma, colours }: Drawn,
  name: string,
  role: 'compared' | 'training',
  marker: NonNullable<Trace['marker']>,
): Trace {
  const text = (row: number) => {
    const type = STRUCTURE_TYPES[structureType[row]!]?.label ?? 'OTH';
    const lines = [
      `atom ${ids[row]}, ${type}${role === 'training' ? ', training atom' : ''}`,
      `reference ${formatEv(reference[row]!)}`,
      `predicted ${formatEv(predicted[row]!)}`,
      `error ${formatMev(predicted[row]! - reference[row]!)}`,
    ];
    if (sigma && Number.isFinite(sigma[row])) lines.push(`expected ± ${formatMev(sigma[row]!)}`);
    return lines.join('<br>');
  };
  return {
    type: 'scatter',
    mode: 'markers',
    name,
    // After the types in the legend, wherever it lies among them.
    ...(role === 'training' && { legendrank: 2000 }),
    x: Float64Array.from(rows, (row) => reference[row]!),
    y: Float64Array.from(rows, (row) => predicted[row]!),
    marker,
    customdata: Array.from(rows),
    text: Array.from(rows, text),
    hovertemplate: '%{text}<extra></extra>',
    ...(sigma &&
      role === 'compared' && {
        error_y: {
          type: 'data',
          array: Array.from(rows, (row) => (Number.isFinite(sigma[row]) ? sigma[row]! : null)),
          color: faded(colours.muted, 0.6),
          thickness: 1,
          width: 0,
        },
      }),
  };
}

function* tableRows(drawn: Uint32Array, training: Uint32Array, input: ParityInput) {
  const { predicted, reference, structureType, ids } = input;
  for (const [role, rows] of [['compared', drawn] as const, ['training', training] as const]) {
    for (const row of rows) {
      const type = STRUCTURE_TYPES[structureType[row]!]?.label ?? 'OTH';
      yield [role, ids[row]!, type, cell(reference[row]!), cell(predicted[row]!)];
    }
  }
}
