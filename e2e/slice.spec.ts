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

test('a slab is dragged in the picture by its handles, and by keys', async ({ page }) => {
  await openSample(page);
  const atoms = page.getByRole('region', { name: 'Atoms' });
  const slab = atoms.getByRole('slider', { name: 'Slab position' });
  const upper = atoms.getByRole('slider', { name: 'Slab thickness, upper face' });
  const thickness = atoms.getByRole('combobox', { name: 'Thickness of the slice' });
  const valueNow = async (handle: typeof slab) => Number(await handle.getAttribute('aria-valuenow'));
  const outlines = async () => atoms.locator('[data-face] > polygon:last-child').all();
  /** Heights of the two planes on the screen, which are seen edge on: CSS pixels. */
  const heights = async () => Promise.all((await outlines()).map(async (line) => (await line.boundingBox())!.y));
  const middleOf = async (handle: typeof slab) => {
    const { x, y, width, height } = (await handle.boundingBox())!;
    return { x: x + width / 2, y: y + height / 2 };
  };

  await expect(slab).toHaveCount(0);
  await page.keyboard.press('s');
  await atoms.getByRole('button', { name: 'Look along x' }).click();
  await expect(slab).toHaveAttribute('aria-valuetext', /^z = [\d.]+ Å$/);
  await expect.poll(async () => (await outlines()).length).toBe(2);
  // Seen along x the two planes are lines, once the view has come to rest.
  for (const line of await outlines())
    await expect.poll(async () => (await line.boundingBox())!.height).toBeLessThan(4);
  const [top, bottom] = (await heights()) as [number, number];
  const pixels = (bottom - top) / 10;
  const start = await middleOf(slab);

  await test.step('as far as the pointer goes, slowly with Shift, and never the camera', async () => {
    await page.mouse.move(start.x, start.y);
    await page.mouse.down();
    await page.mouse.move(start.x + 15, start.y - 30);
    await page.mouse.move(start.x + 20, start.y - 60, { steps: 3 });
    await expect.poll(() => valueNow(slab)).toBeGreaterThan(0);
    expect(Math.abs((await valueNow(slab)) * pixels - 60)).toBeLessThan(3);
    // Longer than what would part the drag of a slider in two.
    await page.waitForTimeout(800);
    const reached = await valueNow(slab);
    await page.keyboard.down('Shift');
    await page.mouse.move(start.x, start.y - 110);
    expect(Math.abs(((await valueNow(slab)) - reached) * pixels - 5)).toBeLessThan(1);
    await page.keyboard.up('Shift');
    await page.mouse.up();
    const moved = (await heights())[0]! - top;
    expect(Math.abs(moved + 65)).toBeLessThan(4);
    expect(Math.abs((await heights())[1]! - bottom - moved)).toBeLessThan(1);
  });

  await test.step('one drag is one step back', async () => {
    await page.keyboard.press('Control+z');
    expect(await valueNow(slab)).toBe(0);
    await page.keyboard.press('Control+Shift+z');
    expect(await valueNow(slab)).toBeGreaterThan(0);
    await page.keyboard.press('Control+z');
  });

  await test.step('Escape puts it back, and leaves no step', async () => {
    await page.mouse.move(start.x, start.y);
    await page.mouse.down();
    await page.mouse.move(start.x, start.y + 40);
    await expect.poll(() => valueNow(slab)).toBeLessThan(0);
    await page.keyboard.press('Escape');
    expect(await valueNow(slab)).toBe(0);
    await page.mouse.move(start.x, start.y + 80);
    await page.mouse.up();
    expect(await valueNow(slab)).toBe(0);
    await page.keyboard.press('Control+Shift+z');
    expect(await valueNow(slab)).toBeGreaterThan(0);
    await page.keyboard.press('Control+z');
  });

  await test.step('a face moves alone', async () => {
    const face = await middleOf(upper);
    await page.mouse.move(face.x, face.y);
    await page.mouse.down();
    await page.mouse.move(face.x, face.y - 10 * pixels, { steps: 2 });
    await page.mouse.up();
    await expect.poll(() => valueNow(upper)).toBeGreaterThan(19);
    expect(await valueNow(upper)).toBeLessThan(21);
    await expect(thickness.locator('option:checked')).toHaveText(/^(19|20)(\.\d)? Å thick$/);
    expect(Math.abs((await heights())[1]! - bottom)).toBeLessThan(1);
    await page.keyboard.press('Control+z');
    await expect(thickness).toHaveValue('10');
    expect(await valueNow(slab)).toBe(0);
  });

  await test.step('by keys', async () => {
    await slab.focus();
    await page.keyboard.press('ArrowUp');
    expect(await valueNow(slab)).toBe(0.5);
    await page.keyboard.press('PageDown');
    expect(await valueNow(slab)).toBe(-4.5);
    await page.keyboard.press('Home');
    const end = Number(await slab.getAttribute('aria-valuemin'));
    expect(await valueNow(slab)).toBe(end);
    await page.keyboard.press('Tab');
    await expect(upper).toBeFocused();
    await page.keyboard.press('PageUp');
    expect(await valueNow(upper)).toBe(15);
  });

  await thickness.selectOption('All beyond');
  await expect(upper).toHaveCount(0);
  await expect(slab).toHaveCount(1);
  await page.keyboard.press('Escape');
});
