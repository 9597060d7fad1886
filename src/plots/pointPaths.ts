import type { FigureShape, FigureSpec, Trace } from './figureSpec.ts';

/** Fewer points than this are drawn as plotly draws them, one element each. */
const FEW = 200;

/** Plotly's dot where nothing is said, px. */
const DOT_SIZE = 6;

type Numbers = ArrayLike<number>;
type Scatter = Extract<Trace, { mode?: unknown }> & { readonly marker: NonNullable<Trace['marker']> };

/**
 * The same figure with crowds of dots drawn as one path each: a browser lays out thousands of elements in half a second,
 * one path at once. A dot is a line of no length with round ends, so that it keeps its size under zoom; ends are round
 * by `ROUND_ENDS`. For the hand each point is still there (a trace that draws nothing), and so is the legend's entry.
 * @param onPaper No hand points at anything; only what has to make room for its points, where ranges are not given, stays.
 */
export function withPointPaths(figure: FigureSpec, onPaper = false): Pick<FigureSpec, 'data' | 'layout'> {
  const { xaxis, yaxis } = figure.layout;
  const pointless = onPaper && xaxis?.range && yaxis?.range;
  const shapes: FigureShape[] = [];
  const data = figure.data.flatMap((trace) => {
    if (!isCrowd(trace)) return [trace];
    const { marker, legendgroup = trace.name ?? '', ...rest } = trace;
    const { error_y: _, ...pointed } = rest;
    shapes.push(...barsOf(trace, legendgroup), ...dotsOf(trace, legendgroup));
    return [
      { ...pointed, marker, legendgroup, x: [null], y: [null], customdata: [], text: [], hoverinfo: 'skip' } as Trace,
      ...(pointless ? [] : [{ ...pointed, mode: 'none', legendgroup, showlegend: false } as Trace]),
    ];
  });
  return { data, layout: { ...figure.layout, shapes: [...(figure.layout.shapes ?? []), ...shapes] } };
}

/** Legend groups that are switched off: plotly hides their traces, and their paths are to follow. */
export function hiddenGroups(data: readonly Trace[]): ReadonlySet<string> {
  return new Set(
    data.flatMap(({ visible, legendgroup }) => (visible === 'legendonly' && legendgroup ? [legendgroup] : [])),
  );
}

/** Selects the paths of points in a drawn figure; they are dots only with round ends. */
export const POINT_PATHS = '.shapelayer path[d*="L"]';
export const ROUND_ENDS = 'stroke-linecap';

/** A dot as part of a path: a line of no length, by `ROUND_ENDS`. */
export function dotAt(x: number, y: number): string {
  return `M${x},${y}L${x},${y}`;
}

function isCrowd(trace: Trace): trace is Scatter {
  if (trace.type !== 'scatter' || !('mode' in trace) || trace.mode !== 'markers' || !trace.marker) return false;
  const { symbol = 'circle', size = DOT_SIZE } = trace.marker;
  return symbol === 'circle' && typeof size === 'number' && (trace.x?.length ?? 0) >= FEW;
}

function dotsOf(trace: Scatter, name: string): FigureShape[] {
  const { color, size, opacity = 1 } = trace.marker;
  const x = trace.x as Numbers;
  const y = trace.y as Numbers;
  const paths = new Map<string, string[]>();
  for (let k = 0; k < x.length; k++) {
    if (!Number.isFinite(x[k]) || !Number.isFinite(y[k])) continue;
    const colour = String(Array.isArray(color) ? color[k] : color);
    const path = paths.get(colour) ?? [];
    paths.set(colour, path);
    path.push(dotAt(x[k]!, y[k]!));
  }
  return Array.from(paths, ([colour, path]) =>
    pathShape(trace, name, path, {
      colour,
      width: (size as number | undefined) ?? DOT_SIZE,
      opacity: opacity as number,
    }),
  );
}

/** One standard deviation up and down, all of a trace in one path. */
function barsOf(trace: Scatter, name: string): FigureShape[] {
  const bars =
    'error_y' in trace
      ? (trace.error_y as { array?: ArrayLike<number | null>; color?: string; thickness?: number })
      : null;
  if (!bars?.array) return [];
  const x = trace.x as Numbers;
  const y = trace.y as Numbers;
  const path: string[] = [];
  for (let k = 0; k < x.length; k++) {
    const half = bars.array[k];
    if (half != null) path.push(`M${x[k]},${y[k]! - half}L${x[k]},${y[k]! + half}`);
  }
  return [pathShape(trace, name, path, { colour: bars.color ?? '', width: bars.thickness ?? 1, opacity: 1 })];
}

interface Stroke {
  readonly colour: string;
  readonly width: number;
  readonly opacity: number;
}

function pathShape(
  trace: Scatter,
  name: string,
  path: readonly string[],
  { colour, width, opacity }: Stroke,
): FigureShape {
  return {
    type: 'path',
    name,
    path: path.join(''),
    xref: trace.xaxis ?? 'x',
    yref: trace.yaxis ?? 'y',
    // Over the grid, and under all that has a symbol of its own.
    layer: 'between',
    opacity,
    line: { color: colour, width },
  } as FigureShape;
}
