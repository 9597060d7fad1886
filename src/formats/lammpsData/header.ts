import { type Cell, makeCell } from '#data/cell.ts';
import { badInput } from '#data/errors.ts';
import { checkCell } from '../text/assemble.ts';
import { quote } from '../text/numbers.ts';

const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`;
const numbersThen = (count: number, words: string) =>
  new RegExp(
    `^${Array(count).fill(`(${NUMBER})`).join(String.raw`\s+`)}\\s+${words.replaceAll(' ', String.raw`\s+`)}$`,
  );

/** Lines of the header that matter here; all others (numbers of bonds, extra room) do not. */
const ATOMS = /^(\d+)\s+atoms$/;
const TYPES = /^(\d+)\s+atom\s+types$/;
const BOUNDS = ['xlo xhi', 'ylo yhi', 'zlo zhi'].map((words) => numbersThen(2, words));
const TILTS = numbersThen(3, 'xy xz yz');
const VECTORS = ['avec', 'bvec', 'cvec', 'abc origin'].map((words) => numbersThen(3, words));
/** What a line of the header that we know ends with: another one that ends so is garbled. */
const KNOWN = /(^|\s)(atoms|atom\s+types|[xyz]lo\s+[xyz]hi|xy\s+xz\s+yz|[abc]vec|abc\s+origin)$/;

/** The header of a data file: everything before the first section. */
export class DataHeader {
  readonly #file: string;
  count: number | null = null;
  types: number | null = null;
  readonly #bounds: (number[] | null)[] = [null, null, null];
  readonly #vectors: (number[] | null)[] = [null, null, null, null];
  #tilts: number[] = [0, 0, 0];
  /** Line of the cell, for sentences. */
  #line = 1;

  constructor(file: string) {
    this.#file = file;
  }

  /** A line without its comment, not blank. @throws Refusal where it is one that matters, and garbled. */
  read(text: string, line: number): void {
    const whole = (pattern: RegExp) => {
      const digits = pattern.exec(text)?.[1];
      return digits !== undefined && digits.length <= 15 ? Number(digits) : null;
    };
    const numbers = (pattern: RegExp) => pattern.exec(text)?.slice(1).map(Number) ?? null;
    const count = whole(ATOMS);
    const types = whole(TYPES);
    if (count !== null) this.count = this.#once(this.count, count, text, line);
    else if (types !== null) this.types = this.#once(this.types, types, text, line);
    else if (!this.#readCell(numbers, text, line) && KNOWN.test(text)) {
      throw badInput({
        file: this.#file,
        line,
        expected: 'a line of the header of a LAMMPS data file',
        found: quote(text),
      });
    }
  }

  /** @throws Refusal where there is none, or one without volume. Tilts are those of the cell itself, not of its box. */
  cell(): Cell {
    const [a, b, c, origin] = this.#vectors;
    if (a && b && c && origin) return this.#checked(makeCell([...a, ...b, ...c], origin));
    const [x, y, z] = this.#bounds;
    if (!x || !y || !z) {
      throw badInput({
        file: this.#file,
        line: this.#line,
        expected: 'xlo xhi, ylo yhi and zlo zhi in the header',
        found: 'none',
      });
    }
    const [xy, xz, yz] = this.#tilts as [number, number, number];
    const vectors = [x[1]! - x[0]!, 0, 0, xy, y[1]! - y[0]!, 0, xz, yz, z[1]! - z[0]!];
    if (!(vectors[0]! > 0 && vectors[4]! > 0 && vectors[8]! > 0)) {
      throw badInput({
        file: this.#file,
        line: this.#line,
        expected: 'lower bounds below upper ones',
        found: [x, y, z].map((pair) => pair.join(' ')).join(', '),
      });
    }
    return this.#checked(makeCell(vectors, [x[0]!, y[0]!, z[0]!]));
  }

  #readCell(numbers: (pattern: RegExp) => number[] | null, text: string, line: number): boolean {
    const into = (list: (number[] | null)[], patterns: readonly RegExp[]) =>
      patterns.some((pattern, k) => {
        const found = numbers(pattern);
        if (found) list[k] = this.#once(list[k] ?? null, found, text, line);
        return found !== null;
      });
    const tilts = numbers(TILTS);
    if (tilts) this.#tilts = tilts;
    const found = tilts !== null || into(this.#bounds, BOUNDS) || into(this.#vectors, VECTORS);
    if (found) this.#line = line;
    return found;
  }

  #once<T>(before: T | null, now: T, text: string, line: number): T {
    if (before === null) return now;
    throw badInput({ file: this.#file, line, message: `${quote(text)}: this stands twice in the header` });
  }

  #checked(cell: Cell): Cell {
    checkCell(this.#file, this.#line, cell);
    return cell;
  }
}
