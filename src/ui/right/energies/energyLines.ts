import { BULK_ID } from '#campaign/jobs.ts';
import type { StageSummaries } from '#pipeline/summaries.ts';

/** One energy in the list of those that came back. */
export interface EnergyLine {
  readonly id: number;
  readonly isBulk: boolean;
  /** eV relative to bulk; null where there is none. */
  readonly energy: number | null;
  /** Predicted less given, eV: by a model without this atom where it was fitted to; null where nothing is predicted. */
  readonly error: number | null;
  readonly use: boolean;
  /** Whether it can be used or left out by hand. */
  readonly canChange: boolean;
  /** Why one should look at it; '' where nothing speaks against it. */
  readonly remark: string;
}

export interface EnergyListInput {
  readonly energies: StageSummaries['energies'];
  readonly model: StageSummaries['model'] | undefined;
  readonly chosen: readonly number[];
  readonly leftOut: readonly number[];
  /** Of an atom, eV relative to bulk; NaN where there is none. */
  readonly label: (id: number) => number;
  /** Of the model at an atom, eV; NaN where there is none. */
  readonly modelError: (id: number) => number;
}

/** What came back, what needs a look first: put aside, accepted, left out, far from the model; then by error. */
export function energyLines({ energies, model, chosen, leftOut, label, modelError }: EnergyListInput): EnergyLine[] {
  const out = new Set(leftOut);
  const training = new Map(model?.training.ids.map((id, k) => [id, model.training.leaveOneOut[k]!]));
  const outliers = new Map(model?.outliers.map(({ id, deviations }) => [id, deviations]));
  const known = (value: number) => (Number.isFinite(value) ? value : null);
  const remarkOf = (id: number) => {
    if (out.has(id)) return 'left out of the fit';
    const deviations = outliers.get(id);
    return deviations === undefined ? '' : `${deviations.toFixed(0)} deviations from the model without it`;
  };
  const errorOf = (id: number) => training.get(id) ?? known(modelError(id));
  const lines =
    energies.entries.length > 0
      ? energies.entries.map(({ id, energy_eV, state, reason }): EnergyLine => {
          const isBulk = id === BULK_ID;
          const quarantined = state === 'quarantined';
          return {
            id,
            isBulk,
            energy: energy_eV === null ? null : energy_eV - energies.bulkEnergy,
            error: isBulk || quarantined ? null : errorOf(id),
            use: !quarantined && !out.has(id),
            canChange: state === 'ok' ? !isBulk && (training.has(id) || out.has(id)) : energy_eV !== null,
            remark: reason || remarkOf(id),
          };
        })
      : chosen.map((id): EnergyLine => {
          const energy = known(label(id));
          const use = energy !== null && !out.has(id);
          return {
            id,
            isBulk: false,
            energy,
            error: errorOf(id),
            use,
            canChange: energy !== null,
            remark: remarkOf(id),
          };
        });
  const size = (line: EnergyLine) => Math.abs(line.error ?? 0);
  const urgency = (line: EnergyLine) => (line.remark ? 0 : line.isBulk ? 1 : 2);
  return lines.sort((a, b) => urgency(a) - urgency(b) || size(b) - size(a) || a.id - b.id);
}
