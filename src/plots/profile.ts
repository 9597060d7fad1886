import type { ProfileBins } from '#kernels/profile/binProfile.ts';
import { binEdges } from './binEdges.ts';
import { cell, csvText, type FigureSpec, type Trace } from './figureSpec.ts';
import { escapeText, formatCount, formatMagnitude, signed } from './format.ts';
import { baseLayout, faded, headline, type PlotColours, panelTitle } from './template.ts';

export interface ProfileFigureInput {
  readonly bins: ProfileBins;
  /** "Predicted energy" and its unit, '' where it has none. */
  readonly quantity: string;
  readonly unit: string;
  /** "Distance along z", always in Å. */
  readonly along: string;
  /** Whether the least and the largest value of each bin are drawn. */
  readonly withRange: boolean;
  /** What else a caption has to say: what the direction is measured from, what is left out. */
  readonly remarks: readonly string[];
  readonly colours: PlotColours;
}

/** Room of the means above that of the atoms, as parts of the height; each has its title in a line above it. */
const MEANS: [number, number] = [0.4, 1];
const ATOMS: [number, number] = [0, 0.24];

/** A value against a distance: means over bins with their standard error, above the number of atoms in each. */
export function profile(input: ProfileFigureInput): FigureSpec {
  const { bins, colours, along, withRange } = input;
  const title = escapeText(titleOf(input));
  const count = bins.atoms.length;
  const last = bins.first + count * bins.width;
  const total = sum(bins.atoms);
  const empty = bins.atoms.reduce((n, atoms) => n + (atoms === 0 ? 1 : 0), 0);
  const missing = total - sum(bins.valued);
  const margin = 0.01 * (last - bins.first);
  const range: [number, number] = [bins.first - margin, last + margin];
  return {
    data: [...(withRange ? [edge(bins, 'most', colours), edge(bins, 'least', colours)] : []), band(bins, colours)]
      .concat([means(input), atomBars(bins, colours)])
      .filter(({ x }) => x!.length > 0),
    layout: {
      ...baseLayout(colours),
      uirevision: `${title},${bins.first},${last},${withRange}`,
      showlegend: withRange,
      // The headline, below the legend where there is one; no small print below.
      margin: { l: 56, r: 16, t: withRange ? 58 : 26, b: 48 },
      xaxis: { range, showticklabels: false },
      xaxis2: { range, matches: 'x', anchor: 'y2', title: { text: `${escapeText(along)} (Å)` } },
      yaxis: { domain: MEANS },
      yaxis2: { domain: ATOMS, rangemode: 'tozero', nticks: 3 },
      annotations: [
        headline(title, MEANS[1], colours),
        headline('Atoms', ATOMS[1], colours),
        ...(total > missing ? [] : [panelTitle('no atom has a value', '', colours)]),
      ],
    },
    notes: [
      `${formatCount(count)} bins of ${width(bins)} Å hold ${formatCount(total)} atoms; the band is one standard error of the mean, as if the atoms of a bin were independent.`,
      ...(empty > 0 ? [`Bins without an atom: ${formatCount(empty)}.`] : []),
      ...(missing > 0 ? [`Atoms without a value, which count in no mean: ${formatCount(missing)}.`] : []),
      ...(bins.unplaced > 0 ? [`Atoms without a distance, which are in no bin: ${formatCount(bins.unplaced)}.`] : []),
      ...input.remarks,
    ],
    csv: () => csvOf(input),
  };
}

function titleOf({ quantity, unit }: ProfileFigureInput): string {
  return unit ? `${quantity} (${unit})` : quantity;
}

function sum(counts: Uint32Array): number {
  return counts.reduce((total, atoms) => total + atoms, 0);
}

function width(bins: ProfileBins): string {
  return String(Number(bins.width.toPrecision(4)));
}

function middleOf(bins: ProfileBins, bin: number): number {
  return bins.first + (bin + 0.5) * bins.width;
}

/** Plotly leaves a gap at null: an empty bin is no zero. */
function gaps(values: Float64Array): (number | null)[] {
  return Array.from(values, (value) => (Number.isFinite(value) ? value : null));
}

