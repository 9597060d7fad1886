import { badInput } from '#data/errors.ts';
import { isNumber, isRecord, isWhole } from '#data/guards.ts';
import { checkParameter } from '#pipeline/checkParameter.ts';
import { defaultParameters, PARAMETERS, type ParameterName, type Parameters } from '#pipeline/parameters.ts';
import type { ProfileChoice } from '#state/slices/profile.ts';
import { firstWrong, isCamera, isProfile, type LinkedCamera } from '#state/viewLink.ts';
import { pickViewState, type ViewState } from '#state/viewState.ts';

const SCHEMA = 1;
/** Names of this many panels at most are letters of the alphabet. */
export const MOST_PANELS = 12;

/** The size of a figure and of what is written in it. */
export interface SheetSize {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly fontPt: number;
  /** Of pictures inside, and of a PNG as a whole. */
  readonly dpi: number;
  /** No paper behind it; else white. */
  readonly transparent: boolean;
}

/** A picture of the atoms. */
export interface AtomsPanel {
  readonly kind: 'atoms';
  /** Where it differs from the plain view. */
  readonly view: Partial<ViewState>;
  /** Null: the whole model, seen from `along`. */
  readonly camera: LinkedCamera | null;
  readonly along: 'iso' | 'x' | 'y' | 'z';
}

/** A plot of the workbench. What belongs to one kind only is left out of the others. */
export interface PlotPanel {
  readonly kind: (typeof PLOT_KINDS)[number];
  /** Components along x and y, 0-based; of `pca`. */
  readonly components?: readonly [number, number];
  /** One panel each, one above the other; [] for the atoms alone. Of `pca` and `parity`. */
  readonly strategies?: readonly string[];
  /** Of `histogram`. */
  readonly logCounts?: boolean;
  /** Of `profile`. */
  readonly profile?: ProfileChoice;
}

export type Panel = AtomsPanel | PlotPanel;
export const PLOT_KINDS = ['pca', 'parity', 'errors', 'histogram', 'localErrors', 'variance', 'profile'] as const;
export const PANEL_KINDS = ['atoms', ...PLOT_KINDS] as const;

/** A figure as plain JSON: from the same snapshot it gives the same figure again. */
export interface Recipe {
  readonly title: string;
  /** Relative to the recipe, forward slashes. */
  readonly snapshot: { readonly file: string; readonly sha256?: string };
  /** Where they differ from the defaults. */
  readonly parameters: Partial<Parameters>;
  readonly sheet: SheetSize;
  /** Panels beside one another. */
  readonly columns: number;
  readonly panels: readonly Panel[];
}

/** What may be asked of a sheet: [least, most]. */
export const SHEET_LIMITS = {
  widthMm: [20, 1000],
  heightMm: [20, 1000],
  fontPt: [4, 48],
  dpi: [72, 1200],
} as const satisfies Partial<Record<keyof SheetSize, readonly [number, number]>>;

export function recipeText(recipe: Recipe): string {
  return `${JSON.stringify({ schema: SCHEMA, ...recipe }, null, 2)}\n`;
}

/** Those parameters that are not as they come. */
export function changedParameters(parameters: Parameters): Partial<Parameters> {
  const defaults = defaultParameters();
  return Object.fromEntries(
    Object.entries(parameters).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(defaults[name as ParameterName]),
    ),
  );
}

/**
 * A recipe that was written down.
 * @param colourMaps Names of the maps that exist.
 * @throws Refusal that names the first value that cannot be.
 */
