import type { Config, Data, Layout, PlotlyHTMLElement } from 'plotly.js-dist-min';
import { type CSSProperties, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { FigureSpec } from './figureSpec.ts';

type Plotly = typeof import('plotly.js-dist-min').default;
export type ImageFormat = 'svg' | 'png';

export interface PlotlyFigureHandle {
  /**
   * The figure as a file, made on this machine: at the size on screen, a PNG with three times the pixels.
   * @param figure another one to write in place of that on screen, such as the same in light colours for print
   * @throws Error where nothing has been drawn yet
   */
  toImage(format: ImageFormat, figure?: FigureSpec): Promise<Blob>;
}

export interface PlotlyFigureProps {
  readonly figure: FigureSpec;
  /** What the plot shows, for those who cannot see it. */
  readonly label: string;
  /** Called with the row of the atom whose point was clicked; points that are no atom do not call it. */
  onPointClick?(row: number): void;
  /** Called after each drawing, from when on `toImage` works. */
  onReady?(): void;
  /** Name, without extension, of the file that the download button of the mode bar writes. */
  readonly fileName?: string;
  readonly ref?: Ref<PlotlyFigureHandle>;
}

const PNG_SCALE = 3;
const FILL: CSSProperties = { width: '100%', height: '100%', margin: 0, minWidth: 0, minHeight: 0 };

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

/** Draws a figure, fills its parent and follows the parent's size. */
export function PlotlyFigure({
  figure,
  label,
  onPointClick,
  onReady,
  fileName = 'grainscope',
  ref,
}: PlotlyFigureProps) {
  const canvas = useRef<HTMLDivElement>(null);
  const drawn = useRef<Plotly>(null);
  const handlers = useRef({ onPointClick, onReady });
  const [failure, setFailure] = useState<string>();

  useEffect(() => {
    handlers.current = { onPointClick, onReady };
  }, [onPointClick, onReady]);

  useEffect(() => {
    const div = canvas.current!;
    let stale = false;
    const draw = async () => {
      const plotly = await loadPlotly();
      if (stale) return;
      const plot = await plotly.react(div, ...forPlotly(figure, fileName));
      if (!drawn.current) listen(plot, (row) => handlers.current.onPointClick?.(row));
      drawn.current = plotly;
      setFailure(undefined);
      if (!stale) handlers.current.onReady?.();
    };
    draw().catch((error: unknown) => {
      if (!stale) setFailure(`The plot could not be drawn: ${error instanceof Error ? error.message : String(error)}.`);
    });
    return () => {
      stale = true;
    };
  }, [figure, fileName]);

  useEffect(() => {
    const div = canvas.current!;
    const observer = new ResizeObserver(([entry]) => {
      // A hidden panel has no size, and plotly would fall back on its own.
      if (entry && entry.contentRect.width > 0 && entry.contentRect.height > 0) drawn.current?.Plots.resize(div);
    });
    observer.observe(div);
    return () => {
      observer.disconnect();
      drawn.current?.purge(div);
      drawn.current = null;
    };
  }, []);

  useImperativeHandle(ref, () => ({
    async toImage(format, other) {
      const div = canvas.current;
      if (!div || !drawn.current) throw new Error('There is no plot to export yet.');
      const [data, layout] = forPlotly(other ?? figure, fileName);
      const { clientWidth: width, clientHeight: height } = div;
      const scale = format === 'png' ? PNG_SCALE : 1;
      const content = await drawn.current.toImage(other ? { data, layout } : div, {
        format,
        width,
        height,
        scale,
        imageDataOnly: true,
      });
      return format === 'svg'
        ? new Blob([content], { type: 'image/svg+xml' })
        : new Blob([Uint8Array.from(atob(content), (character) => character.charCodeAt(0))], { type: 'image/png' });
    },
  }));

  return (
    <figure aria-label={label} style={FILL}>
      {failure && <p role="alert">{failure}</p>}
      <div ref={canvas} style={failure ? { display: 'none' } : FILL} />
    </figure>
  );
}

/** Copies, because plotly writes ranges and defaults into what it is given. */
function forPlotly(figure: FigureSpec, fileName: string): [Data[], Partial<Layout>, Partial<Config>] {
  return [
    figure.data.map((trace) => ({ ...trace })),
    structuredClone(figure.layout),
    {
      displaylogo: false,
      displayModeBar: 'hover',
      showSendToCloud: false,
      plotlyServerURL: '',
      scrollZoom: true,
      modeBarButtons: [['pan2d', 'zoom2d'], ['resetScale2d'], ['toImage']],
      toImageButtonOptions: { format: 'svg', filename: fileName },
    },
  ];
}

function listen(plot: PlotlyHTMLElement, onRow: (row: number) => void): void {
  plot.on('plotly_click', ({ points }) => {
    const row = points[0]?.customdata;
    if (typeof row === 'number') onRow(row);
  });
}
