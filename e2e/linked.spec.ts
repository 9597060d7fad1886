import type { Page } from '@playwright/test';
import { expect, expectState, openSample, test } from './helpers.ts';

/** Drags around a part of the plot that is shown, given as parts of its width and height. */
async function outline(
  page: Page,
  tool: 'Lasso' | 'Box',
  corners: readonly (readonly [number, number])[],
  key?: string,
) {
  const figure = page.getByRole('figure');
  const area = figure.locator('.nsewdrag').first();
  await area.hover();
  await figure.locator(`[data-title="${tool} Select"]`).click();
  const { x, y, width, height } = (await area.boundingBox())!;
  const [first, ...rest] = corners.map(([across, down]) => [x + across * width, y + down * height] as const);
  if (key) await page.keyboard.down(key);
  await page.mouse.move(...first!);
  await page.mouse.down();
  for (const corner of rest) await page.mouse.move(...corner, { steps: 4 });
  await page.mouse.up();
  if (key) await page.keyboard.up(key);
}

const square = (x: number, y: number, side: number) =>
  [
    [x, y],
    [x + side, y],
    [x + side, y + side],
    [x, y + side],
    [x, y],
  ] as const;

const BOX = [
  [0.3, 0.3],
  [0.5, 0.6],
] as const;

test('atoms circled in plots are a selection in the picture, and the other way round', async ({ page }) => {
  await openSample(page);
  await page.getByRole('navigation').getByRole('button', { name: 'Run the whole loop' }).click();
  await expectState(page, 'Model', 'done', 120_000);
  await page.getByRole('tab', { name: 'PCA' }).click();
  await page.getByRole('tab', { name: 'Sets' }).click();
  const sets = page.getByRole('tabpanel', { name: 'Sets' });
  const marked = page.getByRole('figure').locator('.layer-above .shapelayer path');
  const selected = async () => {
    await expect(sets).toContainText(/Selection\s*[\d,]+/);
    return Number((await sets.innerText()).match(/Selection\s*([\d,]+)/)![1]!.replaceAll(',', ''));
  };

  await outline(page, 'Lasso', square(0.03, 0.03, 0.93));
  // More than the sample has points at all: every atom was asked.
  await expect.poll(selected).toBeGreaterThan(10_000);
  const first = await selected();
  await expect(marked).toHaveCount(1);
  await expect(sets).toContainText('outline in PC1–PC2');

  await test.step('Alt takes away, Shift adds', async () => {
    await outline(page, 'Lasso', square(0.3, 0.3, 0.4), 'Alt');
    await expect.poll(selected).toBeLessThan(first);
    const left = await selected();
    await outline(page, 'Box', BOX, 'Shift');
    await expect.poll(selected).toBeGreaterThan(left);
  });

  await test.step('parity plot and histogram', async () => {
    await page.getByRole('tab', { name: 'Parity' }).click();
    await expect(marked).toHaveCount(1);
    await page.getByRole('tab', { name: 'Histogram' }).click();
    const before = await selected();
    await outline(page, 'Box', [
      [0.55, 0.3],
      [0.99, 0.6],
    ]);
    await expect.poll(selected).not.toBe(before);
    await expect(sets).toContainText('outline in the histogram');
  });

  await test.step('atoms circled in the picture are marked in the plots', async () => {
    await page.getByRole('tab', { name: 'PCA' }).click();
    await page.getByRole('button', { name: 'Select with a box (B)' }).click();
    const { x, y, width, height } = (await page.getByRole('application', { name: /^Draw a box/ }).boundingBox())!;
    await page.mouse.move(x + 0.4 * width, y + 0.4 * height);
    await page.mouse.down();
    await page.mouse.move(x + 0.6 * width, y + 0.6 * height, { steps: 4 });
    await page.mouse.up();
    await expect(sets).toContainText('box in the picture');
    await expect(marked).toHaveCount(1);
  });
});
