import { useStore } from '../store.ts';

/** A label column that the snapshot does not have cannot stay in force. */
export function dropMissingLabels(): void {
  const { parameters, stages, setParameter } = useStore.getState();
  const columns = stages.snapshot.summary?.columns ?? [];
  if (parameters.labelColumn && !columns.includes(parameters.labelColumn)) setParameter('labelColumn', null);
}
