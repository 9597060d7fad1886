import { type AtomSet, emptySet, union } from '#data/atomSet.ts';
import { badInput } from '#data/errors.ts';
import { isRecord, isWhole } from '#data/guards.ts';
import type { Filters, RangeFilter } from './slices/filters.ts';
import { NO_FILTERS } from './slices/filters.ts';
import type { MeasuredRows } from './slices/measure.ts';
import { type CurrentSelection, type NamedSet, NOTHING_SELECTED, SELECTION } from './slices/sets.ts';
import type { Store } from './store.ts';
import { firstWrong, isCamera, type LinkedCamera } from './viewLink.ts';
import { pickViewState, readViewState, type ViewState } from './viewState.ts';

/** What of the calculations dialog is kept; a potential file stays with its owner. */
const CALCULATION_KEYS = ['engine', 'inputValues', 'inputTemplates', 'probes', 'energyDensityCode'] as const;
type Calculations = Pick<Store, (typeof CALCULATION_KEYS)[number]>;

/** What a project keeps of the page: what was looked at and how, and which atoms were named. Plain data and arrays. */
export interface PageState {
  readonly view: ViewState;
  readonly camera: LinkedCamera | null;
  readonly sets: readonly NamedSet[];
  readonly current: CurrentSelection;
  readonly only: string | null;
  readonly filters: Filters;
  /** Atoms of every set, and of the selection, by id. */
  readonly bits: ReadonlyMap<string, AtomSet>;
  readonly pickedRow: number | null;
  readonly openStep: Store['openStep'];
  readonly measured: readonly MeasuredRows[];
  readonly sample: boolean;
  readonly calculations: Calculations;
}

export function readPageState(
  store: Store,
  bits: ReadonlyMap<string, AtomSet>,
  camera: LinkedCamera | null,
): PageState {
  const { sets, current, only, filters, pickedRow, openStep, measured, sample } = store;
  return {
    view: readViewState(store),
    camera,
    sets,
    current,
    only,
    filters,
    bits,
    pickedRow,
    openStep,
    measured,
    sample,
    calculations: Object.fromEntries(CALCULATION_KEYS.map((key) => [key, store[key]])) as unknown as Calculations,
  };
}

/** The page of a project that was opened; what an earlier version did not know is missing. */
export interface CheckedPage extends Omit<PageState, 'view'> {
  readonly view: Partial<ViewState>;
}

/**
 * A page that came from outside.
 * @param count Atoms of its snapshot.
 * @returns Null where the project was made without a page.
 * @throws Refusal that names the first thing that cannot be.
 */
export function checkPageState(said: unknown, count: number, colourMaps: readonly string[]): CheckedPage | null {
  if (said === null) return null;
  const refuse = (what: string): never => {
    throw badInput({ message: `The view of the project was not taken over: ${what} cannot be what it says` });
  };
  if (!isRecord(said)) return refuse('the page');
  const isRow = (row: unknown) => isWhole(row, 0, count - 1);
  const view = pickViewState(isRecord(said.view) ? said.view : {});
  const wrong = firstWrong(view, colourMaps);
  if (wrong) refuse(wrong.key);
  const { camera = null, pickedRow = null, openStep = null, sample = false, measured = [], only = null } = said;
  if (camera !== null && !isCamera(camera)) refuse('the camera');
  if (pickedRow !== null && !isRow(pickedRow)) refuse('the picked atom');
  if (!Array.isArray(measured) || !measured.every((rows) => Array.isArray(rows) && rows.every(isRow))) {
    refuse('a measurement');
  }
  const bits = new Map<string, AtomSet>();
  for (const [id, set] of said.bits instanceof Map ? said.bits : []) {
    const words = isRecord(set) ? set.words : null;
    if (!(words instanceof Uint32Array) || !fits(words, count)) return refuse('a set of atoms');
    bits.set(String(id), counted(words, count));
  }
  const sets = (Array.isArray(said.sets) ? said.sets : []) as NamedSet[];
  if (!sets.every((set) => isNamedSet(set) && bits.has(set.id))) refuse('a set of atoms');
  const current = isRecord(said.current) ? (said.current as unknown as CurrentSelection) : NOTHING_SELECTED;
  const selected = bits.get(SELECTION)?.count ?? 0;
  return {
    view,
    camera: camera as LinkedCamera | null,
    sets: sets.map((set) => ({ ...set, count: bits.get(set.id)!.count })),
    current: { count: selected, version: 1, origin: String(current.origin) },
    only: typeof only === 'string' && (only === SELECTION || sets.some(({ id }) => id === only)) ? only : null,
    filters: isFilters(said.filters) ? said.filters : said.filters === undefined ? NO_FILTERS : refuse('a filter'),
    pickedRow: pickedRow as number | null,
    openStep: openStep as Store['openStep'],
    measured: measured as MeasuredRows[],
    sample: sample === true,
    calculations: (isRecord(said.calculations) ? said.calculations : {}) as Calculations,
    bits,
  };
}

/** Whether words are the bits of so many atoms, and no more. */
function fits(words: Uint32Array, size: number): boolean {
  const beyond = size & 31;
  const last = words[words.length - 1] ?? 0;
  return words.length === Math.ceil(size / 32) && (beyond === 0 || last >>> beyond === 0);
}

function counted(words: Uint32Array, size: number): AtomSet {
  return union({ words, size, count: 0 }, emptySet(size));
}

function isNamedSet(set: unknown): set is NamedSet {
  if (!isRecord(set)) return false;
  const { id, name, colour, tinted, hidden, origin } = set;
  const words = [id, name, origin].every((word) => typeof word === 'string');
  return words && /^#[0-9a-f]{6}$/.test(String(colour)) && typeof tinted === 'boolean' && typeof hidden === 'boolean';
}

function isFilters(filters: unknown): filters is Filters {
  if (!isRecord(filters) || typeof filters.network !== 'boolean' || !Array.isArray(filters.ranges)) return false;
  const limit = (value: unknown) => value === null || Number.isFinite(value);
  return filters.ranges.every((range: Partial<RangeFilter>) => {
    return typeof range?.id === 'string' && typeof range.column === 'string' && limit(range.from) && limit(range.to);
  });
}
