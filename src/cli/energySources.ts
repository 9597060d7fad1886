import { badParameter } from '#data/errors.ts';
import { WITH_NEW_ENERGIES } from '#pipeline/newEnergies.ts';
import type { Parameters } from '#pipeline/parameters.ts';
import { IN_PLACE } from '#pipeline/potentials.ts';

/**
 * Parameters that were given, and those that they take the place of: energies come from one source, and one that is
 * named now replaces that of an earlier run.
 * @throws Refusal where two sources are named at once.
 */
export function withOneSource(given: Partial<Parameters>, table: string | undefined): Partial<Parameters> {
  const { potential, labelColumn } = given;
  const named = [
    ...(table ? ['--energies'] : []),
    ...(potential ? ['--potential'] : []),
    ...(labelColumn && !(potential && labelColumn === IN_PLACE) ? ['--label-column'] : []),
  ];
  if (named.length > 1) throw badParameter(`Energies come from one source: name ${named.join(' or ')}`);
  const replaced: Partial<Parameters> = {
    ...(potential ? { labelColumn: null } : {}),
    ...(labelColumn && labelColumn !== IN_PLACE ? { potential: null } : {}),
    ...(table ? WITH_NEW_ENERGIES : {}),
  };
  return { ...replaced, ...given };
}
