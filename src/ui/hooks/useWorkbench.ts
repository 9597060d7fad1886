import { createContext, useContext } from 'react';
import type { Workbench } from '#state/actions/workbench.ts';

export const WorkbenchContext = createContext<Workbench | null>(null);

/** What one can ask of the page; provided by main.tsx. */
export function useWorkbench(): Workbench {
  const workbench = useContext(WorkbenchContext);
  if (!workbench) throw new Error('no workbench above this component');
  return workbench;
}
