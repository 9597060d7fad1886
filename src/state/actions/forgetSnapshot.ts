import type { Failure } from '#data/errors.ts';
import { downstreamOf } from '#pipeline/stages.ts';
import type { ColumnRegistry } from '../columnRegistry.ts';
import { WHOLE_MODEL } from '../slices/clips.ts';
import { useStore } from '../store.ts';

/** Stages whose results belong to a snapshot: all of them go with it. */
const OF_SNAPSHOT = downstreamOf('snapshot');

/** What is shown of the snapshot so far, and was computed from it, goes: another one comes, or none is there any more. */
export function forgetSnapshot(columns: ColumnRegistry): void {
  for (const prefix of ['atoms.', 'file.', 'structure.', 'pool.', 'energies.', 'eam.', 'model.']) columns.drop(prefix);
  const { resetStages, setSession, setView, setCuts, clearMeasured, setReplicaSweep } = useStore.getState();
  resetStages(OF_SNAPSHOT);
  setSession({ columns: {} });
  setView({
    pickedRow: null,
    colourBy: 'structure.type',
    plotColourBy: 'structure.type',
    hiddenTypes: [],
  });
  setCuts(WHOLE_MODEL);
  clearMeasured();
  setReplicaSweep(null);
}

/** The same where the snapshot itself is gone too, and whoever held it; the notice says why. */
export function forgetAll(columns: ColumnRegistry, failure: Failure): void {
  forgetSnapshot(columns);
  const { resetStages, setSession } = useStore.getState();
  resetStages(['snapshot']);
  setSession({ memoryBytes: 0, notice: failure });
}
