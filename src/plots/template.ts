import type { Layout, Template } from 'plotly.js-dist-min';
import { type Background, type StructurePaletteId, structureColour } from '#colours/byStructure.ts';
import { parseCssColour } from '#colours/rgb.ts';
import type { FigureAnnotation, FigureShape } from './figureSpec.ts';

/** Every colour that a plot may use, `#rrggbb`. */
export interface PlotColours {
  readonly paper: string;
  readonly text: string;
  readonly muted: string;
  readonly axis: string;
  readonly grid: string;
  /** Fill of the region where a number means nothing yet. */
  readonly shade: string;
  /** Symbols and lines that lie over the data: training points, the identity line. */
  readonly accent: string;
  /** Lines in order of strategy (Okabe and Ito 2008, lightened on dark): apart under every colour blindness. */
  readonly series: readonly string[];
  /** By structure code, the colours of the atoms. */
  readonly structure: readonly string[];
}

/** The page's own greys and accent (ui/theme.css): a figure that is written to a file has no style sheet. */
const NEUTRALS: Record<Background, Omit<PlotColours, 'structure'>> = {
  dark: {
    paper: '#1b1e22',
    text: '#e6e9ec',
    muted: '#8f979f',
    axis: '#6b737d',
    grid: '#2b3036',
    shade: '#262a30',
    accent: '#ff9e1b',
    series: ['#56b4e9', '#e69f00', '#009e73', '#cc79a7', '#f0e442', '#d55e00'],
  },
  light: {
    paper: '#ffffff',
    text: '#1c1f23',
    muted: '#4a5058',
    axis: '#858c94',
    grid: '#eceef0',
    shade: '#f1f2f4',
    accent: '#c8430d',
    series: ['#0072b2', '#b87f00', '#009e73', '#b85c8f', '#8a6d00', '#d55e00'],
  },
};

/** Colours of the plots on a dark or light page, with the atoms' palette; spread over to change single ones. */
export function plotColours(background: Background, palette: StructurePaletteId): PlotColours {
  return {
    ...NEUTRALS[background],
    structure: [0, 1, 2, 3, 4].map((code) => structureColour(palette, background, code)),
  };
}

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
export const FONT_SIZE = 13;
export const SMALL_SIZE = 11;
/** Points at which a trace is drawn, px; overlays are larger. */
export const POINT_SIZE = 4;

/** The one look of all plots: the page's font, thin axes on two sides, faint grid, the legend in a row above. */
export function plotTemplate(colours: PlotColours): Template {
  const axis = {
    showline: true,
    linewidth: 1,
    linecolor: colours.axis,
    gridcolor: colours.grid,
    gridwidth: 1,
    zeroline: false,
    ticks: 'outside' as const,
    ticklen: 4,
    tickcolor: colours.axis,
    tickfont: { size: 12, color: colours.muted },
    title: { standoff: 8, font: { size: FONT_SIZE, color: colours.text } },
    automargin: true,
    separatethousands: true,
  };
  return {
    layout: {
      font: { family: FONT, size: FONT_SIZE, color: colours.text },
      paper_bgcolor: colours.paper,
      plot_bgcolor: colours.paper,
      // Room for a row of legend above and a line of small print below.
      margin: { l: 56, r: 16, t: 44, b: 64 },
      xaxis: axis,
      yaxis: axis,
      hovermode: 'closest',
      hoverlabel: {
        align: 'left',
        bgcolor: colours.shade,
        bordercolor: colours.axis,
        font: { family: FONT, size: 12, color: colours.text },
      },
      legend: {
        orientation: 'h',
        x: 0,
        xanchor: 'left',
        // Anchored to the axes it would not move when a wider panel needs fewer rows (plotly 4.1.2).
        yref: 'container',
        y: 0.99,
        yanchor: 'top',
        font: { size: 12, color: colours.text },
        bgcolor: 'rgba(0,0,0,0)',
        itemsizing: 'constant',
      },
      // Across the top it would lie over the legend.
      modebar: { orientation: 'v', bgcolor: 'rgba(0,0,0,0)', color: colours.muted, activecolor: colours.text },
      bargap: 0,
      dragmode: 'pan',
    },
  };
}

/** What all layouts begin with. */
export function baseLayout(colours: PlotColours): Partial<Layout> {
  return { template: plotTemplate(colours), autosize: true };
}

/** Small print under the x axis of the lowest panel: what is sampled. */
export function footnote(text: string, colours: PlotColours): FigureAnnotation {
  return {
    text,
    xref: 'paper',
    yref: 'paper',
    // At the right end, because there is also room under the labels of the y axis.
    x: 1,
    xanchor: 'right',
    y: 0,
    yanchor: 'top',
    yshift: -46,
    align: 'right',
    showarrow: false,
    font: { size: SMALL_SIZE, color: colours.muted },
  };
}

/** What a low panel's y axis shows, upright in a line above it: along the axis it would be longer than the axis. */
export function headline(text: string, top: number, colours: PlotColours): FigureAnnotation {
  return {
    text,
    xref: 'paper',
    yref: 'paper',
    x: 0,
    xanchor: 'left',
    y: top,
    yanchor: 'bottom',
    showarrow: false,
    font: { size: FONT_SIZE, color: colours.text },
  };
}

/** Small print in the upper left corner of a panel. `axis` is '' for the first panel, '2' for the second. */
export function panelTitle(text: string, axis: '' | '2', colours: PlotColours): FigureAnnotation {
  return {
    text,
    xref: `x${axis} domain`,
    yref: `y${axis} domain`,
    x: 0,
    xanchor: 'left',
    xshift: 6,
    y: 1,
    yanchor: 'top',
    yshift: -4,
    align: 'left',
    showarrow: false,
    bgcolor: faded(colours.paper, 0.75),
    font: { size: 12, color: colours.text },
  } as FigureAnnotation;
}

/** Domains of two panels, the first above the second, as parts of the height. */
export const UPPER_HALF: [number, number] = [0.53, 1];
export const LOWER_HALF: [number, number] = [0, 0.47];

/** A colour `#rrggbb` with an opacity, as plotly takes it. */
export function faded(colour: string, opacity: number): string {
  return `rgba(${parseCssColour(colour).join(', ')}, ${opacity})`;
}

/** Grey over numbers of training atoms below the features of the model, in the panels named, with the reason in the lowest. */
export function tooFewAtoms(features: number, axes: readonly ('' | '2')[], colours: PlotColours) {
  const shapes = axes.map(
    (axis): FigureShape =>
      ({
        type: 'rect',
        xref: `x${axis}`,
        yref: `y${axis} domain`,
        x0: 0,
        x1: features,
        y0: 0,
        y1: 1,
        fillcolor: colours.shade,
        line: { width: 0 },
        layer: 'below',
      }) as FigureShape,
  );
  const axis = axes.at(-1)!;
  const reason = {
    text: `fewer atoms<br>than features<br>(n &lt; ${features})`,
    xref: `x${axis}`,
    yref: `y${axis} domain`,
    x: 0,
    xanchor: 'left',
    xshift: 4,
    y: 0,
    yanchor: 'bottom',
    yshift: 2,
    align: 'left',
    showarrow: false,
    font: { size: SMALL_SIZE, color: colours.muted },
  } as FigureAnnotation;
  return { shapes, annotations: [reason] };
}
