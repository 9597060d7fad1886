import type { EarlierEnergies, StageReply, StageSummaries } from './summaries.ts';

/** A summary that also tells of the energies which these replace; the same energies read again replace nothing. */
export function keepEarlier(
  summary: StageSummaries['energies'],
  input: string,
  before: StageReply<'energies'> | undefined,
): StageSummaries['energies'] {
  if (!before) return summary;
  const { source, bulkEnergy, bulkSource, entries = [], earlier = [] } = before.summary;
  if (before.input === input && source === summary.source) return { ...summary, earlier };
  const replaced: EarlierEnergies = { source, sha256: before.input, bulkEnergy, bulkSource, entries };
  return { ...summary, earlier: [...earlier, replaced] };
}
