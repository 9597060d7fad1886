import { useStore } from '../store.ts';

/**
 * A column that the snapshot does not have cannot stay in force.
 * @param anotherFile What was said of the numbers in a column was said of the file that was open.
 */
export function dropMissingColumns({ anotherFile }: { readonly anotherFile: boolean }): void {
  const { parameters, stages, setParameter } = useStore.getState();
  const { labelColumn, structureColumn } = parameters;
  const columns = stages.snapshot.summary?.columns ?? [];
  if (labelColumn && !columns.includes(labelColumn)) setParameter('labelColumn', null);
  if (structureColumn && (anotherFile || !columns.includes(structureColumn))) {
    setParameter('structureColumn', null);
    setParameter('structureCodes', 'unsaid');
  }
}
