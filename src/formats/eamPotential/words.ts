import { badInput, type Refusal } from '#data/errors.ts';
import { quote } from '../text/numbers.ts';

interface Line {
  readonly words: readonly string[];
  /** 1-based. */
  readonly line: number;
}

/** A number as C or Fortran writes it (1.5e-3, 1.5D-03); NaN for anything else. */
export function parseFortran(word: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d+)?$/.test(word) ? Number(word.replace(/[dD]/, 'e')) : Number.NaN;
}

/** The words of a potential file after its comments, line by line; what stands after a # is none of them. */
export class PotentialWords {
  readonly #file: string;
  readonly #lines: readonly Line[];
  readonly #lastLine: number;
  #next = 0;

  /** @param lines Of the file, from its start. @param skip Lines of comment at the start. */
  constructor(file: string, lines: readonly string[], skip: number) {
    this.#file = file;
    this.#lastLine = lines.length;
    this.#lines = lines
      .map((text, index) => ({ words: text.replace(/#.*/, '').split(/\s+/).filter(Boolean), line: index + 1 }))
      .filter(({ words, line }) => line > skip && words.length > 0);
  }

  /** Words on the lines not yet read. */
  get left(): number {
    return this.#lines.slice(this.#next).reduce((sum, { words }) => sum + words.length, 0);
  }

  /** The words of the next line. @throws Refusal at the end of the file, where `expected` is missing. */
  nextLine(expected: string): Line {
    const line = this.#lines[this.#next++];
    if (!line) throw this.refuse(this.#lastLine, expected, 'the end of the file');
    return line;
  }

  /**
   * The next `count` numbers; they start and end with a line, as LAMMPS has it.
   * @param what "F(rho) of Fe", for sentences.
   */
  nextTable(count: number, what: string): Float64Array {
    const table = new Float64Array(count);
    let filled = 0;
    while (filled < count) {
      const { words, line } = this.nextLine(`number ${filled + 1} of ${count} of ${what}`);
      if (words.length > count - filled) {
        const found = `${words.length - (count - filled)} more on the line`;
        throw this.refuse(line, `the line to end with number ${count} of ${count} of ${what}`, found);
      }
      for (const word of words) {
        const value = parseFortran(word);
        if (!Number.isFinite(value)) {
          throw this.refuse(line, `number ${filled + 1} of ${count} of ${what}`, quote(word));
        }
        table[filled++] = value;
      }
    }
    return table;
  }

  /** @throws Refusal where something follows the last table: other formats add tables of their own. */
  finish(expected: string): void {
    const line = this.#lines[this.#next];
    if (line) throw this.refuse(line.line, expected, quote(line.words.join(' ')));
  }

  refuse(line: number, expected: string, found: string): Refusal {
    return badInput({ file: this.#file, line, expected, found });
  }
}
