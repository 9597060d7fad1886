import { STAGES } from '#pipeline/stages.ts';
import { GOALS } from './goals.ts';
import type { Measured, StageCost } from './measured.ts';

const MISSING = '–';
const mebibytes = (bytes: number) => (bytes > 0 ? `${(bytes / 2 ** 20).toFixed(0)} MiB` : MISSING);
const digits = (value: number) => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);

/** Columns side by side: the first to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  ');
  return rows.map(line).join('\n');
}

/**
 * The stages on one platform: of each the fastest pass, since other work on the machine only ever adds, and its ratio to
 * the fastest reference workload of the same run. A core's microseconds an atom are seconds times threads, shared out
 * over the atoms.
 */
export function formatStages(passes: readonly Measured[], reference: number): string {
  const { platform, threads, atoms } = passes[0]!;
  const row = (name: string, costs: (pass: Measured) => readonly StageCost[]) => {
    const sum = (pass: Measured) => costs(pass).reduce((total, cost) => total + cost.milliseconds, 0);
    const milliseconds = Math.min(...passes.map(sum));
    return [
      name,
      (milliseconds / 1000).toFixed(2),
      Math.round((1000 * atoms) / milliseconds).toLocaleString('en'),
      ((1000 * milliseconds * threads) / atoms).toFixed(2),
      (milliseconds / reference).toFixed(2),
      mebibytes(Math.max(...passes.flatMap(costs).map(({ peakBytes }) => peakBytes))),
    ];
  };
  const measured = STAGES.filter(({ name }) => passes[0]!.stages.some(({ stage }) => stage === name));
  return [
    `${platform}, ${threads} threads, ${atoms.toLocaleString('en')} atoms, fastest of ${passes.length}`,
    table([
      ['stage', 'seconds', 'atoms/s', 'µs/atom/core', 'ratio', 'arrays'],
      ...measured.map(({ name }) => row(name, ({ stages }) => stages.filter(({ stage }) => stage === name))),
      row('all', ({ stages }) => stages),
    ]),
  ].join('\n');
}

/** What is to be reached on a million atoms, beside what was found on each platform and its ratio to the reference. */
export function formatGoals(platforms: readonly (readonly Measured[])[], reference: number): string {
  const names = platforms.flatMap((passes) => [passes[0]!.platform, 'ratio']);
  const rows = GOALS.map(({ title, unit, peer, reach, value, milliseconds }) => {
    const cells = platforms.flatMap((passes) => {
      const found = passes.map(value).filter((one) => one !== null);
      if (found.length === 0) return [MISSING, MISSING];
      const least = Math.min(...found);
      const ratio = milliseconds ? (milliseconds(least, passes[0]!) / reference).toFixed(2) : MISSING;
      return [digits(least), ratio];
    });
    return [`${title}, ${unit}`, peer, reach, ...cells];
  });
  return table([['', 'peers', 'reach', ...names], ...rows]);
}
