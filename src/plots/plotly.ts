import type { Config, Data, Layout, LayoutImage } from 'plotly.js-dist-min';
import { nextTurn } from '#data/background.ts';
import type { Range } from './density.ts';
import { densityImages } from './densityImage.ts';
import type { FigureSpec } from './figureSpec.ts';
import { POINT_PATHS, ROUND_ENDS, withPointPaths } from './pointPaths.ts';
import { restBetweenSteps } from './restBetweenSteps.ts';

export type Plotly = typeof import('plotly.js-dist-min').default;

/** Plotly is 5 MB: fetched and evaluated once, when the page is idle or with the first figure. */
let loading: Promise<Plotly> | undefined;
export async function loadPlotly(): Promise<Plotly> {
  try {
    loading ??= import('plotly.js-dist-min').then((module) => module.default);
    return await loading;
  } catch (error) {
    // The next figure tries again.
    loading = undefined;
    throw new Error('its drawing library could not be loaded; check the connection and reload the page', {
      cause: error,
    });
  }
}

/** Plotly fades what is not inside an outline; here those inside are marked, in every plot alike. */
const AS_BEFORE = { marker: { opacity: 1 } };

/** Copies, because plotly writes ranges and defaults into what it is given. */
export function forPlotly(figure: FigureSpec, onPaper = false): { data: Data[]; layout: Partial<Layout> } {
  const { data, layout } = withPointPaths(figure, onPaper);
  return {
    data: data.map((trace) => ({ ...trace, unselected: AS_BEFORE })) as Data[],
    layout: structuredClone(layout),
  };
}

/** Whether atoms may be circled in a figure, or a part of its x axis marked. */
export type Selectable = 'plane' | 'range' | null;

export function configOf(select: Selectable, onDownload: () => void, icons: Plotly['Icons']): Partial<Config> {
  const selections = { plane: ['lasso2d', 'select2d'], range: ['select2d'] };
  const download = { name: 'svg', title: 'Save as SVG', icon: icons.camera, click: onDownload };
  return {
    displaylogo: false,
    displayModeBar: 'hover',
    showSendToCloud: false,
    plotlyServerURL: '',
    scrollZoom: true,
    showTips: false,
    modeBarButtons: [['pan2d', 'zoom2d', ...(select ? selections[select] : [])], ['resetScale2d'], [download]],
  } as Partial<Config>;
}

/** Size of a figure, CSS pixels. */
export interface FigureSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Layout of the empty plot that each figure begins as: plotly draws it in one go, so it has nothing to draw. Axes come
 * with the figure, step by step.
 */
export const NOTHING_YET: Partial<Layout> = { xaxis: { visible: false }, yaxis: { visible: false } };

/** A figure as SVG, made on this machine; `figure` gives the ranges of its axes where it has a density. */
export async function figureSvg(figure: FigureSpec, { width, height }: FigureSize): Promise<XMLDocument> {
  const plotly = await loadPlotly();
  const { data, layout } = forPlotly(figure, true);
  const images = await densityOf(figure, { width, height });
  const text = await drawApart(plotly, data, { ...layout, images, width, height });
  await nextTurn();
  const svg = new DOMParser().parseFromString(text, 'image/svg+xml');
  // On the page the style sheet says so.
  for (const path of svg.querySelectorAll(POINT_PATHS)) path.setAttribute(ROUND_ENDS, 'round');
  await nextTurn();
  return svg;
}

/** What `Plotly.toImage` does, but in turns of the page: by itself it draws in one go. */
async function drawApart(plotly: Plotly, data: Data[], layout: Partial<Layout>): Promise<string> {
  const div = document.createElement('div');
  div.style.cssText = 'position: absolute; left: -5000px';
  document.body.append(div);
  try {
    const config = { _exportedPlot: true, staticPlot: true, setBackground: 'opaque' } as unknown as Partial<Config>;
    await plotly.newPlot(
      div,
      [],
      { ...structuredClone(NOTHING_YET), width: layout.width!, height: layout.height! },
      config,
    );
    let drawing = true;
    restBetweenSteps(div, () => drawing);
    await plotly.react(div, data, layout, config);
    drawing = false;
    await nextTurn();
    return (plotly as unknown as SnapshotApi).Snapshot.toSVG(div, 'svg');
  } finally {
    plotly.purge(div);
    div.remove();
  }
}

/** A part of plotly that its types leave out. */
interface SnapshotApi {
  readonly Snapshot: { toSVG(div: HTMLElement, format: 'svg'): string };
}

function densityOf({ plane, layout }: FigureSpec, { width, height }: FigureSize): Promise<LayoutImage[]> {
  const [x, y] = [layout.xaxis?.range, layout.yaxis?.range] as [Range?, Range?];
  if (!plane || !x || !y) return Promise.resolve([]);
  const window = { x, y, width, height: height / plane.panels.length };
  return densityImages(plane, window, new AbortController().signal);
}
