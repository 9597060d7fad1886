import { type ColourTable, TABLE_SIZE, tableColour } from '#colours/maps.ts';
import { toHex } from '#colours/rgb.ts';
import type { ColourScale } from '#colours/scale.ts';
import type { Trace } from './figureSpec.ts';
import { escapeText } from './format.ts';
import { FONT_SIZE, SMALL_SIZE } from './template.ts';

/** Stops of a colour bar: enough for steps to look like steps. */
const STOPS = 64;

/** A trace without points that shows what the colours mean, at the right of a figure. */
export function colourBar({
  title,
  scale,
  ticks,
}: {
  readonly title: string;
  readonly scale: ColourScale;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}): Trace {
  return {
    type: 'scatter',
    mode: 'markers',
    x: [null],
    y: [null],
    showlegend: false,
    hoverinfo: 'skip',
    marker: {
      color: [0],
      cmin: 0,
      cmax: 1,
      colorscale: stopsOf(scale.table),
      showscale: true,
      colorbar: {
        title: { text: escapeText(title), side: 'right', font: { size: FONT_SIZE } },
        tickfont: { size: SMALL_SIZE },
        thickness: 10,
        outlinewidth: 0,
        tickvals: ticks.map(({ at }) => at),
        ticktext: ticks.map(({ text }) => text),
      },
    },
  } as Trace;
}

function stopsOf(table: ColourTable): [number, string][] {
  return Array.from({ length: STOPS + 1 }, (_, k) => {
    const at = k / STOPS;
    return [at, toHex(tableColour(table, Math.round(at * (TABLE_SIZE - 1))))];
  });
}
