import type { Layout, PlotlyHTMLElement, PlotSelectionEvent, Shape } from 'plotly.js-dist-min';
import { boxCorners } from '#data/polygon.ts';
import type { Range } from './density.ts';
import { densityImages } from './densityImage.ts';
import type { FigureSpec, Trace } from './figureSpec.ts';
import { type MarkedAtoms, markShapes } from './markedAtoms.ts';
import { configOf, forPlotly, loadPlotly, type Plotly } from './plotly.ts';
import { hiddenGroups } from './pointPaths.ts';

/** Keys that were held when a part of a figure was circled. */
export interface HeldKeys {
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

export interface PlotEvents {
  /** A point was clicked that is this atom. */
  onPointClick(row: number): void;
  /** Corners of the outline in the units of the axes, x and y by turns; of a histogram only its width means something. */
  onSelect(corners: readonly number[], keys: HeldKeys): void;
  onDownload(): void;
}

/** A figure on the page, drawn by plotly: what the hand does to it, and what lies over and under its points. */
export class LivePlot {
  readonly #div: HTMLDivElement;
  readonly #events: PlotEvents;
  #plotly: Plotly | null = null;
  #figure: FigureSpec | null = null;
  #shapes: readonly Partial<Shape>[] = [];
  #marks: readonly MarkedAtoms[] = [];
  /** What the density in force, or under way, was made for. */
  #window = '';
  #counting = new AbortController();
  #keys: HeldKeys = { shiftKey: false, altKey: false };

  constructor(div: HTMLDivElement, events: PlotEvents) {
    this.#div = div;
    this.#events = events;
  }

  /** @returns false where another figure was asked for, or the plot put away, before this one could be drawn. */
  async draw(figure: FigureSpec): Promise<boolean> {
    this.#figure = figure;
    const plotly = await loadPlotly();
    // Drawing is a task of its own: what asked for it is answered first.
    await new Promise((resolve) => setTimeout(resolve));
    if (this.#figure !== figure) return false;
    const { data, layout } = forPlotly(figure);
    this.#shapes = layout.shapes ?? [];
    const config = configOf(selectable(figure), () => this.#events.onDownload(), plotly.Icons);
    const begin = !this.#plotly;
    this.#plotly = plotly;
    const plot = await plotly.react(this.#div, data, { ...layout, shapes: this.#allShapes(data as Trace[]) }, config);
    if (this.#figure !== figure) return false;
    if (begin) this.#listen(plot);
    this.#window = '';
    this.#follow();
    return true;
  }

  /** Mark these atoms, drawn or not, in place of those before. */
  mark(marks: readonly MarkedAtoms[]): void {
    this.#marks = marks;
    if (this.#figure && this.#plotly) this.#relayout({ shapes: this.#allShapes() });
  }

  resize(): void {
    if (this.#plotly) void Promise.resolve(this.#plotly.Plots.resize(this.#div)).then(() => this.#follow());
  }

  dispose(): void {
    this.#counting.abort();
    this.#plotly?.purge(this.#div);
    this.#plotly = null;
    this.#figure = null;
  }

  #listen(plot: PlotlyHTMLElement): void {
    plot.on('plotly_click', ({ points }) => {
      const row = points[0]?.customdata;
      if (typeof row === 'number') this.#events.onPointClick(row);
    });
    plot.on('plotly_restyle', () => this.#relayout({ shapes: this.#allShapes() }));
    plot.on('plotly_relayout', () => this.#follow());
    // Plotly does not tell which keys are held.
    this.#div.addEventListener('pointerdown', ({ shiftKey, altKey }) => {
      this.#keys = { shiftKey, altKey };
    });
    plot.on('plotly_selected', (event: PlotSelectionEvent | undefined) => {
      const corners = event && cornersOf(event);
      if (!corners) return;
      // The atoms are marked; the outline would only lie over them.
      this.#relayout({ selections: [] });
      this.#events.onSelect(corners, this.#keys);
    });
  }

  /** Count the atoms anew when another part of the plane is seen, or at another size. */
  #follow(): void {
    const plane = this.#figure?.plane;
    const seen = this.#seen();
    if (!plane?.density || !seen) return;
    const key = JSON.stringify(seen);
    if (key === this.#window) return;
    this.#window = key;
    this.#counting.abort();
    const counting = new AbortController();
    this.#counting = counting;
    densityImages(plane, seen, counting.signal).then(
      (images) => this.#relayout({ images }),
      (reason: unknown) => {
        if (!counting.signal.aborted) throw reason;
      },
    );
  }

  /** The part of the plane that is seen, and its size on the page; null where nothing is. */
  #seen() {
    const { layout } = this.#div as unknown as { layout?: Partial<Layout> };
    const area = this.#div.querySelector('.nsewdrag')?.getBoundingClientRect();
    const [x, y] = [layout?.xaxis?.range, layout?.yaxis?.range] as [Range?, Range?];
    if (!x || !y || !area || area.width < 1) return null;
    return { x, y, width: area.width, height: area.height };
  }

  /** Shapes to draw; those between grid and traces are taken away first, which plotly 4.1.2 forgets. */
  #allShapes(data = (this.#div as unknown as { data: Trace[] }).data): Partial<Shape>[] {
    for (const path of this.#div.querySelectorAll('.layer-between .shapelayer path')) path.remove();
    const hidden = hiddenGroups(data);
    const own = this.#shapes.filter(({ name }) => !hidden.has(name ?? ''));
    const { plane } = this.#figure!;
    return plane ? [...own, ...this.#marks.flatMap((marked) => markShapes(marked, plane))] : own;
  }

  #relayout(change: Partial<Layout>): void {
    void this.#plotly?.relayout(this.#div, change);
  }
}

function selectable({ plane }: FigureSpec): 'plane' | 'range' | null {
  if (!plane) return null;
  return plane.y ? 'plane' : 'range';
}

function cornersOf({ range, lassoPoints }: PlotSelectionEvent): number[] | null {
  // Of whichever panel it was.
  const [x, y] = Object.values(lassoPoints ?? range ?? {}) as [number[]?, number[]?];
  if (!x || !y) return null;
  return lassoPoints ? x.flatMap((value, k) => [value, y[k]!]) : boxCorners(x[0]!, y[0]!, x[1]!, y[1]!);
}
