import { STAGES } from '#pipeline/stages.ts';
import type { Measured, StageCost } from './measured.ts';

const HEADER = 'stage         seconds       atoms/s  µs/atom/core   ratio     arrays';
const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;

/**
 * A table for people of the passes on one platform: of each stage the fastest one, since other work on the machine only
 * ever adds, and its ratio to the fastest reference workload of the same run. A core's microseconds an atom are seconds
 * times threads, shared out over the atoms.
 */
export function formatFastest(passes: readonly Measured[], reference: number): string {
  const { platform, threads, atoms } = passes[0]!;
  const row = (name: string, costs: (pass: Measured) => readonly StageCost[]) => {
    const sum = (pass: Measured) => costs(pass).reduce((total, cost) => total + cost.milliseconds, 0);
    const milliseconds = Math.min(...passes.map(sum));
    const peak = Math.max(...passes.flatMap(costs).map(({ peakBytes }) => peakBytes ?? 0));
    return [
      name.padEnd(12),
      (milliseconds / 1000).toFixed(2).padStart(8),
      Math.round((1000 * atoms) / milliseconds)
        .toLocaleString('en')
        .padStart(13),
      ((1000 * milliseconds * threads) / atoms).toFixed(2).padStart(13),
      (milliseconds / reference).toFixed(2).padStart(7),
      (peak > 0 ? mebibytes(peak) : '–').padStart(10),
    ].join(' ');
  };
  const measured = STAGES.filter(({ name }) => passes[0]!.stages.some(({ stage }) => stage === name));
  const resident = Math.max(...passes.map(({ residentBytes }) => residentBytes ?? 0));
  return [
    `${platform}, ${threads} threads, ${atoms.toLocaleString('en')} atoms, fastest of ${passes.length}` +
      (resident > 0 ? `; resident memory at most ${mebibytes(resident)}` : ''),
    HEADER,
    ...measured.map(({ name }) => row(name, ({ stages }) => stages.filter(({ stage }) => stage === name))),
    row('all', ({ stages }) => stages),
  ].join('\n');
}
