import { useCallback } from 'react';
import type { ByteInput } from '#compute/conductorApi.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { PROJECT_FILE } from '../words/files.ts';

/** Opens a file of a person: a project as it was saved, or else a snapshot. */
export function useOpenFile(): (input: ByteInput) => Promise<boolean> {
  const workbench = useWorkbench();
  return useCallback(
    (input) => (input.name.toLowerCase().endsWith(PROJECT_FILE) ? workbench.restore(input) : workbench.open(input)),
    [workbench],
  );
}
