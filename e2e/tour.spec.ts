import { expect, openSample, test } from './helpers.ts';

test('the tour goes from its start to its end by keys, with the numbers of this run', async ({ page }) => {
  await openSample(page);
  await page.getByRole('button', { name: 'Take the tour' }).first().click();
  const tour = page.getByRole('region', { name: 'Tour' });
  const next = tour.getByRole('button', { name: /^(Next|Finish)$/ });
  for (let at = 1; at <= 12; at++) {
    await expect(tour).toContainText(`${at} of 12`);
    await expect(next).toHaveAttribute('aria-disabled', 'false', { timeout: 90_000 });
    const { clientHeight, scrollHeight } = await tour.evaluate((element) => ({
      clientHeight: element.clientHeight,
      scrollHeight: element.scrollHeight,
    }));
    expect(scrollHeight, `step ${at} is read without scrolling`).toBeLessThanOrEqual(clientHeight);
    if (at === 1) await expect(tour).toContainText('16,057 atoms');
    if (at === 4) await expect(tour).toContainText('386 numbers');
    if (at === 10)
      await expect(tour).toContainText('root mean square error is 11.8 meV and the largest error 52.7 meV');
    await page.keyboard.press(at % 2 ? 'ArrowRight' : 'Space');
  }
  await expect(next).toHaveText('Finish');
  await page.keyboard.press('ArrowLeft');
  await expect(tour).toContainText('11 of 12');
  await page.keyboard.press('Escape');
  await expect(tour).toHaveCount(0);
});
