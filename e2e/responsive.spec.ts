import { expect, expectState, openPage, test } from './helpers.ts';

/**
 * So generous because the picture is drawn by a software renderer that shares two cores with two workers: a frame that
 * takes a graphics card 5 ms takes seconds here, part of it on the main thread. What this finds is a computation that
 * was left on the main thread, which takes longer still.
 */
const LONGEST_MS = 2000;

interface LongTask {
  /** Since navigation, ms. */
  readonly at: number;
  readonly milliseconds: number;
}

declare global {
  var longTasks: LongTask[];
}

test('the page stays usable while it loads and while the whole loop runs', async ({ page }) => {
  await page.addInitScript(() => {
    globalThis.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        longTasks.push({ at: startTime, milliseconds: duration });
    }).observe({ type: 'longtask', buffered: true });
  });
  await openPage(page);
  await expectState(page, 'Structure', 'done');
  await page.getByRole('navigation').getByRole('button', { name: 'Run the whole loop' }).click();
  await expectState(page, 'Model', 'done', 120_000);
  await expect(page.getByRole('figure').locator('svg').first()).toBeVisible();

  const tasks = await page.evaluate(() => longTasks);
  const words = tasks.map(({ at, milliseconds }) => `${milliseconds.toFixed(0)} at ${(at / 1000).toFixed(1)} s`);
  console.info(`${tasks.length} tasks over 50 ms: ${words.join(', ')}`);
  const plotlyFetched = await page.evaluate(
    () => performance.getEntriesByType('resource').find(({ name }) => name.includes('plotly'))?.toJSON(),
  );
  console.info('plotly', JSON.stringify(plotlyFetched), JSON.stringify(tasks));
  expect(Math.max(...tasks.map(({ milliseconds }) => milliseconds))).toBeLessThan(LONGEST_MS);
});
