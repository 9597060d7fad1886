import { EV_PER_UNIT } from '#chem/units.ts';
import { badInput } from '#data/errors.ts';
import { quote } from '#formats/text/numbers.ts';
import type { Calculation, Convergence, OutputReader } from '../calculation.ts';
import { lastIndexOf, parseFixed, scale, splitLines } from '../outputText.ts';

const TITLE = /^\s*Atom resolved total energies\s*$/;
/** Columns of 5, 16 and 16 characters, and one blank before them in old versions. */
const ROW = /^\s*(\d+)\s+(\S+) H\s+(\S+) eV\s*$/;
const TOTAL = /^\s*Total energy:\s+(\S+) H\s/;

/** `detailed.out` of DFTB+ with `Analysis { AtomResolvedEnergies = Yes }`. It has no coordinates. */
export const dftbplus: OutputReader = {
  code: 'DFTB+',
  recognises: (head) =>
    /^\s*(Atom resolved \w+ energies\s*$|Total Mermin free energy:|SCC (is NOT )?converged)/m.test(head),
  read(text, file): Calculation {
    const lines = splitLines(text);
    const title = lastIndexOf(lines, TITLE);
    if (title < 0) {
      const message =
        'detailed.out has no table of total energies of atoms: the input needs Analysis { AtomResolvedEnergies = Yes }';
      throw badInput({ file, line: Math.max(1, lines.length), message });
    }
    const total = TOTAL.exec(lines[lastIndexOf(lines.slice(0, title), TOTAL)] ?? '');
    return {
      code: 'DFTB+',
      version: null,
      partition: 'tight-binding',
      ...verdict(lines.slice(title)),
      atoms: { energy: scale(readRows(lines, title, file), EV_PER_UNIT.Ha), species: null, position: null },
      total_eV: total ? parseFixed(total[1]!) * EV_PER_UNIT.Ha : null,
      line: title + 2,
    };
  },
};

/** [m] Hartree. */
function readRows(lines: readonly string[], title: number, file: string): number[] {
  const energies: number[] = [];
  for (let at = title + 1; at < lines.length; at++) {
    const line = lines[at]!;
    if (line.trim() === '' && energies.length > 0) return energies;
    const [, index, text] = ROW.exec(line) ?? [];
    const energy = parseFixed(text ?? '');
    if (Number(index) !== energies.length + 1 || !Number.isFinite(energy)) {
      const expected = `the energy of atom ${energies.length + 1} in H and eV`;
      throw badInput({ file, line: at + 1, expected, found: quote(line.trim()) });
    }
    energies.push(energy);
  }
  const message = `the table of atomic energies is cut off after atom ${energies.length}: DFTB+ was killed, or the file is not whole`;
  throw badInput({ file, line: lines.length, message });
}

/** DFTB+ gives its verdict below the energies. */
function verdict(lines: readonly string[]): { convergence: Convergence; problems: string[] } {
  const has = (pattern: RegExp) => lines.some((line) => pattern.test(line));
  if (has(/SCC is NOT converged/)) {
    return { convergence: 'not-converged', problems: ['The charges did not converge (SCC is NOT converged).'] };
  }
  if (has(/^\s*SCC converged/)) return { convergence: 'converged', problems: [] };
  if (has(/^\s*Non-SCC calculation/i)) return { convergence: 'no-self-consistency', problems: [] };
  const problems = ['The file does not say whether the charges converged: it may have been cut off.'];
  return { convergence: 'unknown', problems };
}
