import type { EamPotential } from '#data/eamPotential.ts';
import { buildEamModel, matchElements } from '#kernels/eam/model.ts';
import { CHUNKS, type Context } from './executor.ts';
import type { StageResults } from './results.ts';

/**
 * Energy of every atom where it lies in the snapshot, by a potential.
 * @returns [n] eV by row, memory of the ledger; NaN for atoms on the spot of another.
 * @throws Refusal (`bad-parameter`) where the snapshot has another element, `no-memory`, `cancelled`.
 */
export async function energiesInPlace(
  { snapshot, list }: StageResults['snapshot'],
  potential: EamPotential,
  { executor, control, memory }: Context,
): Promise<Float64Array> {
  const elementOfType = matchElements(potential, snapshot.species);
  const energy = memory.allocate('energies in place', 'float64', list.count);
  try {
    control.begin('computing energies', list.count);
    const atoms = { list, types: snapshot.types, elementOfType };
    await executor.run('energiesInPlace', { atoms, model: buildEamModel(potential), energy }, CHUNKS, control);
  } catch (thrown) {
    memory.release(energy);
    throw thrown;
  }
  return energy;
}
