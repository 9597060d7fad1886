import type { RunningJob } from '#state/slices/session.ts';
import { count, percent, timeLeft } from './numbers.ts';

/** "describing 412,000 of 1,037,880, 3 s left". */
export function progressWords({ progress, secondsLeft, cancelling }: RunningJob): string {
  if (cancelling) return 'cancelling';
  const { phase, done, total } = progress;
  const reached = Math.min(done, total);
  // Bytes read as numbers say nothing; their share does.
  const amount =
    phase === 'reading' || phase === 'hashing' ? percent(reached / total, 0) : `${count(reached)} of ${count(total)}`;
  const parts = [total > 0 ? `${phase} ${amount}` : phase, secondsLeft === null ? '' : timeLeft(secondsLeft)];
  return parts.filter(Boolean).join(', ');
}
