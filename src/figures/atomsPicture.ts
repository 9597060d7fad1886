import type { ColourTable } from '#colours/maps.ts';
import { scaleBarLabel, scaleBarLength } from '#render/geometry.ts';
import { axesSeen, type Pose } from '#render/pose.ts';
import type { Box } from './sheet.ts';
import { attributes, text } from './svg.ts';

/** What the colours of the atoms mean. */
export type FigureLegend =
  | { readonly kind: 'none'; readonly title: string }
  | {
      readonly kind: 'types';
      readonly entries: readonly { readonly label: string; readonly colour: string; readonly count: number }[];
    }
  | {
      readonly kind: 'range';
      readonly title: string;
      readonly scale: {
        readonly table: ColourTable;
        readonly below: string;
        readonly above: string;
        readonly counts: { readonly below: number; readonly above: number; readonly missing: number };
      };
      /** `at` from 0 to 1. */
      readonly ticks: readonly { readonly at: number; readonly text: string }[];
    };

/** A picture of atoms, as it was taken. */
export interface AtomsPicture {
  readonly pose: Pose;
  /** Rays are not parallel: lengths are not the same everywhere, and there is no scale bar. */
  readonly perspective: boolean;
  readonly legend: FigureLegend;
  /** Colour of atoms without a value. */
  readonly missing: string;
}

const INK = '#1c1f23';
/** Width of a character in ems, on average and a little more: words are laid out before any font is at hand. */
const EM = 0.58;

/** Room that the legend takes below the picture, CSS pixels; `size` is that of the words. */
export function legendHeight(legend: FigureLegend, width: number, size: number): number {
  if (legend.kind === 'none') return 0;
  if (legend.kind === 'types') return (rowsOf(legend.entries, width, size).length + 0.6) * 1.5 * size;
  return (beyond(legend, '').length > 0 ? 6 : 4.4) * size;
}

/** Axes and scale bar, which lie over the picture, and the legend below. `height` is that of the whole. */
export function atomsSvg(
  picture: AtomsPicture,
  { width, height }: Pick<Box, 'width' | 'height'>,
  size: number,
): string {
  const { pose, perspective, legend } = picture;
  const high = height - legendHeight(legend, width, size);
  const bar = perspective ? '' : scaleBar(pose.height / high, width, high, size);
  return `${axes(pose, high, size)}${bar}<g transform="translate(0 ${high})">${legendSvg(picture, width, size)}</g>`;
}

function axes(pose: Pose, high: number, size: number): string {
  const length = 2.2 * size;
  const [x0, y0] = [1.4 * length, high - 1.4 * length];
  return axesSeen(pose)
    .map(({ name, tip }) => {
      const [x, y] = [x0 + length * tip[0], y0 - length * tip[1]];
      const flat = Math.hypot(tip[0], tip[1]);
      // An axis that points at the viewer has no length: its letter steps aside.
      const out = flat > 0.15 ? (length * flat + 0.7 * size) / flat : 0;
      const at = {
        x: x0 + (out ? out * tip[0] : -0.7 * size),
        y: y0 - (out ? out * tip[1] : -0.7 * size) + 0.35 * size,
      };
      const line = { x1: x0, y1: y0, x2: x, y2: y, 'stroke-linecap': 'round' };
      return `${halo('line', line)}${words(name, { ...at, 'font-size': size, 'text-anchor': 'middle' })}`;
    })
    .join('');
}

function scaleBar(angstromPerPixel: number, width: number, high: number, size: number): string {
  const length = scaleBarLength(1 / angstromPerPixel, 0.4 * width);
  const half = length / angstromPerPixel / 2;
  const [middle, bottom, tick] = [width / 2, high - 0.8 * size, 0.35 * size];
  const d = `M${middle - half},${bottom - tick}V${bottom}H${middle + half}V${bottom - tick}`;
  const label = { x: middle, y: bottom - 0.6 * size, 'font-size': size, 'text-anchor': 'middle' };
  return `${halo('path', { d, fill: 'none' })}${words(scaleBarLabel(length), label)}`;
}

/** Strokes that read on any atoms: drawn once wide in white, then thin. */
function halo(element: 'line' | 'path', shape: Readonly<Record<string, string | number>>): string {
  const stroke = (colour: string, width: number) =>
    `<${element}${attributes({ ...shape, stroke: colour, 'stroke-width': width, 'stroke-linejoin': 'round' })}/>`;
  return stroke('#ffffff', 3.5) + stroke(INK, 1.25);
}

