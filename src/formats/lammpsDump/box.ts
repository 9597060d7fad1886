import { type Cell, makeCell } from '#data/cell.ts';
import { badInput, type Place } from '#data/errors.ts';
import { checkCellAt } from '../text/assemble.ts';
import { parseDecimal, quote } from '../text/numbers.ts';

/** `ITEM: BOX BOUNDS` as it stands in a frame's header. */
export interface BoxBounds {
  readonly kind: 'orthogonal' | 'triclinic' | 'general';
  readonly periodic: readonly [boolean, boolean, boolean];
  /** Very old dumps give no boundary flags. */
  readonly flagged: boolean;
  /** Of the item; where it is a line, the three rows follow it. */
  readonly place: Place;
  readonly rows: number[][];
}

const ROW_LENGTH = { orthogonal: 2, triclinic: 3, general: 4 } as const;
const ROW_TITLE = { orthogonal: 'lo hi', triclinic: 'lo hi tilt', general: 'three components and the origin' } as const;

/** Read what follows `ITEM: BOX BOUNDS`. @throws Refusal for words that are no box style and no boundary flags. */
export function parseBoxItem(file: string, line: number, words: readonly string[]): BoxBounds {
  const style = words.join(' ');
  const kind = style.startsWith('xy xz yz') ? 'triclinic' : style.startsWith('abc origin') ? 'general' : 'orthogonal';
  const flags = words.slice({ orthogonal: 0, triclinic: 3, general: 2 }[kind]);
  const flagged = flags.length > 0;
  if (flagged && !(flags.length === 3 && flags.every((flag) => /^(pp|[fsm]{2})$/.test(flag)))) {
    throw badInput({ file, line, expected: 'boundary flags such as "pp pp ff"', found: quote(flags.join(' ')) });
  }
  const periodic = (k: number) => !flagged || flags[k] === 'pp';
  return { kind, periodic: [periodic(0), periodic(1), periodic(2)], flagged, place: { file, line }, rows: [] };
}

/** One of the three rows of the box. */
export function parseBoxRow(file: string, line: number, box: BoxBounds, words: readonly string[]): void {
  const row = words.map(parseDecimal);
  if (row.length !== ROW_LENGTH[box.kind] || !row.every(Number.isFinite)) {
    throw badInput({
      file,
      line,
      expected: `a row of the box (${ROW_TITLE[box.kind]})`,
      found: quote(words.join(' ')),
    });
  }
  box.rows.push(row);
}

/**
 * The true cell. Triclinic rows bound the parallelepiped's bounding box, not the box itself:
 * xlo = xlo_bound - min(0, xy, xz, xy + xz) and so on (LAMMPS manual, "Howto triclinic"; RIVALS section 4).
 * @throws Refusal for a cell without volume.
 */
export function cellOfBox(box: Omit<BoxBounds, 'flagged'>): Cell {
  const [x, y, z] = box.rows as [number[], number[], number[]];
  if (box.kind === 'general') {
    const vectors = [x, y, z].flatMap((row) => row.slice(0, 3));
    const cell = makeCell(vectors, [x[3]!, y[3]!, z[3]!], box.periodic);
    checkCellAt(box.place, cell);
    return cell;
  }
  const [xy, xz, yz] = box.kind === 'triclinic' ? [x[2]!, y[2]!, z[2]!] : [0, 0, 0];
  const low = [x[0]! - Math.min(0, xy, xz, xy + xz), y[0]! - Math.min(0, yz), z[0]!];
  const high = [x[1]! - Math.max(0, xy, xz, xy + xz), y[1]! - Math.max(0, yz), z[1]!];
  const edge = low.map((bound, k) => high[k]! - bound);
  const inverted = edge.findIndex((length) => !(length > 0));
  if (inverted >= 0) {
    const { line } = box.place;
    throw badInput({
      ...box.place,
      ...(line === undefined ? {} : { line: line + 1 + inverted }),
      expected: 'a lower bound below the upper one',
      found: `${low[inverted]} and ${high[inverted]}`,
    });
  }
  const cell = makeCell([edge[0]!, 0, 0, xy, edge[1]!, 0, xz, yz, edge[2]!], low, box.periodic);
  checkCellAt(box.place, cell);
  return cell;
}
