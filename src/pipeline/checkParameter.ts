import { PARAMETERS, type ParameterName } from './parameters.ts';

/** What is wrong with a value, as one sentence; undefined where it is fine. */
export function checkParameter(name: ParameterName, value: unknown): string | undefined {
  const spec = PARAMETERS[name];
  const where = `${spec.label} (${spec.flag})`;
  switch (spec.kind) {
    case 'optional-integer':
      if (value === null) return undefined;
      return checkNumber(where, value, spec, true);
    case 'integer':
      return checkNumber(where, value, spec, true);
    case 'number':
      return checkNumber(where, value, spec, false);
    case 'choice':
      return spec.choices.includes(value as string)
        ? undefined
        : `${where}: expected one of ${spec.choices.join(', ')}, found ${String(value)}.`;
    default:
      return checkText(name, where, value);
  }
}

function checkNumber(where: string, value: unknown, spec: { min: number; max: number }, whole: boolean) {
  const kind = whole ? 'a whole number' : 'a number';
  const fits =
    typeof value === 'number' && value >= spec.min && value <= spec.max && (!whole || Number.isInteger(value));
  return fits ? undefined : `${where}: expected ${kind} from ${spec.min} to ${spec.max}, found ${String(value)}.`;
}

function checkText(name: ParameterName, where: string, value: unknown): string | undefined {
  const isNumber = (text: string) => text.trim() !== '' && Number.isFinite(Number(text));
  if (name === 'frame' && !/^(first|last|\d+)$/.test(String(value))) {
    return `${where}: expected first, last or a frame number from 0, found ${String(value)}.`;
  }
  if (name === 'bulkEnergy' && value !== 'auto' && !isNumber(String(value))) {
    return `${where}: expected auto or an energy in eV, found ${String(value)}.`;
  }
  if (name === 'fitLambda' && value !== 'same' && value !== 'loo' && !(isNumber(String(value)) && Number(value) > 0)) {
    return `${where}: expected same, loo or a positive number, found ${String(value)}.`;
  }
  return undefined;
}
