/** A value of a CIF; words in quotes are never keywords. */
export interface CifToken {
  readonly text: string;
  readonly quoted: boolean;
}

const TOKEN = /'(?:[^']|'(?=\S))*'(?=\s|$)|"(?:[^"]|"(?=\S))*"(?=\s|$)|#.*|\S+/g;

/** The tokens of one line, without remarks. */
export function tokensOf(line: string): CifToken[] {
  return Array.from(line.matchAll(TOKEN), ([text]) => text)
    .filter((text) => !text.startsWith('#'))
    .map((text) => {
      const quoted = /^(['"]).*\1$/s.test(text) && text.length > 1;
      return { text: quoted ? text.slice(1, -1) : text, quoted };
    });
}

/** A number, perhaps with its uncertainty: "0.1234(5)"; NaN where it is none, or is not known ("?", "."). */
export function cifNumber(text: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?(\(\d+\))?$/.test(text)
    ? Number(text.replace(/\(\d+\)$/, ''))
    : Number.NaN;
}
