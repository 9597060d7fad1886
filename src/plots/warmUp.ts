import { inTurns } from '#data/background.ts';
import { LivePlot } from './livePlot.ts';
import { pcaScatter } from './pcaScatter.ts';
import { plotColours } from './template.ts';

/** Enough of one type that its points become a path. */
const ATOMS = 400;

/**
 * Load plotly and draw a plot that nobody sees: what a browser compiles for the first one is several times what the
 * next ones take, and would be in the way of the run that it shows.
 */
let warm: Promise<void> | undefined;
export async function warmUp(): Promise<void> {
  try {
    warm ??= drawUnseen();
    await warm;
  } catch {
    // What was in the way shows when a figure is to be drawn, which tries again.
    warm = undefined;
  }
}

async function drawUnseen(): Promise<void> {
  const drawing = await inTurns(
    pcaScatter({
      scores: Float32Array.from({ length: 2 * ATOMS }, (_, k) => Math.sin(k)),
      dimension: 2,
      components: [0, 1],
      explainedRatio: [0.5, 0.5],
      structureType: new Uint8Array(ATOMS),
      ids: Uint32Array.from({ length: ATOMS }, (_, row) => row + 1),
      panels: [{ title: ' ', trainingRows: [0, 1], testRows: [2] }],
    }),
  );
  const nothing = () => {};
  const plot = new LivePlot(document.createElement('div'), {
    onPointClick: nothing,
    onSelect: nothing,
    onDownload: nothing,
    onDraw: nothing,
  });
  await plot.draw(drawing(plotColours('dark', 'ovito')));
  plot.dispose();
}
