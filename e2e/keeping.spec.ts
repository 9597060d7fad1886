import type { Page } from '@playwright/test';
import { expect, openSample, test } from './helpers.ts';

async function linkOf(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: /^Copy view link/ }).click();
  const link = await page.getByRole('textbox', { name: 'View link' }).inputValue();
  await page.keyboard.press('Escape');
  return link;
}

test('a view link shows the same view on a second page', async ({ page, context }) => {
  await openSample(page);
  await page.keyboard.press('h');
  await page.keyboard.press('s');
  await page.getByRole('tab', { name: 'Histogram' }).click();
  const framed = await linkOf(page);
  await page.getByRole('application').focus();
  for (const key of ['ArrowLeft', 'ArrowUp', '+']) await page.keyboard.press(key);
  const link = await linkOf(page);
  expect(link, 'the camera is in it').not.toBe(framed);
  expect(link).toMatch(/#view=[\w-]+$/);

  const second = await context.newPage();
  await openSample(second);
  await second.goto(link);
  await expect(second.getByRole('checkbox', { name: 'Slice' })).toBeChecked();
  await expect(second.getByRole('checkbox', { name: /^BCC/ })).not.toBeChecked();
  await expect(second.getByRole('tab', { name: 'Histogram' })).toHaveAttribute('aria-selected', 'true');
  await expect(second.getByRole('alert')).toHaveCount(0);
  // Eases there.
  await expect.poll(() => linkOf(second)).toBe(link);

  await test.step('and when it is opened afresh', async () => {
    await second.reload();
    await expect(second.getByRole('checkbox', { name: 'Slice' })).toBeChecked();
  });
});

test('a link of another snapshot is applied and says so; a wrong one is refused', async ({ page }) => {
  await openSample(page);
  const go = (said: unknown) =>
    page.evaluate((text) => {
      location.hash = `view=${btoa(text)}`;
    }, JSON.stringify(said));
  await go({ v: 1, name: 'other.dump', count: 5, view: { hiddenTypes: [3] } });
  await expect(page.getByRole('alert')).toContainText('made with other.dump (5 atoms)');
  await expect(page.getByRole('checkbox', { name: /^BCC/ })).not.toBeChecked();
  await go({ v: 1, name: 'other.dump', count: 5, view: { hiddenTypes: [], colourMap: 'nope' } });
  await expect(page.getByRole('alert')).toContainText('colourMap is "nope", expected one of viridis');
  await expect(page.getByRole('checkbox', { name: /^BCC/ })).not.toBeChecked();
});

test('a drag of the slice is one step back', async ({ page }) => {
  await openSample(page);
  await page.keyboard.press('s');
  const slider = page.getByRole('slider', { name: 'Position of the slice' });
  // Of the slider's own grid, which begins at the end of the cell: not quite 0.
  const middle = await slider.inputValue();
  const { x, y, width, height } = (await slider.boundingBox())!;
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + 0.9 * width, y + height / 2, { steps: 8 });
  await page.mouse.up();
  await expect(slider).not.toHaveValue(middle);
  const moved = await slider.inputValue();
  await page.keyboard.press('Control+z');
  await expect(slider).toHaveValue(middle);
  await expect(slider).toBeEnabled();
  await page.keyboard.press('Control+z');
  await expect(slider).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Undo (Ctrl+Z)' })).toBeDisabled();
  await page.keyboard.press('Control+Shift+z');
  await page.keyboard.press('Control+y');
  await expect(slider).toHaveValue(moved);
});

test('the palette runs a command by keys, and gives the focus back', async ({ page }) => {
  await openSample(page);
  const before = page.getByRole('button', { name: 'Help and keyboard (?)' });
  await before.focus();
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Find a command' });
  await expect(field).toBeFocused();
  await page.keyboard.type('look');
  const active = () => field.getAttribute('aria-activedescendant').then((id) => page.locator(`#${id}`).innerText());
  expect(await active()).toContain('Look along x');
  await page.keyboard.press('ArrowDown');
  expect(await active()).toContain('Look along y');
  await field.fill('light th');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(before).toBeFocused();
});

test('the camera is numbers that can be copied and put back', async ({ page }) => {
  await openSample(page);
  const dialog = page.getByRole('dialog', { name: 'Camera' });
  const field = dialog.getByRole('textbox', { name: 'Camera' });
  const show = async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('camera as numbers');
    await page.keyboard.press('Enter');
    await expect(dialog).toBeVisible();
  };
  await show();
  const before = JSON.parse(await field.inputValue()) as { height: number };
  await field.fill(JSON.stringify({ ...before, height: -1 }));
  await dialog.getByRole('button', { name: 'Look from there' }).click();
  await expect(dialog.getByRole('alert')).toContainText('This is no camera');
  const closer = { ...before, height: before.height / 2 };
  await field.fill(JSON.stringify(closer));
  await dialog.getByRole('button', { name: 'Look from there' }).click();
  await expect(dialog).toBeHidden();
  // The camera eases to where it is put.
  await expect(async () => {
    await show();
    const now = JSON.parse(await field.inputValue()) as { height: number };
    await page.keyboard.press('Escape');
    expect(now.height).toBeCloseTo(closer.height, 6);
  }).toPass();
});
