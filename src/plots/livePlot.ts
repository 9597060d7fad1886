import type { Config, Layout, LayoutImage, PlotlyHTMLElement, PlotSelectionEvent, Shape } from 'plotly.js-dist-min';
import { boxCorners } from '#data/polygon.ts';
import type { Range } from './density.ts';
import { densityImages } from './densityImage.ts';
import type { FigureSpec, Trace } from './figureSpec.ts';
import { type MarkedAtoms, markShapes } from './markedAtoms.ts';
import { configOf, forPlotly, loadPlotly, NOTHING_YET, type Plotly, type Selectable } from './plotly.ts';
import { hiddenGroups } from './pointPaths.ts';
import { restBetweenSteps } from './restBetweenSteps.ts';

/** What threads need at most until they stand still, about a block of work. */
const MAKING_WAY_MS = 15;

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
  /** The plot is being drawn. */
  onDraw(drawn: Promise<unknown>): void;
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
  #images: LayoutImage[] = [];
  #drawing = false;
  #last: Promise<unknown> = Promise.resolve();
  readonly #waiting = new Set<string>();
  readonly #configs = new Map<Selectable, Partial<Config>>();
  #keys: HeldKeys = { shiftKey: false, altKey: false };

  constructor(div: HTMLDivElement, events: PlotEvents) {
    this.#div = div;
    this.#events = events;
  }

  /** @returns false where another figure was asked for, or the plot put away, before this one could be drawn. */
  async draw(figure: FigureSpec): Promise<boolean> {
    this.#figure = figure;
    const plotly = await loadPlotly();
    return this.#next(async () => {
      if (this.#figure !== figure) return false;
      const drawn = this.#drawNow(figure, plotly);
      this.#events.onDraw(drawn);
      return drawn;
    });
  }

  /** Mark these atoms, drawn or not, in place of those before. */
  mark(marks: readonly MarkedAtoms[]): void {
    this.#marks = marks;
    this.#inTurn('shapes', async (plotly) => {
      const shapes = this.#allShapes();
      await plotly.relayout(this.#div, { shapes });
      this.#removeFormerShapes(shapes.length);
    });
  }

  resize(): void {
    this.#inTurn('size', async (plotly) => {
      // A hidden panel has no size, and plotly would refuse.
      if (this.#div.clientWidth === 0 || this.#div.clientHeight === 0) return;
      await plotly.Plots.resize(this.#div);
      this.#follow();
    });
  }

  dispose(): void {
    this.#counting.abort();
    this.#figure = null;
    // In the middle of a drawing it would miss what it draws on.
    void this.#next(() => this.#plotly?.purge(this.#div));
  }

  async #drawNow(figure: FigureSpec, plotly: Plotly): Promise<boolean> {
    // What asked for it is answered first, and threads that make way get as far as they have to.
    await new Promise((resolve) => setTimeout(resolve, MAKING_WAY_MS));
    if (this.#figure !== figure) return false;
    const { data, layout } = forPlotly(figure);
    this.#shapes = layout.shapes ?? [];
    const config = this.#configOf(selectable(figure), plotly);
    const begin = !this.#plotly;
    this.#plotly = plotly;
    if (begin) {
      // An empty one first: what makes plotly rest would be taken away when it begins.
      await plotly.newPlot(this.#div, [], structuredClone(NOTHING_YET), config);
      restBetweenSteps(this.#div, () => this.#drawing);
    }
    const shapes = this.#allShapes(data as Trace[]);
    this.#drawing = true;
    try {
      const plot = await plotly.react(this.#div, data, { ...layout, shapes }, config);
      if (begin) this.#listen(plot);
    } finally {
      this.#drawing = false;
    }
    this.#removeFormerShapes(shapes.length);
    this.#window = '';
    this.#follow();
    return this.#figure === figure;
  }

  /** Plotly rests within its calls (`restBetweenSteps`), and must not be called again meanwhile. */
  #next<T>(act: () => T | Promise<T>): Promise<T> {
    const done = this.#last.then(act);
    this.#last = done.catch(() => {});
    return done;
  }

  /** A change of what is drawn, when it can be made; one that still waits takes in the next of its name. */
  #inTurn(name: string, act: (plotly: Plotly) => Promise<unknown>): void {
    if (this.#waiting.has(name)) return;
    this.#waiting.add(name);
    void this.#next(async () => {
      this.#waiting.delete(name);
      if (this.#figure && this.#plotly) await act(this.#plotly);
    });
  }

  #relayout(name: string, change: () => Partial<Layout>): void {
    this.#inTurn(name, (plotly) => plotly.relayout(this.#div, change()));
  }

  #listen(plot: PlotlyHTMLElement): void {
    plot.on('plotly_click', ({ points }) => {
      const row = points[0]?.customdata;
      if (typeof row === 'number') this.#events.onPointClick(row);
    });
    plot.on('plotly_restyle', () => this.mark(this.#marks));
    plot.on('plotly_relayout', () => this.#follow());
    // Plotly does not tell which keys are held.
    this.#div.addEventListener('pointerdown', ({ shiftKey, altKey }) => {
      this.#keys = { shiftKey, altKey };
    });
    plot.on('plotly_selected', (event: PlotSelectionEvent | undefined) => {
      const corners = event && cornersOf(event);
      if (!corners) return;
      // The atoms are marked; the outline would only lie over them.
      this.#relayout('outline', () => ({ selections: [] }));
      this.#events.onSelect(corners, this.#keys);
    });
  }

  /** The same object for the same tools: of one that differs, were it in a function, plotly makes a new plot. */
  #configOf(select: Selectable, { Icons }: Plotly): Partial<Config> {
    const config = this.#configs.get(select) ?? configOf(select, () => this.#events.onDownload(), Icons);
    this.#configs.set(select, config);
    return config;
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
      (images) => {
        this.#images = images;
        this.#relayout('images', () => ({ images: this.#images }));
      },
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

  #allShapes(data = (this.#div as unknown as { data: Trace[] }).data): Partial<Shape>[] {
    const hidden = hiddenGroups(data);
    const own = this.#shapes.filter(({ name }) => !hidden.has(name ?? ''));
    const { plane } = this.#figure!;
    return plane ? [...own, ...this.#marks.flatMap((marked) => markShapes(marked, plane))] : own;
  }

  /** Of the shapes between grid and traces plotly 4.1.2 leaves those behind that are no more. */
  #removeFormerShapes(count: number): void {
    for (const path of this.#div.querySelectorAll<SVGPathElement>('.layer-between .shapelayer path')) {
      if (Number(path.dataset.index) >= count) path.remove();
    }
  }
}

function selectable({ plane }: FigureSpec): Selectable {
  if (!plane) return null;
  return plane.y ? 'plane' : 'range';
}

function cornersOf({ range, lassoPoints }: PlotSelectionEvent): number[] | null {
  // Of whichever panel it was.
  const [x, y] = Object.values(lassoPoints ?? range ?? {}) as [number[]?, number[]?];
  if (!x || !y) return null;
  return lassoPoints ? x.flatMap((value, k) => [value, y[k]!]) : boxCorners(x[0]!, y[0]!, x[1]!, y[1]!);
}
