import { useEffect } from 'react';
import { COLOUR_MAPS } from '#colours/maps.ts';
import { toFailure } from '#data/errors.ts';
import { useStore } from '#state/store.ts';
import { decodeViewLink, encodeViewLink, type LinkedView } from '#state/viewLink.ts';
import { readViewState } from '#state/viewState.ts';
import { count } from '../words/numbers.ts';
import { type Handles, useHandles } from './useHandles.ts';

/** The address of the view as it is now; null before a snapshot is there. What follows `#` never leaves the browser. */
export function viewLinkOf({ atoms }: Handles): string | null {
  const store = useStore.getState();
  const snapshot = store.stages.snapshot.summary;
  if (!snapshot) return null;
  const camera = atoms?.camera();
  const linked = {
    name: snapshot.name,
    count: snapshot.count,
    view: readViewState(store),
    ...(camera ? { camera } : {}),
  };
  const page = location.href.replace(/#.*/, '');
  return `${page}#${encodeViewLink(linked, readViewState(useStore.getInitialState()))}`;
}

/** Applies the view of the address: to the first snapshot, whichever it is, and to the one it was made with. */
export function useViewLink(): void {
  const handles = useHandles();
  useEffect(() => {
    let linked = readAddress();
    let applied = false;
    const apply = () => {
      const snapshot = useStore.getState().stages.snapshot.summary;
      if (!linked || !snapshot) return;
      const its = linked.name === snapshot.name && linked.count === snapshot.count;
      if (applied && !its) return;
      show(linked, handles);
      if (!its) {
        const message = `The view link was made with ${linked.name} (${count(linked.count)} atoms), and is applied to ${snapshot.name} (${count(snapshot.count)} atoms); open the other file to see it as it was`;
        useStore.getState().setSession({ notice: { tag: 'bad-input', message } });
      }
      applied = true;
      if (its) linked = null;
    };
    const readAgain = () => {
      linked = readAddress();
      applied = false;
      apply();
    };
    apply();
    addEventListener('hashchange', readAgain);
    const stop = useStore.subscribe((now, before) => {
      if (now.stages.snapshot.summary !== before.stages.snapshot.summary) apply();
    });
    return () => {
      removeEventListener('hashchange', readAgain);
      stop();
    };
  }, [handles]);
}

function show({ view, camera }: LinkedView, handles: Handles): void {
  useStore.setState({ ...readViewState(useStore.getInitialState()), ...view });
  // The picture frames a new snapshot first.
  if (camera) requestAnimationFrame(() => requestAnimationFrame(() => handles.atoms?.setCamera(camera)));
}

function readAddress(): LinkedView | null {
  try {
    return decodeViewLink(location.hash, Object.keys(COLOUR_MAPS));
  } catch (thrown) {
    useStore.getState().setSession({ notice: toFailure(thrown) });
    return null;
  }
}
