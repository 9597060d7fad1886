import type { ComputeClient } from '#compute/client.ts';
import type { ByteInput } from '#compute/conductorApi.ts';
import { toFailure } from '#data/errors.ts';
import { IN_PLACE, refOfPotential } from '#pipeline/potentials.ts';
import type { ColumnRegistry } from '../columnRegistry.ts';
import { useStore } from '../store.ts';
import { dropColumn } from './dropColumn.ts';
import { fetchSnapshot } from './openAddress.ts';
import { tryParameters } from './tryParameters.ts';

/** The potential that comes with the page, relative to it. */
export const SHIPPED_POTENTIAL = 'fe-fs1984.eam.fs';

/** Fetch the potential that comes with the page. Null where the server does not give it, which is said in a notice. */
export async function fetchShippedPotential(): Promise<ByteInput | null> {
  try {
    return await fetchSnapshot(SHIPPED_POTENTIAL, document.baseURI);
  } catch (thrown) {
    useStore.getState().setSession({ notice: toFailure(thrown) });
    return null;
  }
}

/**
 * Put a potential in force in place of a label column, and take energies by it. What is refused or cancelled changes
 * nothing: whatever was in force before stays so.
 */
export async function takeByPotential(
  { name, blob }: ByteInput,
  client: ComputeClient,
  columns: ColumnRegistry,
  takeEnergies: () => Promise<boolean>,
): Promise<boolean> {
  const text = await blob.text();
  const potential = refOfPotential(name, text);
  await client.providePotential(potential.sha256, text);
  const before = useStore.getState().parameters.potential;
  if (!(await tryParameters({ potential, labelColumn: null }, takeEnergies))) return false;
  // They would be shown under the name of the potential that is in force now.
  if (before?.sha256 !== potential.sha256) dropColumn(IN_PLACE, columns);
  return true;
}
