import type { Page } from '@playwright/test';
import type { DrawingCost } from './measured.ts';
import type { BrowserProcesses } from './processes.ts';

const REPEATS = 6;
/** Two of each, taken in turn. */
const VIEWS = ['x', 'y'] as const;
const MAPS = ['viridis', 'magma'] as const;
const QUANTITIES = ['structure.coordination', 'pool.scores/0'] as const;

/** What pictures of all atoms cost, once the loop has run and the page is at rest. */
export async function measureDrawing(page: Page, processes: BrowserProcesses): Promise<DrawingCost> {
  const least = async (act: (repeat: number) => Promise<unknown>) => {
    const seconds: number[] = [];
    // The first two warm up: columns are taken out, orders of depth made, code compiled.
    for (let k = -2; k < REPEATS; k++) {
      const cost = await processes.cpuSecondsOf(() => act(k + 2));
      if (k >= 0) seconds.push(cost);
    }
    return Math.min(...seconds);
  };
  const colour = page.getByRole('combobox', { name: 'Colour', exact: true });
  const recolourSeconds = await least((k) => colour.selectOption(QUANTITIES[k % 2]!));
  await colour.selectOption(QUANTITIES[0]);
  const map = page.getByRole('combobox', { name: 'Colour map', exact: true });
  const redrawSeconds = await least((k) => map.selectOption(MAPS[k % 2]!));
  const turnSeconds = await least((k) => page.getByRole('button', { name: `Look along ${VIEWS[k % 2]}` }).click());
  return { redrawSeconds, recolourSeconds, turnSeconds };
}