export function readRecipe(text: string, colourMaps: readonly string[]): Recipe {
  const said = parse(text);
  check(said.schema === SCHEMA, 'schema', said.schema, String(SCHEMA));
  check(isText(said.title), 'title', said.title, 'some words');
  const { snapshot, parameters, sheet, columns, panels } = said;
  check(isRecord(snapshot) && isText(snapshot.file), 'snapshot', snapshot, 'an object with a file');
  check(snapshot.sha256 === undefined || isText(snapshot.sha256), 'snapshot.sha256', snapshot.sha256, 'a hash');
  check(isRecord(parameters), 'parameters', parameters, 'an object');
  for (const [name, value] of Object.entries(parameters)) {
    check(
      name in PARAMETERS,
      `parameters.${name}`,
      value,
      `nothing: it is none of ${Object.keys(PARAMETERS).join(', ')}`,
    );
    const problem = checkParameter(name as ParameterName, value);
    if (problem) throw badInput({ message: `The recipe cannot be drawn: ${problem.replace(/\.$/, '')}` });
  }
  checkSheet(sheet);
  check(isWhole(columns, 1, MOST_PANELS), 'columns', columns, `a whole number, 1 to ${MOST_PANELS}`);
  check(
    Array.isArray(panels) && isWhole(panels.length, 1, MOST_PANELS),
    'panels',
    panels,
    `1 to ${MOST_PANELS} panels`,
  );
  const read = panels.map((panel, k) => readPanel(panel, `panels[${k}]`, colourMaps));
  return {
    title: said.title,
    snapshot: snapshot as unknown as Recipe['snapshot'],
    parameters,
    sheet,
    columns,
    panels: read,
  };
}

function checkSheet(sheet: unknown): asserts sheet is SheetSize {
  check(isRecord(sheet), 'sheet', sheet, 'an object');
  for (const [key, [least, most]] of Object.entries(SHEET_LIMITS)) {
    const value = sheet[key];
    check(isNumber(value) && value >= least && value <= most, `sheet.${key}`, value, `a number, ${least} to ${most}`);
  }
  check(typeof sheet.transparent === 'boolean', 'sheet.transparent', sheet.transparent, 'true or false');
}

function readPanel(panel: unknown, where: string, colourMaps: readonly string[]): Panel {
  check(isRecord(panel), where, panel, 'an object');
  if (panel.kind !== 'atoms') return readPlot(panel, where);
  const { view, camera, along } = panel;
  check(isRecord(view), `${where}.view`, view, 'an object');
  const known = pickViewState(view);
  const wrong = firstWrong(known, colourMaps);
  if (wrong) check(false, `${where}.view.${wrong.key}`, wrong.found, wrong.expected);
  check(
    camera === null || isCamera(camera),
    `${where}.camera`,
    camera,
    'nothing, or a target, an orientation and a height',
  );
  check(['iso', 'x', 'y', 'z'].includes(along as string), `${where}.along`, along, 'iso, x, y or z');
  return { kind: 'atoms', view: known, camera, along: along as AtomsPanel['along'] };
}

function readPlot(panel: Record<string, unknown>, where: string): PlotPanel {
  const { kind, components, strategies, logCounts, profile } = panel;
  check((PLOT_KINDS as readonly unknown[]).includes(kind), `${where}.kind`, kind, `atoms, ${PLOT_KINDS.join(', ')}`);
  const two = Array.isArray(components) && components.length === 2 && components.every((k) => isWhole(k, 0, 10_000));
  check(components === undefined || two, `${where}.components`, components, 'two components, counted from 0');
  const named = Array.isArray(strategies) && strategies.length <= 2 && strategies.every(isText);
  check(strategies === undefined || named, `${where}.strategies`, strategies, 'at most two names');
  check(['undefined', 'boolean'].includes(typeof logCounts), `${where}.logCounts`, logCounts, 'true or false');
  const described = kind !== 'profile' || isProfile(profile);
  check(described, `${where}.profile`, profile, 'a quantity, against what, a direction, a bin width and a switch');
  return {
    kind: kind as PlotPanel['kind'],
    ...(two && { components: components as [number, number] }),
    ...(named && { strategies: strategies as string[] }),
    ...(logCounts !== undefined && { logCounts: logCounts as boolean }),
    ...(kind === 'profile' && { profile: profile as ProfileChoice }),
  };
}

function parse(text: string): Record<string, unknown> {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch (error) {
    throw badInput({ message: `The recipe is no JSON: ${error instanceof Error ? error.message : String(error)}` });
  }
  check(isRecord(said), 'what it holds', said, 'an object');
  return said;
}

function check(fits: unknown, what: string, found: unknown, expected: string): asserts fits {
  if (fits) return;
  const shown = (JSON.stringify(found) ?? 'missing').slice(0, 60);
  throw badInput({ message: `The recipe cannot be drawn: ${what} is ${shown}, expected ${expected}` });
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 1000;
}
