import { expect, expectState, openPage, test } from './helpers.ts';
test('loaf', async ({ page }) => {
  await page.addInitScript(() => {
    (globalThis as any).loaf = [];
    new PerformanceObserver((list) => {
      for (const e of list.getEntries() as any[]) (globalThis as any).loaf.push(`${e.startTime.toFixed(0)} dur ${e.duration.toFixed(0)} blocking ${e.blockingDuration.toFixed(0)} render ${(e.renderStart - e.startTime).toFixed(0)} style ${(e.styleAndLayoutStart - e.startTime).toFixed(0)} :: ${e.scripts.map((s: any) => `${s.invoker} ${s.sourceURL.split('/').at(-1)} ${s.sourceFunctionName}@${s.sourceCharPosition} ${s.duration.toFixed(0)} forced ${s.forcedStyleAndLayoutDuration.toFixed(0)}`).join(' | ')}`);
    }).observe({ type: 'long-animation-frame', buffered: true });
  });
  await openPage(page);
  await expectState(page, 'Structure', 'done');
  await page.waitForTimeout(3000);
  await page.getByRole('navigation').getByRole('button', { name: 'Run the whole loop' }).click();
  await expectState(page, 'Model', 'done', 120_000);
  await expect(page.getByRole('figure').locator('svg').first()).toBeVisible();
  await page.waitForTimeout(3000);
  console.info((await page.evaluate(() => (globalThis as any).loaf)).join('\n'));
});
