import { STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import type { CsvCell } from '#formats/csv/write.ts';
import { type EnergyReference, titleWithReference } from './energyReference.ts';
import { cell, csvText, type Drawing, type FigureSpec, type Trace } from './figureSpec.ts';
import { escapeText, formatCount, formatEv, formatMev } from './format.ts';
import { type Compared, compare, drawnRows, hasBoth } from './parityPoints.ts';
import { baseLayout, faded, LOWER_HALF, type PlotColours, POINT_SIZE, panelTitle, UPPER_HALF } from './template.ts';

/** What one model, or one strategy, predicts. */
export interface ParityPanel {
  /** Name of the strategy; '' for a panel without a title. */
  readonly title: string;
  /** [n] predicted energy of every atom, eV relative to bulk. */
  readonly predicted: Float32Array | Float64Array;
  /** Drawn in another symbol; not in the errors unless among the rows compared. */
  readonly trainingRows: ArrayLike<number>;
  /**
   * [n] standard deviation of a new observation, s sqrt(1 + x^T P x) in eV (METHOD 2), drawn as bars on the points
   * compared. Points where it is NaN have none.
   */
  readonly sigma?: Float32Array | Float64Array;
}

export interface ParityInput {
  /** One, or two drawn one above the other. */
  readonly panels: readonly ParityPanel[];
  /** [n] reference energy, eV relative to bulk; NaN where unknown. */
  readonly reference: Float32Array | Float64Array;
  /** Rows compared, over which the errors are taken; null for every atom with a reference. */
  readonly rows: ArrayLike<number> | null;
  /** What the rows are, in the plural: 'test atoms'. */
  readonly rowsName: string;
  /** Where the reference is from, named under its axis. */
  readonly source: EnergyReference;
  /** [n] structure codes. */
  readonly structureType: Uint8Array;
  /** [n]. */
  readonly ids: Uint32Array;
}

/** A panel with what takes all atoms to know. */
interface Counted extends ParityPanel {
  readonly compared: Compared;
  /** Rows in symbols of their own. */
  readonly training: Uint32Array;
  /** Rows drawn of the others, of so many. */
  readonly drawn: Uint32Array;
  readonly symbols: number;
}

/**
 * Predicted against reference energy (Fig. 4), with RMSE (Eq. 13) and max |error| (Eq. 14) inside. Yields now and
 * then.
 */
export function* parity(input: ParityInput): Generator<void, Drawing> {
  const counted: Counted[] = [];
  for (const panel of input.panels.slice(0, 2)) counted.push(yield* count(panel, input));
  return (colours) => draw(input, counted, colours);
}

function* count(panel: ParityPanel, { reference, rows, ids }: ParityInput): Generator<void, Counted> {
  const { predicted } = panel;
  const training = Uint32Array.from(panel.trainingRows).filter((row) => hasBoth(row, predicted, reference));
  const trained = new Set(training);
  const compared = compare(predicted, reference, rows);
  yield;
  const others = compared.rows.filter((row) => !trained.has(row));
  yield;
  const drawn = drawnRows(others, predicted, reference, ids);
  return { ...panel, compared, training, drawn, symbols: others.length };
}

function draw(input: ParityInput, panels: readonly Counted[], colours: PlotColours): FigureSpec {
  const { reference, ids, rowsName } = input;
  const two = panels.length === 2;
  const range = commonRange(reference, panels);
  const sampled = panels.some(({ drawn, symbols }) => drawn.length < symbols);
  const density = sampled && input.rows === null && !two;
  const referenceTitle = titleWithReference('Reference energy relative to bulk (eV)', input.source);
  const predictedTitle = { text: 'Predicted energy relative to bulk (eV)' };
  const axis = { range: [...range] as [number, number], constrain: 'domain' as const };

  return {
    data: panels.flatMap((panel, k) => panelTraces(panel, k, input, range, colours)),
    layout: {
      ...baseLayout(colours),
      uirevision: `${input.source.source},${rowsName},${two}`,
      xaxis: { ...axis, title: two ? { text: '' } : referenceTitle, showticklabels: !two },
      yaxis: {
        ...axis,
        title: predictedTitle,
        // Equal scales: the identity line is at 45 degrees.
        scaleanchor: 'x',
        constraintoward: two ? 'middle' : 'top',
        domain: two ? UPPER_HALF : [0, 1],
      },
      ...(two && {
        xaxis2: { ...axis, title: referenceTitle, matches: 'x', anchor: 'y2' },
        yaxis2: { ...axis, title: predictedTitle, scaleanchor: 'x2', domain: LOWER_HALF },
      }),
      annotations: panels.map((panel, k) => panelTitle(statisticsOf(panel, rowsName), k === 0 ? '' : '2', colours)),
    },
    notes: notesOf(input, panels, density),
    // What is marked lies where the first panel has it: two panels are of two models.
    ...(!two && {
      plane: {
        count: ids.length,
        x: (row: number) => reference[row]!,
        y: (row: number) => panels[0]!.predicted[row]!,
        panels: [['x', 'y'] as const],
        density: density ? colours.muted : null,
      },
    }),
    csv: () =>
      csvText(
        [...(two ? ['panel'] : []), 'role', 'id', 'type', 'reference (eV)', 'predicted (eV)'],
        panels.flatMap((panel) => tableRows(panel, input).map((row) => (two ? [panel.title, ...row] : row))),
      ),
  };
}

function notesOf({ rows, rowsName }: ParityInput, panels: readonly Counted[], density: boolean): string[] {
  const notes = panels.flatMap(({ title, drawn, symbols, compared }) => {
    const of = title ? `${title}: ` : '';
    const shown = `${of}Shown are ${formatCount(drawn.length)} of ${formatCount(symbols)} ${rowsName}, taken by a hash of the atom id; the largest errors are always among them, and RMSE and max |error| are over all.`;
    const missing = `${of}No energy to compare with yet: ${formatCount(compared.missing)} ${rowsName}.`;
    return [...(drawn.length < symbols ? [shown] : []), ...(compared.missing > 0 ? [missing] : [])];
  });
  if (density && rows === null) notes.splice(1, 0, 'The shade behind the points counts all atoms.');
  if (panels.some(({ sigma }) => sigma)) notes.push('Bars are one standard deviation of a new observation.');
  return notes;
}

function panelTraces(
  panel: Counted,
  index: number,
  input: ParityInput,
  range: readonly [number, number],
  colours: PlotColours,
): Trace[] {
  const { drawn, symbols, training } = panel;
  const byType = STRUCTURE_TYPES.map(({ code, label }) =>
    points(
      drawn.filter((row) => input.structureType[row] === code),
      panel,
      input,
      { name: label, role: 'compared', errorBars: faded(colours.muted, 0.6) },
      {
        color: colours.structure[code]!,
        size: drawn.length < symbols ? POINT_SIZE : POINT_SIZE + 2,
        opacity: 0.8,
      },
    ),
  );
  const trainingPoints = points(
    training,
    panel,
    input,
    { name: 'training', role: 'training' },
    { color: colours.accent, symbol: 'circle-open', size: 7, line: { width: 1.25 } },
  );
  const axis = index === 0 ? '' : '2';
  return [identityLine(range, colours), ...fewestOnTop([...byType, trainingPoints])].map(
    (trace) =>
      ({
        ...trace,
        xaxis: `x${axis}`,
        yaxis: `y${axis}`,
        ...(trace.name && { legendgroup: trace.name, showlegend: index === 0 }),
      }) as Trace,
  );
}

const NOTHING = 'no energies to compare with yet';

/** Small print of a panel: whose errors, and how large they are. */
function statisticsOf({ title, compared, drawn, symbols }: Counted, rowsName: string): string {
  const { rows, rmse, maxAbsError } = compared;
  if (rows.length === 0) return title ? `${escapeText(title)}<br>${NOTHING}` : NOTHING;
  const lines = [
    ...(title ? [escapeText(title)] : []),
    `RMSE ${formatMev(rmse)}`,
    `max |error| ${formatMev(maxAbsError)}`,
    `${formatCount(rows.length)} ${escapeText(rowsName)}`,
  ];
  if (drawn.length < symbols) lines.push(`${formatCount(drawn.length)} of them shown`);
  return lines.join('<br>');
}

/** Lowest and highest of both energies with a margin, for both axes of all panels. */
function commonRange(reference: ParityInput['reference'], panels: readonly Counted[]): readonly [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { predicted, drawn, training } of panels) {
    for (const row of [...drawn, ...training]) {
      low = Math.min(low, predicted[row]!, reference[row]!);
      high = Math.max(high, predicted[row]!, reference[row]!);
    }
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

interface PointsOf {
  readonly name: string;
  readonly role: 'compared' | 'training';
  /** Their colour, where there are any. */
  readonly errorBars?: string;
}

function points(
  rows: Uint32Array,
  { predicted, sigma }: ParityPanel,
  { reference, structureType, ids }: ParityInput,
  { name, role, errorBars }: PointsOf,
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
      errorBars && {
        error_y: {
          type: 'data',
          array: Array.from(rows, (row) => (Number.isFinite(sigma[row]) ? sigma[row]! : null)),
          color: errorBars,
          thickness: 1,
          width: 0,
        },
      }),
  };
}

function tableRows(
  { drawn, training, predicted }: Counted,
  { reference, structureType, ids }: ParityInput,
): CsvCell[][] {
  const of = (role: string, rows: Uint32Array) =>
    Array.from(rows, (row) => {
      const type = STRUCTURE_TYPES[structureType[row]!]?.label ?? 'OTH';
      return [role, ids[row]!, type, cell(reference[row]!), cell(predicted[row]!)];
    });
  return [...of('compared', drawn), ...of('training', training)];
}
