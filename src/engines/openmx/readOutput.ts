import { findElement } from '#chem/elements.ts';
import { EV_PER_UNIT } from '#chem/units.ts';
import { badInput } from '#data/errors.ts';
import { quote } from '#formats/text/numbers.ts';
import type { Calculation, Convergence, OutputReader } from '../calculation.ts';
import { lastIndexOf, parseFixed, scale, splitLines } from '../outputText.ts';

// 3.9 writes dots between the words of a title, 3.8 blanks.
const TITLE = /^\s*Decomposed[ .]energies[ .]\(Hartree\)[ .]with[ .]respect[ .]to[ .]atom\s*$/;
const NEXT_TITLE = /^\s*Decomposed[ .]energies[ .]\(Hartree\)[ .]with[ .]respect[ .]to[ .]atomic[ .]orbital/;
const TOTAL = /^\s*Total energy \(Hartree\) =\s*(\S+)/;
/** Of the table behind the energies. */
const END = /^coordinates\.forces>/;
const CUT = 'The file stops before the end of its coordinates and forces: OpenMX was killed, or the file is not whole.';
/** OpenMX's own default of `scf.criterion`, Hartree. */
const USUAL_CRITERION = 1e-6;

interface Row {
  readonly label: string;
  readonly energy: number;
}

/** `System.Name.out` of OpenMX 3.8 and 3.9 with `Energy.Decomposition on`. */
export const openmx: OutputReader = {
  code: 'OpenMX',
  recognises: (head) => /OpenMX Ver\./.test(head) || head.split(/\r?\n/).some((line) => TITLE.test(line)),
  read(text, file): Calculation {
    const lines = splitLines(text);
    const title = lastIndexOf(lines, TITLE);
    if (title < 0) {
      const message =
        'OpenMX printed no energies of atoms: the input needs "Energy.Decomposition on", and the run has to end';
      throw badInput({ file, line: Math.max(1, lines.length), message });
    }
    const { rows, firstRow } = readRows(lines, title, file);
    const elements = rows.map(({ label }) => elementOf(label));
    const total = TOTAL.exec(lines[lastIndexOf(lines.slice(0, title), TOTAL)] ?? '');
    const total_eV = total ? parseFixed(total[1]!) * EV_PER_UNIT.Ha : null;
    const convergence = scfState(lines);
    return {
      code: 'OpenMX',
      version: /OpenMX Ver\. ?(\d[\d.]*\d)/.exec(text)?.[1] ?? null,
      partition: 'basis-projection',
      convergence,
      atoms: {
        energy: scale(
          rows.map(({ energy }) => energy),
          EV_PER_UNIT.Ha,
        ),
        species: elements.every((symbol) => symbol !== null) ? elements : null,
        position: readPositions(lines, rows.length),
      },
      total_eV,
      line: firstRow + 1,
      problems: [
        ...(convergence === 'not-converged' ? ['The SCF loop did not reach scf.criterion.'] : []),
        ...(lines.some((line) => END.test(line)) ? [] : [CUT]),
      ],
    };
  },
};

function readRows(lines: readonly string[], title: number, file: string): { rows: Row[]; firstRow: number } {
  const next = lines.findIndex((line, index) => index > title && NEXT_TITLE.test(line));
  if (next < 0) {
    const message = 'the table of atomic energies is cut off: OpenMX was killed, or the file is not whole';
    throw badInput({ file, line: lines.length, message });
  }
  const header = lines.findIndex((line, index) => index > title && index < next && /^\s*Utot(\s|$)/.test(line));
  if (header < 0) {
    throw badInput({ file, line: title + 1, expected: 'a table whose first column is Utot', found: 'another' });
  }
  const rows: Row[] = [];
  for (let at = header + 1; at < next; at++) {
    if (lines[at]!.trim() === '') continue;
    const [index, label, utot] = lines[at]!.trim().split(/\s+/);
    const energy = parseFixed(utot ?? '');
    if (Number(index) !== rows.length + 1 || !Number.isFinite(energy)) {
      const expected = `number, symbol and Utot of atom ${rows.length + 1}`;
      throw badInput({ file, line: at + 1, expected, found: quote(lines[at]!.trim()) });
    }
    rows.push({ label: label!, energy });
  }
  if (rows.length === 0) throw badInput({ file, line: header + 1, message: 'the table of atomic energies is empty' });
  const firstRow = lines.findIndex((line, index) => index > header && line.trim() !== '');
  return { rows, firstRow };
}

/** The element of a species, whose name is the user's: Fe, Fe1, Fe_up. */
function elementOf(label: string): string | null {
  const candidates = [label.slice(0, 2), label.slice(0, 1)];
  return candidates.find((symbol) => findElement(symbol)) ?? null;
}

/** [m, 3] Å from the table of coordinates and forces; null where there is none of `count` atoms. */
function readPositions(lines: readonly string[], count: number): Float64Array | null {
  const begin = lastIndexOf(lines, /^<coordinates\.forces/);
  const end = lines.findIndex((line, index) => index > begin && END.test(line));
  if (begin < 0 || end !== begin + count + 2 || Number(lines[begin + 1]) !== count) return null;
  const rows = lines.slice(begin + 2, end).map((line) => line.trim().split(/\s+/).slice(2, 5).map(parseFixed));
  const position = Float64Array.from(rows.flat());
  return position.length === 3 * count && position.every(Number.isFinite) ? position : null;
}

/**
 * OpenMX prints no verdict. Its rule: the eigenvalue energy changed by less than `scf.criterion` in the last step
 * (manual, "SCF convergence"); the file has its history, and repeats the input.
 */
function scfState(lines: readonly string[]): Convergence {
  const history = lines.slice(Math.max(0, lastIndexOf(lines, /SCF history at MD/)));
  const energies = history.flatMap((line) => {
    const match = /^\s*SCF=\s*\d+\s+NormRD=\s*\S+\s+Uele=\s*(\S+)/.exec(line);
    return match ? [parseFixed(match[1]!)] : [];
  });
  const [earlier, last] = energies.slice(-2);
  if (earlier === undefined || last === undefined) return 'unknown';
  const stated = lines.flatMap((line) => /^\s*scf\.criterion\s+(\S+)/i.exec(line)?.[1] ?? []).at(-1);
  const criterion = stated === undefined ? USUAL_CRITERION : parseFixed(stated);
  if (!Number.isFinite(criterion)) return 'unknown';
  return Math.abs(last - earlier) < criterion ? 'converged' : 'not-converged';
}
