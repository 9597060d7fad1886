import type { Store } from './store.ts';

/**
 * What of the store says what the picture and the plots look like, and nothing about what was computed: it goes into
 * links, figure recipes and the history of undo. A new switch of the view is one line here.
 */
const KEYS = [
  'colourBy',
  'colourMap',
  'palette',
  'colourings',
  'hiddenTypes',
  'slice',
  'clipBox',
  'crop',
  'markChosen',
  'projection',
  'depthShading',
  'plotTab',
  'plotComponents',
  'plotColourBy',
  'profile',
] as const satisfies readonly (keyof Store)[];

/** Plain JSON. */
export type ViewState = Pick<Store, (typeof KEYS)[number]>;

export function readViewState(store: Store): ViewState {
  return Object.fromEntries(KEYS.map((key) => [key, store[key]])) as ViewState;
}

/** The part of a plain object that is a view: other keys are left out, values are not looked at. */
export function pickViewState(given: Readonly<Record<string, unknown>>): Partial<ViewState> {
  return Object.fromEntries(KEYS.flatMap((key) => (key in given ? [[key, given[key]]] : [])));
}

/** Whether two views are the same, by value. */
export function sameViewState(one: ViewState, other: ViewState): boolean {
  return KEYS.every((key) => one[key] === other[key] || JSON.stringify(one[key]) === JSON.stringify(other[key]));
}
