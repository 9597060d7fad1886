import { type SnapshotIdentity, symbolOf } from '#campaign/structures.ts';
import { makeCubicCell } from '#data/cell.ts';
import { badParameter } from '#data/errors.ts';
import type { InputSettings, InputWriter, InputWriterId } from '#engines/input.ts';
import { INPUT_WRITERS } from '#engines/writers.ts';

/** A file that a program needs with every cell, such as a potential. */
export interface CarriedFile {
  readonly name: string;
  readonly text: string;
}

/** What a package of calculations is asked to be. */
export interface CalculationRequest {
  readonly engine: InputWriterId;
  readonly settings: InputSettings;
  /** For programs that need one: LAMMPS. */
  readonly potential: CarriedFile | null;
  /** Cells around exactly these atoms; null: those of the selection. */
  readonly ids: readonly number[] | null;
  /** The first pick again in smaller and larger cells. */
  readonly probes: boolean;
  /** The user said that another program divides the energy of the cell, where the engine gives only that. */
  readonly energyDensityCode: boolean;
}

/** Edges of the probes, Å. */
export const PROBE_EDGES = [8, 12] as const;

/** @throws Refusal (`bad-parameter`) for a name that no writer has. */
export function findWriter(id: string): InputWriter {
  const writer = INPUT_WRITERS.find((one) => one.id === id);
  if (writer) return writer;
  throw badParameter(`There is no engine ${id}, only ${INPUT_WRITERS.map((one) => one.id).join(', ')}`);
}

/** The settings with the carried file in its place, as seen from the folder of a cell. */
export function completeSettings({ settings, potential }: Choice, writer: InputWriter): InputSettings {
  if (!writer.carries || !potential) return settings;
  return { ...settings, values: { ...settings.values, [writer.carries]: `../../${potential.name}` } };
}

/**
 * Refuse what cannot become a package before anything is computed or written for it: inputs are written for a cell with
 * one atom of each element.
 * @throws Refusal (`bad-parameter`, `bad-input`)
 */
export function checkRequest(request: CalculationRequest, snapshot: SnapshotIdentity): void {
  checkChoice(request);
  const writer = findWriter(request.engine);
  const species = snapshot.species.map((_, type) => symbolOf(snapshot, type));
  const position = Float64Array.from({ length: 3 * species.length }, (_, k) => Math.floor(k / 3) * TRIAL_SPACING);
  const cell = makeCubicCell(TRIAL_SPACING * (species.length + 1));
  writer.write({ cell, species, position, comment: 'trial' }, completeSettings(request, writer));
}

/** Å. */
const TRIAL_SPACING = 5;

/** What a choice is judged by; of a file its name is enough. */
export type Choice = Pick<CalculationRequest, 'engine' | 'settings' | 'energyDensityCode'> & {
  readonly potential: Pick<CarriedFile, 'name'> | null;
};

/**
 * Refuse a program that lacks what it needs, whatever the cells are.
 * @throws Refusal (`bad-parameter`)
 */
export function checkChoice({ engine, settings, potential, energyDensityCode }: Choice): void {
  const { code, atomicEnergies, carries } = findWriter(engine);
  if (!atomicEnergies && !energyDensityCode) {
    throw badParameter(
      `${code} gives the energy of a whole cell only: say that you have a program that divides it among the atoms ` +
        '(--energy-density-code), or take CP2K or OpenMX',
    );
  }
  if (!carries) {
    if (potential) throw badParameter(`${code} takes no potential file (--potential)`);
    return;
  }
  if (!potential) throw badParameter(`${code} needs a potential file (--potential)`);
  if (settings.values?.[carries] !== undefined) {
    throw badParameter(`${code}: the potential is the file that is given, not a setting`);
  }
}
