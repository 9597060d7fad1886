import { badInput } from '#data/errors.ts';

const OPEN = '{{';
const CLOSE = '}}';

/** By name. A function is asked only where the placeholder stands. */
export type PlaceholderValues = ReadonlyMap<string, string | (() => string)>;

/**
 * A template with its placeholders `{{name}}` filled in. A value of many lines is indented like the line it stands on.
 * Line ends become LF, since some programs stumble over CR.
 * @param file Name for sentences.
 * @throws Refusal (`bad-input`) with file and line for a placeholder that is not among `values` and for one that is not
 * closed on its line.
 */
export function renderTemplate(template: string, values: PlaceholderValues, file: string): string {
  return template
    .split(/\r\n|\r|\n/)
    .map((text, index) => renderLine(text, values, file, index + 1))
    .join('\n');
}

function renderLine(text: string, values: PlaceholderValues, file: string, line: number): string {
  const indent = /^\s*/.exec(text)?.[0] ?? '';
  let rendered = '';
  let at = 0;
  for (;;) {
    const open = text.indexOf(OPEN, at);
    if (open < 0) return rendered + text.slice(at);
    const close = text.indexOf(CLOSE, open + OPEN.length);
    if (close < 0) {
      throw badInput({ file, line, message: `A placeholder is opened by ${OPEN} and not closed by ${CLOSE}` });
    }
    const name = text.slice(open + OPEN.length, close).trim();
    const value = values.get(name);
    if (value === undefined) {
      const known = [...values.keys()].map((key) => OPEN + key + CLOSE).join(', ');
      throw badInput({ file, line, message: `There is no placeholder ${OPEN}${name}${CLOSE}, only ${known}` });
    }
    const filled = typeof value === 'string' ? value : value();
    rendered += text.slice(at, open) + filled.replaceAll('\n', `\n${indent}`);
    at = close + CLOSE.length;
  }
}