function means({ bins, colours, quantity, unit }: ProfileFigureInput): Trace {
  const value = (x: number) => `${formatMagnitude(x)}${unit && ` ${escapeText(unit)}`}`;
  return {
    type: 'scatter',
    name: 'mean',
    mode: bins.atoms.length > 150 ? 'lines' : 'lines+markers',
    x: Array.from(bins.mean, (_, bin) => middleOf(bins, bin)),
    y: gaps(bins.mean),
    line: { color: colours.series[0]!, width: 1.75 },
    marker: { color: colours.series[0]!, size: 4 },
    text: Array.from(bins.mean, (mean, bin) => {
      const [from, to] = binEdges(bins, bin);
      const error = bins.standardError[bin]!;
      const spread = Number.isFinite(error) ? ` ± ${value(error)}` : '';
      const range = `<br>from ${value(bins.least[bin]!)} to ${value(bins.most[bin]!)}`;
      return `${signed(from, 2)} to ${signed(to, 2)} Å: ${formatCount(bins.valued[bin]!)} atoms<br>${escapeText(quantity)} ${value(mean)}${spread}${range}`;
    }),
    hovertemplate: '%{text}<extra></extra>',
  };
}

/** One closed outline a run of bins that have an error: filled to the next line, a gap would be filled too. */
function band(bins: ProfileBins, colours: PlotColours): Trace {
  const x: (number | null)[] = [];
  const y: (number | null)[] = [];
  const { mean, standardError } = bins;
  for (let from = 0; from < mean.length; from++) {
    if (!Number.isFinite(standardError[from]!)) continue;
    let to = from;
    while (Number.isFinite(standardError[to + 1] ?? Number.NaN)) to++;
    const run = Array.from({ length: to - from + 1 }, (_, k) => from + k);
    const back = run.toReversed();
    x.push(...run.map((bin) => middleOf(bins, bin)), ...back.map((bin) => middleOf(bins, bin)), null);
    y.push(...run.map((bin) => mean[bin]! + standardError[bin]!));
    y.push(...back.map((bin) => mean[bin]! - standardError[bin]!), null);
    from = to;
  }
  return {
    type: 'scatter',
    name: 'standard error',
    mode: 'lines',
    x,
    y,
    line: { width: 0 },
    fill: 'toself',
    fillcolor: faded(colours.series[0]!, 0.25),
    hoverinfo: 'skip',
  };
}

function edge(bins: ProfileBins, which: 'least' | 'most', colours: PlotColours): Trace {
  return {
    type: 'scatter',
    name: which === 'least' ? 'least' : 'largest',
    mode: 'lines',
    x: Array.from(bins[which], (_, bin) => middleOf(bins, bin)),
    y: gaps(bins[which]),
    line: { color: colours.muted, width: 1, dash: which === 'least' ? 'dot' : 'dash' },
    hoverinfo: 'skip',
  };
}

function atomBars(bins: ProfileBins, colours: PlotColours): Trace {
  return {
    type: 'bar',
    name: 'atoms',
    showlegend: false,
    xaxis: 'x2',
    yaxis: 'y2',
    x: Array.from(bins.atoms, (_, bin) => middleOf(bins, bin)),
    y: bins.atoms,
    width: bins.width,
    marker: { color: colours.axis, line: { width: 0 } },
    hovertemplate: '%{y:,} atoms<extra></extra>',
  };
}

function csvOf(input: ProfileFigureInput): string {
  const { bins } = input;
  const unit = input.unit ? ` (${input.unit})` : '';
  return csvText(
    [
      'from (Å)',
      'to (Å)',
      'atoms',
      'atoms with a value',
      `mean${unit}`,
      `standard error${unit}`,
      `least${unit}`,
      `largest${unit}`,
    ],
    Array.from(bins.atoms, (atoms, bin) => [
      ...binEdges(bins, bin),
      atoms,
      bins.valued[bin]!,
      ...[bins.mean, bins.standardError, bins.least, bins.most].map((column) => cell(column[bin]!)),
    ]),
  );
}
