import type { ColumnRegistry } from '../columnRegistry.ts';
import { useStore } from '../store.ts';

/** A column that no longer is what it says goes; what is coloured by it is coloured by type again. */
export function dropColumn(name: string, columns: ColumnRegistry): void {
  if (!columns.find(name)) return;
  columns.drop(name);
  const { columns: known, colourBy, plotColourBy, setSession, setView } = useStore.getState();
  const { [name]: _, ...others } = known;
  setSession({ columns: others });
  if (colourBy === name) setView({ colourBy: 'structure.type' });
  if (plotColourBy === name) setView({ plotColourBy: 'structure.type' });
}
