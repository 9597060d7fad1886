import type { Progress } from '#data/control.ts';

/** Seconds until this phase ends at the pace so far; null before there is ground for a guess. */
export function forecastSeconds(progress: Progress, elapsed: number): number | null {
  if (progress.total === 0 || progress.done === 0 || elapsed < 0.3) return null;
  return Math.max(0, (elapsed * (progress.total - progress.done)) / progress.done);
}
