import { PARAMETERS, type ParameterName, type StageName } from '#pipeline/parameters.ts';
import { fingerprint, stageOf } from '#pipeline/stages.ts';
import type { Store } from '#state/store.ts';
import { choiceWords } from './choices.ts';
import { significant } from './numbers.ts';

/** A fingerprint, read back: see `fingerprint` of the stages. */
type Entry = readonly [stage: StageName, input: string, parameters: readonly (readonly [ParameterName, unknown])[]];

/** What changed since a finished step was computed ("Gaussian width 0.5 → 0.55 Å"); null where nothing did. */
export function staleWords(store: Store, stage: StageName): string | null {
  const before = store.stages[stage].fingerprint;
  if (before === undefined) return null;
  const now = fingerprint(stage, store.parameters, store.inputs);
  if (before === now) return null;
  const changes = differences(JSON.parse(before) as Entry[], JSON.parse(now) as Entry[]);
  return changes.length > 2 ? `${changes.slice(0, 2).join(', ')} and more changed` : `Changed: ${changes.join(', ')}`;
}

function differences(before: readonly Entry[], now: readonly Entry[]): string[] {
  const words: string[] = [];
  now.forEach(([stage, input, parameters], k) => {
    const [, inputBefore, parametersBefore] = before[k]!;
    if (input !== inputBefore) words.push(`input of ${stageOf(stage).title}`);
    for (const [name, value] of parameters) {
      const read = parametersBefore.find(([other]) => other === name);
      // What was not read before came with something else that changed.
      if (!read) continue;
      const old = read[1];
      if (JSON.stringify(old) !== JSON.stringify(value)) words.push(change(name, old, value));
    }
  });
  // A parameter that two steps read is one change.
  return [...new Set(words)];
}

function change(name: ParameterName, old: unknown, value: unknown): string {
  const { label, unit } = PARAMETERS[name];
  if (typeof old === 'object' || typeof value === 'object') return label;
  return `${label} ${valueWords(old)} → ${valueWords(value)}${unit ? ` ${unit}` : ''}`;
}

function valueWords(value: unknown): string {
  if (typeof value === 'number') return significant(value, 7);
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return choiceWords(String(value));
}
