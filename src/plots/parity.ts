import { STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { cell, csvText, type FigureSpec, type Trace } from './figureSpec.ts';
import { escapeText, formatCount, formatEv, formatMev, shorten } from './format.ts';
import { type Compared, compare, drawnRows, hasBoth } from './parityPoints.ts';
import { baseLayout, faded, footnote, POINT_SIZE, type PlotColours, panelTitle, SMALL_SIZE } from './template.ts';

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
  /** [n] structure codes. */
  readonly structureType: Uint8Array;
  /** [n]. */
  readonly ids: Uint32Array;
  /**
   * Bars of one standard deviation of a new observation, sqrt(sigma^2 + s^2) (METHOD 2), from the standard deviation
   * sigma of the mean prediction, [n] in eV, and the noise variance s^2 in eV^2. Points where it is NaN have none.
   */
  readonly errorBars?: { readonly sigma: Float32Array | Float64Array; readonly noiseVariance: number };
  readonly colours: PlotColours;
}

/** Predicted against reference energy (Fig. 4), with RMSE (Eq. 13) and max |error| (Eq. 14) inside. */
export function parity(input: ParityInput): FigureSpec {
  const { predicted, reference, ids, colours, rowsName } = input;
  const training = Uint32Array.from(input.trainingRows).filter((row) => hasBoth(row, predicted, reference));
  const compared = compare(predicted, reference, input.rows);
  const drawn = drawnRows(compared, predicted, reference, ids, new Set(training));
  const range = commonRange(input, [...drawn, ...training]);

  const notes: string[] = [];
  if (drawn.length < compared.rows.length) {
    notes.push(
      `Shown are ${formatCount(drawn.length)} of ${formatCount(compared.rows.length)} ${rowsName}, taken by a hash of the atom id; those with the largest errors are always shown, and the errors are over all.`,
    );
  }
  if (compared.missing > 0) {
    notes.push(`${formatCount(compared.missing)} ${rowsName} have no energy to compare with yet.`);
  }
  if (input.errorBars) notes.push('Bars are one standard deviation of a new observation.');

  return {
    data: [
      identityLine(range, colours),
      points(drawn, input, rowsName, { color: testColour(drawn, input), size: POINT_SIZE + 1, opacity: 0.8 }),
      points(training, input, 'training', {
        color: colours.accent,
        symbol: 'circle-open',
        size: 7,
        line: { width: 1.25 },
      }),
    ].filter((trace) => trace.x!.length > 0),
    layout: {
      ...baseLayout(colours),
      uirevision: `${input.referenceSource},${rowsName}`,
      xaxis: {
        range: [...range],
        title: {
          text: `Reference energy relative to bulk (eV)<br><span style="font-size:${SMALL_SIZE}px">${escapeText(shorten(input.referenceSource, 48))}</span>`,
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
      annotations: [panelTitle(statistics(compared, rowsName), '', colours)],
    },
    notes,
    csv: () => csvText(['role', 'id', 'type', 'reference (eV)', 'predicted (eV)'], tableRows(drawn, training, input)),
  };
}
