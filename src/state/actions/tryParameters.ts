import type { ParameterName, Parameters } from '#pipeline/parameters.ts';
import { useStore } from '../store.ts';

/** Change parameters for an action; where it comes to nothing, they are what they were. */
export async function tryParameters(change: Partial<Parameters>, act: () => Promise<boolean>): Promise<boolean> {
  const { parameters } = useStore.getState();
  const names = Object.keys(change) as ParameterName[];
  setParameters(names, change);
  if (await act()) return true;
  setParameters(names, parameters);
  return false;
}

function setParameters(names: readonly ParameterName[], values: Partial<Parameters>): void {
  const { setParameter } = useStore.getState();
  for (const name of names) setParameter(name, values[name] as never);
}
