// Types only: plotly itself enters through plotly.ts.
import type { Annotation, BarData, Layout, ScatterData, Shape } from 'plotly.js-dist-min';
import { type CsvCell, writeCsv } from '#formats/csv/write.ts';
import type { PlotColours } from './template.ts';

/** Traces that stay vector graphics in an exported figure; WebGL ones would be a raster inside the SVG. */
export type Trace = Partial<ScatterData> | Partial<BarData>;
export type FigureAnnotation = Partial<Annotation>;
export type FigureShape = Partial<Shape>;

/** Where every atom lies on a figure, drawn or not. */
export interface AtomPlane {
  /** Number of atoms; rows run from 0. */
  readonly count: number;
  /** Coordinate of an atom along the x axes; NaN where it has none. */
  readonly x: (row: number) => number;
  /** Along the y axes; null where these count atoms. */
  readonly y: ((row: number) => number) | null;
  /** Names of the axes of each panel. */
  readonly panels: readonly (readonly [x: 'x' | 'x2', y: 'y' | 'y2'])[];
  /** Colour of the density of all atoms that lies behind the points; null where every atom is drawn. */
  readonly density: string | null;
}

/** A figure as plain data, ready to draw or to write down. */
export interface FigureSpec {
  readonly data: readonly Trace[];
  readonly layout: Partial<Layout>;
  /** Sentences for a caption: what was sampled, left out or cannot be told yet. */
  readonly notes: readonly string[];
  /** Only where points are atoms. */
  readonly plane?: AtomPlane;
  /** The numbers that are drawn, as a CSV table (RFC 4180); energies in eV. */
  csv(): string;
}

/** A figure with everything counted that takes long, to be drawn in any colours. */
export type Drawing = (colours: PlotColours) => FigureSpec;

/** A whole table as text. */
export function csvText(header: readonly string[], rows: Iterable<readonly CsvCell[]>): string {
  return Array.from(writeCsv(header, rows)).join('');
}

/** A missing value is an empty cell, never the word NaN. */
export function cell(value: number): CsvCell {
  return Number.isFinite(value) ? value : null;
}
