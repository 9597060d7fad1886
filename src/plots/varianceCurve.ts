import { cell, csvText, type FigureSpec } from './figureSpec.ts';
import { formatCount, formatMagnitude, signed } from './format.ts';
import { logTicks } from './logTicks.ts';
import { baseLayout, type PlotColours, panelTitle, tooFewAtoms } from './template.ts';

/** Picks over which the gain of going on is told. */
const LOOK_BACK = 10;

export interface VarianceCurveInput {
  /** Total variance over all atoms after each pick (Eq. 10), in units of the noise variance. */
  readonly totalVariance: ArrayLike<number>;
  /** Atoms in the total. */
  readonly atoms: number;
  /** Atoms that trained before the first pick. */
  readonly given: number;
  /** Features of the linear model, d + 1 with the constant. */
  readonly features: number;
  readonly colours: PlotColours;
}

/**
 * Expected variance of a prediction against the number of training atoms: when to stop, before any energy exists.
 * Below as many atoms as features it leaves out the bias and tells nothing (METHOD 3): greyed, without advice.
 */
export function varianceCurve({ totalVariance, atoms, given, features, colours }: VarianceCurveInput): FigureSpec {
  const variance = Array.from(totalVariance, (total) => total / atoms);
  const n = variance.map((_, pick) => given + pick + 1);
  const grey = given + 1 < features ? tooFewAtoms(features, [''], colours) : { shapes: [], annotations: [] };
  const advice = stopAdvice(variance, n, features);
  const lastN = n.at(-1) ?? features;

  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines',
        name: 'expected variance',
        showlegend: false,
        x: n,
        y: variance.map((value) => (value > 0 ? value : null)),
        line: { color: colours.series[0]!, width: 1.75 },
        text: variance.map(
          (value, k) =>
            `${formatCount(n[k]!)} training atoms<br>mean variance ${formatMagnitude(value)} × noise variance<br>standard deviation ${formatMagnitude(Math.sqrt(value))} × noise`,
        ),
        hovertemplate: '%{text}<extra></extra>',
      },
    ],
    layout: {
      ...baseLayout(colours),
      uirevision: `${lastN},${features}`,
      xaxis: { title: { text: 'Training atoms' }, range: [0, 1.03 * lastN] },
      yaxis: { title: { text: 'Mean variance / noise variance' }, ...logTicks(variance) },
      shapes: grey.shapes,
      annotations: advice
        ? [
            ...grey.annotations,
            // Above the axes, in the room of the legend that this figure lacks: inside it would lie on the curve.
            { ...panelTitle(advice.lines.join('<br>'), '', colours), xshift: 0, yanchor: 'bottom', yshift: 4 },
          ]
        : grey.annotations,
    },
    notes: [
      `Mean over ${formatCount(atoms)} atoms, in units of the noise variance that the energies will tell.`,
      ...(advice
        ? [advice.sentence]
        : [
            `Advice on stopping starts once there are ${formatCount(features)} training atoms, as many as the model has features.`,
          ]),
    ],
    csv: () =>
      csvText(
        ['training atoms', 'mean variance (noise variances)'],
        n.map((count, k) => [count, cell(variance[k]!)]),
      ),
  };
}

/** What the last picks gained; null where the total is no error estimate yet at their beginning. */
function stopAdvice(variance: readonly number[], n: readonly number[], features: number) {
  const last = variance.length - 1;
  const before = last - LOOK_BACK;
  if (before < 0 || n[before]! < features) return null;
  const fall = 1 - Math.sqrt(variance[last]! / variance[before]!);
  // "0.338 s" would be read as a time.
  const deviation = `${formatMagnitude(Math.sqrt(variance[last]!))} × noise`;
  const percent = `${signed(100 * fall, 1)} %`;
  return {
    lines: [`n = ${formatCount(n[last]!)}: expected error ${deviation}`, `last ${LOOK_BACK} picks: ${percent} lower`],
    sentence: `At ${formatCount(n[last]!)} training atoms the expected error is ${deviation}; the last ${LOOK_BACK} picks lowered it by ${percent}.`,
  };
}
