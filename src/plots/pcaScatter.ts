import { STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { type ColourScale, inSteps, scaleColour } from '#colours/scale.ts';
import { colourBar } from './colourBar.ts';
import { csvText, type Drawing, type FigureSpec, type Trace } from './figureSpec.ts';
import { escapeText, formatCount, formatMagnitude, signed } from './format.ts';
import { type Span, spanOf } from './planeSpan.ts';
import { rowsByType, sampleRows } from './sample.ts';
import { baseLayout, footnote, LOWER_HALF, type PlotColours, POINT_SIZE, panelTitle, UPPER_HALF } from './template.ts';

/** Points a type, as in the paper's Fig. 3. */
const LIMIT = 1000;
/** Opacity of the points. Crowded types are fainter behind training and test atoms, which would be lost among them. */
const OPACITY = 0.75;
const CROWD_OPACITY = 0.5;
/** Colours of a column at most: each is drawn by itself. */
const COLOUR_STEPS = 32;

export interface PcaPanel {
  /** Name of the strategy; '' for a panel without a title. */
  readonly title: string;
  readonly trainingRows: ArrayLike<number>;
  readonly testRows: ArrayLike<number>;
}

/** A quantity of every atom as colours. */
export interface PointColouring {
  /** With its unit. */
  readonly title: string;
  /** [n]. */
  readonly values: ArrayLike<number>;
  readonly scale: ColourScale;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

export interface PcaScatterInput {
  /** [n, d] scores, row-major. */
  readonly scores: Float32Array;
  /** d. */
  readonly dimension: number;
  /** The two components to plot, 0-based. */
  readonly components: readonly [x: number, y: number];
  /** Explained part of the variance by component, 0 to 1. */
  readonly explainedRatio: readonly number[];
  /** [n] structure codes. */
  readonly structureType: Uint8Array;
  /** [n]. */
  readonly ids: Uint32Array;
  /** What colours the points in place of their types. */
  readonly colouring?: PointColouring | undefined;
  /** At most two overlays, drawn one panel above the other; [] for the atoms alone. */
  readonly panels: readonly PcaPanel[];
}

/** What takes all atoms to know. */
interface Counted {
  /** Rows of each type by code, and those of them that are drawn. */
  readonly groups: readonly Uint32Array[];
  readonly samples: readonly Uint32Array[];
  readonly spans: readonly [x: Span, y: Span];
}

type Drawn = PcaScatterInput & Counted & { readonly colours: PlotColours };

interface PointSet {
  readonly name: string;
  readonly role: 'sample' | 'training' | 'test';
  readonly rows: Uint32Array;
  readonly marker: NonNullable<Trace['marker']>;
}

/**
 * Atoms on the plane of two principal components (Figs. 3 and 6): at most 1000 a type, every training and test atom.
 * Yields now and then.
 */
export function* pcaScatter(input: PcaScatterInput): Generator<void, Drawing> {
  const { scores, dimension, components, ids } = input;
  const groups = yield* rowsByType(input.structureType);
  const samples: Uint32Array[] = [];
  for (const rows of groups) {
    yield;
    samples.push(sampleRows(rows, ids, LIMIT));
  }
  const spans: Span[] = [];
  for (const component of components) {
    spans.push(yield* spanOf(ids.length, (row) => scores[row * dimension + component]!));
  }
  return (colours) => draw({ ...input, groups, samples, spans: [spans[0]!, spans[1]!], colours });
}

function draw(input: Drawn): FigureSpec {
  const { components, explainedRatio, ids, groups, samples, spans, colours } = input;
  const panels = input.panels.length > 0 ? input.panels.slice(0, 2) : [{ title: '', trainingRows: [], testRows: [] }];
  const sets = panels.map((panel) => {
    const over = overlays(panel, colours);
    return [...typeSets(input, over.length > 0 ? CROWD_OPACITY : OPACITY), ...over];
  });

  const data = sets.flatMap((panelSets, panel) => panelSets.map((set) => trace(set, panel, input)));
  if (input.colouring) data.push(colourBar(input.colouring));
  const axisTitle = (component: number) => {
    const ratio = explainedRatio[component];
    const share = ratio === undefined ? '' : ` (${(100 * ratio).toFixed(1)} % of variance)`;
    return { text: `PC ${component + 1}${share}` };
  };
  const two = panels.length === 2;
  const [x, y] = components;
  const sampled = samples.some((rows, code) => rows.length < groups[code]!.length);
  const shown = samples.reduce((sum, rows) => sum + rows.length, 0);
  const sampling = `${formatCount(shown)} of ${formatCount(ids.length)} atoms: at most ${formatCount(LIMIT)} of a type`;
  const scoreOf = (component: number) => (row: number) => input.scores[row * input.dimension + component]!;
  const axes = [['x', 'y'] as const, ['x2', 'y2'] as const].slice(0, panels.length);
  const titles = panels.flatMap(({ title }, panel) =>
    title ? [panelTitle(escapeText(title), panel === 0 ? '' : '2', colours)] : [],
  );

  return {
    data,
    layout: {
      ...baseLayout(colours),
      // Zoom survives new data and colours, but not another pair of components.
      uirevision: `${x},${y},${two}`,
      xaxis: {
        title: two ? { text: '' } : axisTitle(x),
        showticklabels: !two,
        range: [...spans[0]],
      },
      yaxis: {
        title: axisTitle(y),
        domain: two ? UPPER_HALF : [0, 1],
        range: [...spans[1]],
      },
      ...(two && {
        xaxis2: { title: axisTitle(x), matches: 'x', anchor: 'y2' },
        yaxis2: { title: axisTitle(y), matches: 'y', domain: LOWER_HALF },
      }),
      annotations: sampled ? [...titles, footnote(sampling, colours)] : titles,
    },
    notes: sampled
      ? [
          `Points are ${sampling}, taken by a hash of the atom id, and every training and test atom. The shade behind them counts all atoms.`,
        ]
      : [],
    plane: {
      count: ids.length,
      x: scoreOf(x),
      y: scoreOf(y),
      panels: axes,
      density: sampled ? colours.muted : null,
    },
    csv: () => csvText(['panel', 'role', 'id', 'type', `PC ${x + 1}`, `PC ${y + 1}`], tableRows(sets, panels, input)),
  };
}

/** One set a type, the most numerous first so that rare types lie on top. */
function typeSets({ samples, groups, colours, colouring }: Drawn, crowdOpacity: number): PointSet[] {
  const scale = colouring && inSteps(colouring.scale, COLOUR_STEPS);
  const coloursOf = (rows: Uint32Array) =>
    Array.from(rows, (row) => scaleColour(colouring!.values[row]!, scale!) ?? colours.muted);
  return STRUCTURE_TYPES.filter(({ code }) => samples[code]!.length > 0)
    .sort((a, b) => groups[b.code]!.length - groups[a.code]!.length)
    .map(({ code, label }) => ({
      name: label,
      role: 'sample',
      rows: samples[code]!,
      marker: {
        color: scale ? coloursOf(samples[code]!) : colours.structure[code]!,
        size: POINT_SIZE,
        // A colour that stands for a number is the one of the bar.
        opacity: scale ? 1 : samples[code]!.length < LIMIT ? OPACITY : crowdOpacity,
      },
    }));
}

function overlays({ trainingRows, testRows }: PcaPanel, colours: PlotColours): PointSet[] {
  const sets: PointSet[] = [
    {
      name: 'training',
      role: 'training',
      rows: Uint32Array.from(trainingRows),
      marker: { color: colours.accent, symbol: 'circle-open', size: 9, line: { width: 1.5 } },
    },
    {
      name: 'test',
      role: 'test',
      rows: Uint32Array.from(testRows),
      marker: { color: colours.text, symbol: 'diamond-open', size: 8, line: { width: 1.25 } },
    },
  ];
  return sets.filter(({ rows }) => rows.length > 0);
}

function trace({ name, role, rows, marker }: PointSet, panel: number, input: PcaScatterInput): Trace {
  const { scores, dimension, components, structureType, ids, colouring } = input;
  const [x, y] = components.map((component) => Float32Array.from(rows, (row) => scores[row * dimension + component]!));
  const axis = panel === 0 ? '' : '2';
  return {
    type: 'scatter',
    mode: 'markers',
    name,
    legendgroup: name,
    // Colours that are not those of the types do not name them either.
    showlegend: panel === 0 && !(colouring && role === 'sample'),
    x: x!,
    y: y!,
    xaxis: `x${axis}`,
    yaxis: `y${axis}`,
    marker,
    customdata: Array.from(rows),
    text: Array.from(rows, (row, k) => {
      const type = STRUCTURE_TYPES[structureType[row]!]?.label ?? 'OTH';
      const score = (values: Float32Array, component: number) => `PC ${component + 1}: ${signed(values[k]!, 3)}`;
      const kind = role === 'sample' ? '' : `, ${role} atom`;
      const value = colouring
        ? `<br>${escapeText(colouring.title)}: ${Number.isFinite(colouring.values[row]!) ? formatMagnitude(colouring.values[row]!) : 'none'}`
        : '';
      return `atom ${ids[row]}, ${type}${kind}<br>${score(x!, components[0])}<br>${score(y!, components[1])}${value}`;
    }),
    hovertemplate: '%{text}<extra></extra>',
  };
}

function* tableRows(sets: readonly PointSet[][], panels: readonly PcaPanel[], input: PcaScatterInput) {
  const { scores, dimension, components, structureType, ids } = input;
  for (const [panel, panelSets] of sets.entries()) {
    for (const { role, rows } of panelSets) {
      for (const row of rows) {
        const [x, y] = components.map((component) => scores[row * dimension + component]!);
        const type = STRUCTURE_TYPES[structureType[row]!]?.label ?? 'OTH';
        yield [panels[panel]!.title, role, ids[row]!, type, x!, y!];
      }
    }
  }
}
