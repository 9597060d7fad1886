import { badParameter } from '#data/errors.ts';

/** Endings of potential files that say their pair style. */
const STYLES: readonly [ending: RegExp, style: string][] = [
  [/\.eam\.fs$|\.fs$/i, 'eam/fs'],
  [/\.eam\.alloy$|\.alloy$|\.setfl$|\.set$/i, 'eam/alloy'],
];

/**
 * The pair style of a potential file by its name.
 * @throws Refusal (`bad-parameter`) for a name that does not say.
 */
export function pairStyleOf(file: string): string {
  const style = STYLES.find(([ending]) => ending.test(file))?.[1];
  if (style !== undefined) return style;
  throw badParameter(
    `LAMMPS: the name ${file || '(none)'} does not say its pair style (.eam.fs, .eam.alloy, .setfl do); set the pair style`,
  );
}
