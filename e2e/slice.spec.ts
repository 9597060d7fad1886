import { expect, openSample, test } from './helpers.ts';

/** How many atoms the last sharp picture was of, as the canvas tells; it is not there before the first. */
const drawn = (atoms: number) => `canvas[data-atoms-drawn="${atoms}"]`;

test('a slice is cut out of the model by keys, and the picture is of its atoms alone', async ({ page }) => {
  await openSample(page);
  const atoms = page.getByRole('region', { name: 'Atoms' });
  const position = atoms.getByRole('slider', { name: 'Position of the slice' });
  const shownNow = async () =>
    Number((await atoms.innerText()).match(/([\d,]+) of 16,057 shown/)![1]!.replace(',', ''));
  await expect(atoms.locator(drawn(16_057))).toBeVisible();
  await expect(position).toBeDisabled();

  await page.keyboard.press('s');
  await expect(position).toBeEnabled();
  await expect(atoms).not.toContainText('16,057 of 16,057 shown');
  const middle = await shownNow();
  expect(middle).toBeGreaterThan(1000);
  expect(middle).toBeLessThan(5000);
  await expect(atoms.locator(drawn(middle))).toBeVisible();

  await test.step('moved, across another axis, thicker', async () => {
    await position.focus();
    await position.press('ArrowRight');
    await expect(position).toHaveAttribute('aria-valuetext', /^z = [\d.]+ Å$/);
    await position.press('End');
    await expect.poll(shownNow).toBeLessThan(middle);
    await expect(atoms.locator(drawn(await shownNow()))).toBeVisible();
    await atoms.getByRole('radio', { name: 'z', exact: true }).press('ArrowLeft');
    await expect(position).toHaveAttribute('aria-valuetext', /^y = /);
    await atoms.getByRole('combobox', { name: 'Thickness of the slice' }).selectOption('20 Å thick');
    await expect.poll(shownNow).toBeGreaterThan(1.5 * middle);
    await expect(atoms.locator(drawn(await shownNow()))).toBeVisible();
  });

  await test.step('together with hidden types', async () => {
    const slice = await shownNow();
    await atoms.getByRole('checkbox', { name: /^BCC/ }).uncheck();
    await expect.poll(shownNow).toBeLessThan(slice);
    await expect(atoms.locator(drawn(await shownNow()))).toBeVisible();
    await atoms.getByRole('checkbox', { name: /^BCC/ }).check();
  });

  await page.keyboard.press('s');
  await expect(atoms).toContainText('16,057 of 16,057 shown');
  await expect(atoms.locator(drawn(16_057))).toBeVisible();
});

test('planes (hkl), a box and a sphere cut the model, by keys too', async ({ page }) => {
  await openSample(page);
  const atoms = page.getByRole('region', { name: 'Atoms' });
  const shownNow = async () =>
    Number((await atoms.innerText()).match(/([\d,]+) of 16,057 shown/)![1]!.replaceAll(',', ''));
  const drawnAsTold = async () => expect(atoms.locator(drawn(await shownNow()))).toBeVisible();

  await page.keyboard.press('s');
  await atoms.getByRole('radio', { name: 'hkl' }).check();
  await atoms.getByRole('textbox', { name: 'h k l of the slice' }).fill('1-11');
  await expect.poll(shownNow).toBeLessThan(6000);
  await drawnAsTold();
  const middle = await shownNow();
  await page.keyboard.press('Tab');
  for (let press = 0; press < 25; press++) await page.keyboard.press(']');
  await expect.poll(shownNow).toBeLessThan(middle);
  await page.keyboard.press('s');

  await page.getByRole('button', { name: 'Clip', exact: true }).press('Enter');
  const sheet = page.getByRole('dialog', { name: 'Clip' });
  const left = sheet.getByRole('slider', { name: 'Box from along a' });
  await left.focus();
  await left.press('PageUp');
  await left.press('ArrowRight');
  await expect(left).toHaveAttribute('aria-valuetext', 'a from 11 %');
  await expect.poll(shownNow).toBeLessThan(16_057);
  expect(await shownNow()).toBeGreaterThan(0.8 * 16_057);
  await drawnAsTold();

  await sheet.getByRole('button', { name: 'Whole model' }).press('Enter');
  await expect.poll(shownNow).toBe(16_057);
  await expect(sheet.getByRole('button', { name: 'Sphere: click an atom first' })).toBeDisabled();
  await page.keyboard.press('Escape');

  await atoms.getByRole('application').click();
  await page.getByRole('button', { name: 'Clip', exact: true }).press('Enter');
  await sheet.getByRole('button', { name: /^Sphere about atom \d+$/ }).press('Enter');
  await expect.poll(shownNow).toBeLessThan(400);
  const ball = await shownNow();
  await sheet.getByRole('textbox', { name: /^Radius about atom/ }).fill('15');
  await expect.poll(shownNow).toBeGreaterThan(2 * ball);
  await drawnAsTold();
});
