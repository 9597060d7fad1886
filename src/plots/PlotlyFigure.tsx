import type { Config, Data, PlotlyHTMLElement, PlotMouseEvent } from 'plotly.js-dist-min';
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { FigureSpec } from './figureSpec.ts';

type Plotly = typeof import('plotly.js-dist-min').default;
export type ImageFormat = 'svg' | 'png';

export interface PlotlyFigureHandle {
  /**
   * The figure as a file, made on this machine: at the size on screen, the PNG with three times the pixels.
   * @param figure another one to write instead of that on screen, such as the same in light colours for print
   * @throws Error where there is no drawing yet
   */
  toImage(format: ImageFormat, figure?: FigureSpec): Promise<Blob>;
}

export interface PlotlyFigureProps {
  readonly figure: FigureSpec;
  /** What the plot shows, for those who cannot see it. */
  readonly label: string;
  /** Row of the atom whose point was clicked; points without an atom do not call it. */
  onPointClick?(row: number): void;
  /** Base name of the file behind the mode bar's download button. */
  readonly fileName?: string;
  readonly ref?: Ref<PlotlyFigureHandle>;
}

/** Plotly is 5 MB: fetched and evaluated once, with the first figure. */
let loading: Promise<Plotly> | undefined;
function loadPlotly(): Promise<Plotly> {
  loading ??= import('plotly.js-dist-min').then((module) => module.default);
  // A later figure may try again where the network failed.
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}

function config(fileName: string): Partial<Config> {
  return {
    displaylogo: false,
    displayModeBar: 'hover' as never,
    showSendToCloud: false,
    scrollZoom: true,
    responsive: false,
    modeBarButtons: [['pan2d', 'zoom2d'], ['resetScale2d'], ['toImage']],
    toImageButtonOptions: { format: 'svg', filename: fileName },
  };
}

/** Draws a FigureSpec and fills its parent, whose size it follows. */
export function PlotlyFigure({ figure, label, onPointClick, fileName = 'grainscope', ref }: PlotlyFigureProps) {
  return null;
}
