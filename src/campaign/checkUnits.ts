import { badInput } from '#data/errors.ts';
import type { EnergyRow } from '#formats/energiesCsv/read.ts';
import { percentileOf } from '#kernels/ridge/statistics.ts';

/** Fewer energies than this tell nothing. */
const ENOUGH = 5;
/**
 * Atomic energies in a grain boundary spread over some tenths of an eV to a few eV (0.25 and 0.29 eV in the two EAM sets
 * of METHOD section 5): numbers in Ry or Ha taken for eV spread over a few hundredths, in meV over hundreds.
 */
const NARROWEST_EV = 0.1;
const WIDEST_EV = 20;

/**
 * Refuse energies without a stated unit that can hardly be eV, judged by the range from their 10th to their 90th
 * percentile: a few failed or odd cells do not matter, nor does the zero of the energy.
 * @throws Refusal with file and line.
 */
export function checkUnits(file: string, rows: readonly EnergyRow[]): void {
  const silent = rows.filter((row) => !row.unitStated);
  if (silent.length < ENOUGH) return;
  const energies = silent.map((row) => row.energy_eV);
  const spread = percentileOf(energies, 0.9) - percentileOf(energies, 0.1);
  if (spread >= NARROWEST_EV && spread <= WIDEST_EV) return;
  const likely = spread < NARROWEST_EV ? 'Ry or Ha' : 'meV, or total energies of cells,';
  throw badInput({
    file,
    line: silent[0]!.line,
    message:
      `no unit is stated, and the middle 80 % of ${silent.length} energies spread over ${spread.toPrecision(2)}, which looks ` +
      `like ${likely} rather than eV: state the unit, as energy_eV or energy_Ry in the header`,
  });
}
