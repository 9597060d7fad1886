import { type CSSProperties, useEffect, useRef, useState } from 'react';
import type { FigureSpec } from './figureSpec.ts';
import { LivePlot, type PlotEvents } from './livePlot.ts';
import type { MarkedAtoms } from './markedAtoms.ts';
import styles from './PlotlyFigure.module.css';

export interface PlotlyFigureProps extends Partial<PlotEvents> {
  readonly figure: FigureSpec;
  /** What the plot shows, for those who cannot see it. */
  readonly label: string;
  /** Atoms to mark among the points. */
  readonly marks?: readonly MarkedAtoms[];
  /** Called after each drawing. */
  onReady?(): void;
}

const FILL: CSSProperties = { width: '100%', height: '100%', margin: 0, minWidth: 0, minHeight: 0 };
const NO_MARKS: readonly MarkedAtoms[] = [];

/** Draws a figure, fills its parent and follows the parent's size. */
export function PlotlyFigure({ figure, label, marks = NO_MARKS, ...events }: PlotlyFigureProps) {
  const canvas = useRef<HTMLDivElement>(null);
  const plot = useRef<LivePlot>(null);
  const handlers = useRef(events);
  const [failure, setFailure] = useState<string>();

  useEffect(() => {
    handlers.current = events;
  });

  useEffect(() => {
    const div = canvas.current!;
    const live = new LivePlot(div, {
      onPointClick: (row) => handlers.current.onPointClick?.(row),
      onSelect: (corners, keys) => handlers.current.onSelect?.(corners, keys),
      onDownload: () => handlers.current.onDownload?.(),
      onDraw: (drawn) => handlers.current.onDraw?.(drawn),
    });
    plot.current = live;
    const observer = new ResizeObserver(([entry]) => {
      // A hidden panel has no size, and plotly would fall back on its own.
      if (entry && entry.contentRect.width > 0 && entry.contentRect.height > 0) live.resize();
    });
    observer.observe(div);
    return () => {
      observer.disconnect();
      live.dispose();
    };
  }, []);

  useEffect(() => {
    let stale = false;
    plot.current!.draw(figure).then(
      (drawn) => {
        if (stale || !drawn) return;
        setFailure(undefined);
        handlers.current.onReady?.();
      },
      (error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        if (!stale) setFailure(`The plot could not be drawn: ${reason}.`);
      },
    );
    return () => {
      stale = true;
    };
  }, [figure]);

  useEffect(() => plot.current!.mark(marks), [marks]);

  return (
    <figure aria-label={label} style={FILL}>
      {failure && <p role="alert">{failure}</p>}
      <div ref={canvas} className={styles.plot} style={failure ? { display: 'none' } : FILL} />
    </figure>
  );
}
