import type { Page } from '@playwright/test';
import { expect, expectSentence, openSample, test } from './helpers.ts';

const LOST = 'The browser took the graphics card away. The picture comes back with it.';

/** The extension that takes the context of the atoms away and gives it back; one object, or giving back fails. */
async function loseContext(page: Page): Promise<{ restore(): Promise<void> }> {
  const extension = await page.evaluateHandle(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('main canvas')!;
    const found = canvas.getContext('webgl2')!.getExtension('WEBGL_lose_context')!;
    found.loseContext();
    return found;
  });
  return { restore: () => extension.evaluate((found) => found.restoreContext()) };
}

test('a lost graphics context comes back with the picture, and atoms can be picked again', async ({ page }) => {
  await openSample(page);
  const atoms = page.getByRole('region', { name: 'Atoms' });
  const picture = atoms.getByRole('application');
  const card = page.getByRole('region', { name: /^Atom \d+$/ });

  for (const way of ['it comes back', 'it does not, and a new one is made']) {
    await test.step(way, async () => {
      let first = '';
      // The types may be known before the first picture of the atoms is there.
      await expect(async () => {
        await picture.click();
        first = await card.innerText({ timeout: 1000 });
      }).toPass({ timeout: 20_000 });
      await page.keyboard.press('Escape');
      await expect(card).toBeHidden();

      const { restore } = await loseContext(page);
      await expectSentence(page, LOST);
      if (way === 'it comes back') await restore();
      await expect(page.getByText(LOST)).toBeHidden({ timeout: 15_000 });

      await expect(async () => {
        await picture.click();
        expect(await card.innerText({ timeout: 1000 })).toBe(first);
      }).toPass({ timeout: 20_000 });
      await page.keyboard.press('Escape');
    });
  }
});
