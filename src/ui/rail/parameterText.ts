import { checkParameter } from '#pipeline/checkParameter.ts';
import { PARAMETERS, type ParameterName, type Parameters } from '#pipeline/parameters.ts';
import { withoutFlags } from '../words/sentences.ts';

/** What somebody typed: a value that may stand, or one sentence on why not. */
export type Typed<K extends ParameterName> = { readonly value: Parameters[K] } | { readonly problem: string };

/** A value as it is typed. */
export function textOfParameter<K extends ParameterName>(value: Parameters[K]): string {
  if (value === null) return '';
  if (typeof value === 'number') return numberText(value);
  return Array.isArray(value) ? value.join(', ') : String(value);
}

export function readParameter<K extends ParameterName>(name: K, text: string): Typed<K> {
  const value = parseText(name, text.trim());
  const problem = checkParameter(name, value);
  if (problem === undefined) return { value: value as Parameters[K] };
  return { problem: withoutFlags(problem) };
}

/** The value one arrow key away, within the range: by the step, or by a power of ten where there is none. */
export function stepParameter(name: ParameterName, value: number, direction: 1 | -1): number {
  const spec = PARAMETERS[name];
  if (spec.kind !== 'number' && spec.kind !== 'integer') return value;
  const step = spec.step ?? (spec.kind === 'integer' ? 1 : undefined);
  const next = step === undefined ? value * 10 ** direction : value + direction * step;
  return Number(Math.min(spec.max, Math.max(spec.min, next)).toPrecision(12));
}

function parseText(name: ParameterName, text: string): unknown {
  switch (PARAMETERS[name].kind) {
    case 'number':
    case 'integer':
      return number(text);
    case 'optional-integer':
      return text === '' ? null : number(text);
    case 'names':
      return text === '' ? [] : text.split(/[\s,;]+/).filter(Boolean);
    default:
      return text === '' ? PARAMETERS[name].default : text;
  }
}

/** A number, or the text itself where it is none, so that the sentence can quote it. */
function number(text: string): number | string {
  if (text === '') return 'nothing';
  const value = Number(text.replace('−', '-'));
  return Number.isFinite(value) ? value : text;
}

function numberText(value: number): string {
  return value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential().replace('e+', 'e') : String(value);
}
