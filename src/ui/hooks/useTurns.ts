import { useEffect, useState } from 'react';

/**
 * Counts from 0 to `most`, one a turn of the page, from when it is first shown: whatever React shows for the first time it
 * makes and lays out in one go, which for the whole page takes a tenth of a second.
 */
export function useTurns(most: number): number {
  const [turns, setTurns] = useState(0);
  useEffect(() => {
    if (turns >= most) return;
    const timer = setTimeout(() => setTurns(turns + 1));
    return () => clearTimeout(timer);
  }, [turns, most]);
  return turns;
}
