/** Energy units an imported table may use, in eV. CODATA 2018: 1 Ha = 27.211386245988 eV. */
const EV_PER_HARTREE = 27.211386245988;

export const EV_PER_UNIT = {
  eV: 1,
  meV: 1e-3,
  Ha: EV_PER_HARTREE,
  Ry: EV_PER_HARTREE / 2,
} as const;

/** CODATA 2018: a calorie is 4.184 J by definition, a mole of eV 96485.33212 J. */
export const EV_PER_KCAL_PER_MOL = 4184 / 96485.33212;

/** Å in a Bohr radius, CODATA 2018. */
export const ANGSTROM_PER_BOHR = 0.529177210903;

export type EnergyUnit = keyof typeof EV_PER_UNIT;

/** The unit with this spelling (case ignored), or undefined. */
export function parseEnergyUnit(text: string): EnergyUnit | undefined {
  const wanted = text.trim().toLowerCase();
  return (Object.keys(EV_PER_UNIT) as EnergyUnit[]).find((unit) => unit.toLowerCase() === wanted);
}