function words(label: string, values: Readonly<Record<string, string | number>>): string {
  const behind = { ...values, fill: '#ffffff', stroke: '#ffffff', 'stroke-width': 3, 'stroke-linejoin': 'round' };
  return text(label, behind) + text(label, { ...values, fill: INK });
}

function legendSvg({ legend, missing }: AtomsPicture, width: number, size: number): string {
  if (legend.kind === 'none') return '';
  if (legend.kind === 'types') return typesSvg(legend.entries, width, size);
  const { title, scale, ticks } = legend;
  const long = 0.7 * width;
  const left = (width - long) / 2;
  const top = 1.6 * size;
  const middle = { 'text-anchor': 'middle', 'font-size': size, fill: INK };
  return [
    text(title, { x: width / 2, y: 1.15 * size, ...middle }),
    ...bar(scale.table, left, top, long, 0.8 * size),
    ...ticks.flatMap(({ at, text: number }) => [
      `<rect${attributes({ x: left + at * long - 0.4, y: top + 0.8 * size, width: 0.8, height: 0.3 * size, fill: INK })}/>`,
      text(number, { x: left + at * long, y: top + 2.1 * size, ...middle }),
    ]),
    ...entriesSvg([beyond(legend, missing)], width, size, top + 3.5 * size),
  ].join('');
}

/** Steps of one colour, as the table has them; they overlap a little, so that no seam shows. */
function bar(table: ColourTable, left: number, top: number, long: number, high: number): string[] {
  const steps = Math.min(64, table.length / 3);
  return Array.from({ length: steps }, (_, k) => {
    const row = Math.round((k / (steps - 1)) * (table.length / 3 - 1));
    const fill = `rgb(${table[3 * row]},${table[3 * row + 1]},${table[3 * row + 2]})`;
    const x = left + (long * k) / steps;
    const width = Math.min(long / steps + 0.5, left + long - x);
    return `<rect${attributes({ x, y: top, width, height: high, fill })}/>`;
  });
}

interface Entry {
  readonly colour: string;
  readonly label: string;
}

/** What the bar cannot show, where there is such. */
function beyond({ scale }: Extract<FigureLegend, { kind: 'range' }>, missing: string): Entry[] {
  const { below, above, counts } = scale;
  return [
    { colour: below, label: `${counts.below.toLocaleString('en-GB')} atoms below`, atoms: counts.below },
    { colour: above, label: `${counts.above.toLocaleString('en-GB')} above`, atoms: counts.above },
    { colour: missing, label: `${counts.missing.toLocaleString('en-GB')} without a value`, atoms: counts.missing },
  ].filter(({ atoms }) => atoms > 0);
}

function typesSvg(entries: Extract<FigureLegend, { kind: 'types' }>['entries'], width: number, size: number): string {
  return entriesSvg(rowsOf(entries, width, size), width, size, 1.4 * size).join('');
}

/** Rows of entries that fit side by side. */
function rowsOf<E extends Entry>(entries: readonly E[], width: number, size: number): E[][] {
  const rows: E[][] = [[]];
  let used = 0;
  for (const entry of entries) {
    const wide = widthOf(entry, size);
    if (used > 0 && used + wide > width) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)!.push(entry);
    used += wide;
  }
  return rows;
}

function widthOf({ label }: Entry, size: number): number {
  return (1.3 + EM * label.length + 1.1) * size;
}

/** Discs and what they mean, each row in the middle. */
function entriesSvg(rows: readonly (readonly Entry[])[], width: number, size: number, top: number): string[] {
  return rows.flatMap((row, k) => {
    const y = top + 1.5 * size * k;
    let x = Math.max(0, (width - row.reduce((sum, entry) => sum + widthOf(entry, size), 0) + 1.1 * size) / 2);
    return row.flatMap((entry) => {
      const from = x;
      x += widthOf(entry, size);
      return [
        `<circle${attributes({ cx: from + 0.45 * size, cy: y - 0.35 * size, r: 0.42 * size, fill: entry.colour })}/>`,
        text(entry.label, { x: from + 1.2 * size, y, 'font-size': size, fill: INK }),
      ];
    });
  });
}
