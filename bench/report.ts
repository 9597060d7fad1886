import type { StageName } from '#pipeline/parameters.ts';

/** How long each stage took, and what it held, on one platform. */
export interface Measured {
  /** `Node 20.20.2`, `Chromium 156`. */
  readonly platform: string;
  readonly threads: number;
  readonly atoms: number;
  readonly stages: readonly { readonly stage: StageName; readonly milliseconds: number; readonly peakBytes?: number }[];
  /** Resident memory of all processes at its highest, bytes, where the platform tells. */
  readonly residentBytes?: number;
}

/** A table for people: what each stage cost, and how that compares with the reference workload of the same run. */
export function formatMeasured(
  { platform, threads, atoms, stages, residentBytes }: Measured,
  reference: number,
): string {
  const total = stages.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const rows = [...stages, { stage: 'all' as const, milliseconds: total }].map((row) => {
    const { stage, milliseconds } = row;
    const perAtom = (1000 * milliseconds * threads) / atoms;
    const peak = 'peakBytes' in row && row.peakBytes !== undefined ? `${(row.peakBytes / 2 ** 20).toFixed(0)} MiB` : '';
    return [
      stage.padEnd(11),
      (milliseconds / 1000).toFixed(2).padStart(8),
      Math.round((1000 * atoms) / Math.max(milliseconds, 1))
        .toLocaleString('en')
        .padStart(13),
      perAtom.toFixed(2).padStart(11),
      (milliseconds / reference).toFixed(2).padStart(10),
      peak.padStart(10),
    ].join(' ');
  });
  const resident =
    residentBytes === undefined ? '' : `, resident memory at most ${(residentBytes / 2 ** 20).toFixed(0)} MiB`;
  return [
    `${platform}, ${threads} threads, ${atoms.toLocaleString('en')} atoms${resident}`,
    'stage        seconds       atoms/s µs/atom*thr    / ref.      arrays',
    ...rows,
  ].join('\n');
}
