import { STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { binEdges } from './binEdges.ts';
import { binEnergies, type EnergyBins } from './energyBins.ts';
import { type EnergyReference, titleWithReference } from './energyReference.ts';
import { csvText, type Drawing, type FigureSpec, type Trace } from './figureSpec.ts';
import { formatCount, formatEv, signed } from './format.ts';
import { logTicks } from './logTicks.ts';
import { baseLayout, type PlotColours, panelTitle } from './template.ts';

export interface EnergyHistogramInput {
  /** [n] predicted energy, eV relative to bulk. */
  readonly energy: Float32Array | Float64Array;
  /** [n] structure codes. */
  readonly structureType: Uint8Array;
  /**
   * Counts on a logarithmic axis, one outline a type; the heights of a stack would mean nothing there. Otherwise
   * stacked bars.
   */
  readonly logCounts: boolean;
  /** Where the energies behind it are from. */
  readonly source?: EnergyReference | undefined;
}

/** Distribution of the predicted energies by structure type (Fig. 7). Yields now and then. */
export function* energyHistogram(input: EnergyHistogramInput): Generator<void, Drawing> {
  const bins = yield* binEnergies(input.energy, input.structureType);
  return (colours) => draw(input, bins, colours);
}

function draw({ energy, logCounts, source }: EnergyHistogramInput, bins: EnergyBins, colours: PlotColours): FigureSpec {
  const total = (code: number) => bins.counts[code]!.reduce((sum, count) => sum + count, 0);
  // The rarest type at the bottom of the stack, where it can be seen, and the last, on top, among the outlines.
  const types = STRUCTURE_TYPES.filter(({ code }) => total(code) > 0).sort((a, b) =>
    logCounts ? total(b.code) - total(a.code) : total(a.code) - total(b.code),
  );
  const highest = Math.max(1, ...bins.counts.map((counts) => counts.reduce((a, b) => Math.max(a, b), 0)));
  const trace = logCounts ? outline : bars;

  return {
    data: types.map(({ code, label }) => trace(label, bins.counts[code]!, bins, colours.structure[code]!)),
    layout: {
      ...baseLayout(colours),
      uirevision: `${logCounts},${bins.first},${bins.width}`,
      barmode: 'stack',
      xaxis: {
        title: titleWithReference('Predicted energy relative to bulk (eV)', source),
        range: rangeWithMargin(bins),
      },
      yaxis: {
        title: { text: `Atoms in ${formatWidth(bins.width)}` },
        ...(logCounts
          ? { ...logTicks([1, highest]), range: [Math.log10(0.8), Math.log10(1.6 * highest)] }
          : { rangemode: 'tozero' }),
      },
      annotations: types.length > 0 ? [] : [panelTitle('no predicted energies yet', '', colours)],
    },
    notes: [
      `Energies of ${formatCount(energy.length - bins.missing)} atoms relative to bulk, counted in bins of ${formatWidth(bins.width)}.`,
      ...(bins.missing > 0 ? [`Atoms without a predicted energy: ${formatCount(bins.missing)}.`] : []),
    ],
    plane: { count: energy.length, x: (row) => energy[row]!, y: null, panels: [['x', 'y']], density: null },
    csv: () =>
      csvText(
        ['from (eV)', 'to (eV)', ...types.map(({ label }) => `${label} (atoms)`)],
        edges(bins).map(([from, to], k) => [from, to, ...types.map(({ code }) => bins.counts[code]![k]!)]),
      ),
  };
}

function rangeWithMargin({ first, width, counts }: EnergyBins): [number, number] {
  return [first - width, first + (counts[0]!.length + 1) * width];
}

function bars(label: string, counts: Uint32Array, bins: EnergyBins, colour: string): Trace {
  return {
    type: 'bar',
    name: label,
    x: edges(bins).map(([from, to]) => (from + to) / 2),
    y: counts,
    width: bins.width,
    marker: { color: colour, line: { width: 0 } },
    hovertext: hoverTexts(label, counts, bins),
    hovertemplate: '%{hovertext}<extra></extra>',
  };
}

function outline(label: string, counts: Uint32Array, bins: EnergyBins, colour: string): Trace {
  const last = bins.first + counts.length * bins.width;
  return {
    type: 'scatter',
    mode: 'lines',
    name: label,
    x: [bins.first, ...edges(bins).map(([from]) => from), last],
    // A logarithm has no zero: an empty bin takes the line below the axis, which ends at 0.8 atoms.
    y: [0.1, ...Array.from(counts, (count) => count || 0.1), 0.1],
    line: { color: colour, width: 1.5, shape: 'hv' },
    hovertext: ['', ...hoverTexts(label, counts, bins), ''],
    hovertemplate: '%{hovertext}<extra></extra>',
  };
}

function hoverTexts(label: string, counts: Uint32Array, bins: EnergyBins): string[] {
  return edges(bins).map(
    ([from, to], k) => `${signed(from, 3)} to ${formatEv(to)}<br>${label}: ${formatCount(counts[k]!)} atoms`,
  );
}

/** Lower and upper edge of each bin, eV. */
function edges(bins: EnergyBins): [number, number][] {
  return Array.from(bins.counts[0]!, (_, bin) => binEdges(bins, bin));
}

function formatWidth(width: number): string {
  return `${Number((1000 * width).toPrecision(3))} meV`;
}
