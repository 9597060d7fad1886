import type { Page } from '@playwright/test';
import { expect, expectSentence, expectState, headOf, openPage, SAMPLE_ATOMS, test } from './helpers.ts';

const REASON = 'This browser cannot draw the atoms: it has no WebGL 2, or it is switched off.';

async function runLoop(page: Page): Promise<void> {
  await expectState(page, 'Structure', 'done', 60_000);
  await page.getByRole('navigation').getByRole('button', { name: 'Run the whole loop' }).click();
  await expectState(page, 'Model', 'done', 170_000);
}

test('without SIMD in WebAssembly everything is computed in float64, and the page says that it is slower', async ({
  page,
}) => {
  const without = 'WebAssembly.validate = () => false;';
  await page.addInitScript(without);
  // Init scripts do not reach workers.
  await page.route('**/*.worker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${without}\n${await response.text()}` });
  });
  await openPage(page);
  await expect(page.getByRole('banner')).toContainText(SAMPLE_ATOMS);
  await expectSentence(page, 'this browser has no WebAssembly SIMD: slower');
  await runLoop(page);
  await expect(headOf(page, 'Model')).toContainText('RMSE 11.8 meV');
});

test('without WebGL 2 there is a sentence in place of the picture, and everything else goes on', async ({ page }) => {
  await page.addInitScript(() => {
    const before = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
      return kind === 'webgl2' ? null : Reflect.apply(before, this, [kind, ...rest]);
    } as typeof before;
  });
  await openPage(page);
  await expectSentence(page, REASON);
  await expect(page.getByRole('button', { name: /lasso/i })).toHaveCount(0);
  await runLoop(page);
  await expect(headOf(page, 'Model')).toContainText('RMSE 11.8 meV');
  await page.getByRole('tab', { name: 'Parity' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Parity' }).locator('.xtitle')).toBeVisible();

  await test.step('pictures are refused in a sentence, plots are saved', async () => {
    await page.getByRole('banner').getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: /^Picture/ }).click();
    await expect(page.getByRole('navigation').getByRole('alert')).toHaveText(REASON);
    await page.getByRole('banner').getByRole('button', { name: 'Figures' }).click();
    const dialog = page.getByRole('dialog', { name: 'Figures' });
    await expect(dialog.getByText(REASON)).toBeVisible();
    await dialog.getByRole('radio', { name: /^Fig\. 3/ }).check();
    await expect(dialog.getByRole('img', { name: /^Fig\. 3/ })).toBeVisible();
    await expect(dialog.getByText(REASON)).toHaveCount(0);
  });
});
