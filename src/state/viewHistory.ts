import type { History } from './history.ts';
import type { Store } from './store.ts';
import { readViewState, sameViewState, type ViewState } from './viewState.ts';

/** Changes of a slider that follow one another faster than this are one entry, ms. */
const ONE_DRAG_MS = 600;

const WORDS: Readonly<Record<string, string>> = {
  colourBy: 'colour',
  colourMap: 'colour map',
  palette: 'palette',
  colourings: 'colour scale',
  hiddenTypes: 'types shown',
  slice: 'slice',
  clipBox: 'clip box',
  crop: 'sphere',
  profile: 'profile',
  markChosen: 'rings of chosen atoms',
  projection: 'projection',
  depthShading: 'depth shading',
  plotTab: 'plot',
  plotComponents: 'axes of the plot',
  plotColourBy: 'colour of the points',
};

/** What of zustand is needed. */
interface Source {
  getState(): Store;
  setState(change: Partial<Store>): void;
  subscribe(listener: (now: Store, before: Store) => void): () => void;
}

/**
 * Make every change of the view an entry of the history: one a change, one a drag of a slider, and one all that a hand did
 * from taking hold to letting go, however long it rested. What is computed is no part of it. Another snapshot clears it: slices and types of the old one mean nothing there.
 * @param clock Milliseconds from anywhere.
 * @returns Ends it.
 */
export function recordViews(store: Source, history: History, clock = () => performance.now()): () => void {
  let replaying = false;
  /** The view when the hand took hold. */
  let held: ViewState | null = null;
  let drag: { readonly key: keyof ViewState; at: number; after: ViewState } | null = null;

  const show = (view: ViewState) => {
    drag = null;
    replaying = true;
    store.setState(view);
    replaying = false;
  };

  return store.subscribe((now, before) => {
    if (now.stages.snapshot.summary !== before.stages.snapshot.summary) {
      drag = null;
      held = null;
      history.clear();
      return;
    }
    if (replaying) return;
    if (now.handHolds) {
      held ??= readViewState(before);
      return;
    }
    const [view, old] = [readViewState(now), held ?? readViewState(before)];
    const letGo = held !== null;
    held = null;
    if (sameViewState(view, old)) return;

    const [key, ...others] = changedKeys(view, old);
    const dragged = !letGo && others.length === 0 && isDragged(key!, view, old);
    if (dragged && drag?.key === key && clock() - drag.at < ONE_DRAG_MS) {
      drag.after = view;
      drag.at = clock();
      return;
    }
    const entry = { key: key!, at: clock(), after: view };
    drag = dragged ? entry : null;
    const label = [key!, ...others].map((name) => WORDS[name] ?? name).join(', ');
    history.push({ label, undo: () => show(old), redo: () => show(entry.after) });
  });
}

function changedKeys(view: ViewState, old: ViewState): (keyof ViewState)[] {
  const keys = Object.keys(view) as (keyof ViewState)[];
  return keys.filter((key) => JSON.stringify(view[key]) !== JSON.stringify(old[key]));
}

function isDragged(key: keyof ViewState, view: ViewState, old: ViewState): boolean {
  if (key === 'colourings' || key === 'clipBox' || key === 'crop') return true;
  return key === 'slice' && view.slice.on === old.slice.on && view.slice.axis === old.slice.axis;
}
