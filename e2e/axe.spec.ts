import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { expect, expectState, openSample, test } from './helpers.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Rules that the page breaks now, each with where. */
async function violations(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const found = await axe.run();
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
  });
}

for (const theme of ['dark', 'light'] as const) {
  test(`axe finds nothing wrong, ${theme}`, async ({ page }) => {
    await page.addInitScript((name) => localStorage.setItem('grainscope.theme', name), theme);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await openSample(page);
    await page.evaluate(AXE);
    const check = async (what: string) => expect(await violations(page), what).toEqual([]);

    await check('the first page');
    for (const [key, what] of [
      ['/', 'Commands'],
      ['?', /^Grainscope/],
    ] as const) {
      await page.keyboard.press(key);
      await expect(page.getByRole('dialog', { name: what })).toBeVisible();
      await check(String(what));
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
    await page.getByRole('button', { name: 'Export' }).click();
    await check('the export menu');
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Figures' }).click();
    await expect(page.getByRole('dialog', { name: 'Figures' }).getByRole('img')).toBeVisible();
    await check('the figures');
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Run the whole loop' }).click();
    await expectState(page, 'Model', 'done', 120_000);
    for (const tab of ['PCA', 'Parity', 'Error', 'Histogram', 'Profile']) {
      await page.getByRole('tab', { name: tab }).click();
      await expect(page.getByRole('tabpanel').locator('.main-svg').first()).toBeVisible();
      await check(tab);
    }
  });
}
