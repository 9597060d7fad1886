import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { chooseFile, expect, expectState, openPage, test } from './helpers.ts';

const WIDTH_MM = 85;
const HEIGHT_MM = 95;
const DPI = 300;

async function openFigures(page: Page): Promise<Locator> {
  await openPage(page);
  await expectState(page, 'Structure', 'done');
  await page.getByRole('banner').getByRole('button', { name: 'Figures' }).click();
  return page.getByRole('dialog', { name: 'Figures' });
}

/** Presses a button that saves a file, and gives what is in it. */
async function saved(page: Page, button: Locator): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const coming = page.waitForEvent('download');
  await button.click();
  const download = await coming;
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** RGBA of the uppermost rows of a picture. */
async function firstRows(page: Page, picture: Buffer, rows: number): Promise<Buffer> {
  const values = await page.evaluate(
    async ([base64, count]) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const context = new OffscreenCanvas(image.width, count).getContext('2d')!;
      context.drawImage(image, 0, 0);
      return [...context.getImageData(0, 0, image.width, count).data];
    },
    [picture.toString('base64'), rows] as const,
  );
  return Buffer.from(values);
}

test('a figure of the atoms is saved at its size, with its words as words, and its recipe draws it again', async ({
  page,
}) => {
  const dialog = await openFigures(page);
  await expect(dialog.getByRole('img', { name: /^Fig\. 2/ })).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Resolution' }).fill(String(DPI));
  let png: Buffer = Buffer.alloc(0);
  let picture: Buffer = Buffer.alloc(0);

  await test.step('PNG: its pixels are the millimetres at the resolution, and it says so', async () => {
    const { name, bytes } = await saved(page, dialog.getByRole('button', { name: 'Save PNG' }));
    expect(name).toBe('fe-gb-16k-fig2.png');
    expect(bytes.readUInt32BE(16)).toBe(Math.round((WIDTH_MM / 25.4) * DPI));
    expect(bytes.readUInt32BE(20)).toBe(Math.round((HEIGHT_MM / 25.4) * DPI));
    png = bytes;
    const physical = bytes.indexOf('pHYs');
    expect(bytes.readUInt32BE(physical + 4)).toBe(Math.round(DPI / 0.0254));
  });

  await test.step('SVG: legend and scale bar are text, in a font that it holds itself', async () => {
    const { bytes } = await saved(page, dialog.getByRole('button', { name: 'Save SVG' }));
    const svg = bytes.toString();
    expect(svg).toContain(`width="${WIDTH_MM}mm" height="${HEIGHT_MM}mm"`);
    const words = await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
      return [...parsed.querySelectorAll('text')].map((element) => element.textContent);
    }, svg);
    expect(words).toEqual(expect.arrayContaining(['BCC', 'OTH', 'HCP', 'FCC', 'ICO', '20 Å']));
    expect(svg).toContain('@font-face');
    const [, base64] = /data:image\/png;base64,([^"]+)/.exec(svg)!;
    picture = Buffer.from(base64!, 'base64');
    expect(svg).not.toMatch(/(?:href|src)="http/);
  });

  await test.step('the picture is in the PNG dot for dot', async () => {
    const rows = 100;
    const [ofPng, ofPicture] = await Promise.all([png, picture].map((bytes) => firstRows(page, bytes, rows)));
    expect(ofPng).toHaveLength(4 * rows * Math.round((WIDTH_MM / 25.4) * DPI));
    expect(ofPng!.some((value) => value < 200)).toBe(true);
    expect(ofPng!.equals(ofPicture!)).toBe(true);
  });

  await test.step('PDF: a page of that size, and the picture as it is in the SVG', async () => {
    const { bytes } = await saved(page, dialog.getByRole('button', { name: 'Save PDF' }));
    const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(bytes.toString('latin1'))!;
    expect(Number(width)).toBeCloseTo((WIDTH_MM / 25.4) * 72, 0);
    expect(Number(height)).toBeCloseTo((HEIGHT_MM / 25.4) * 72, 0);
    const [across, down] = [picture.readUInt32BE(16), picture.readUInt32BE(20)];
    expect(bytes.toString('latin1')).toContain(`/Subtype /Image /Width ${across} /Height ${down}`);
    // Both keep rows of pixels in the same way.
    const begin = picture.indexOf('IDAT') + 4;
    expect(bytes.includes(picture.subarray(begin, begin + picture.readUInt32BE(begin - 8)))).toBe(true);
  });

  await test.step('pressed twice, a button saves once, and the dialog says so', async () => {
    let downloads = 0;
    page.on('download', () => downloads++);
    // At another resolution: the picture is drawn anew.
    await dialog.getByRole('textbox', { name: 'Resolution' }).fill(String(2 * DPI));
    const button = dialog.getByRole('button', { name: 'Save SVG' });
    await button.dblclick();
    await expect(dialog.getByRole('status')).toHaveText('Saving the SVG…');
    await expect(dialog.getByRole('status')).not.toHaveText('Saving the SVG…');
    await expect(button).toBeFocused();
    await expect.poll(() => downloads).toBe(1);
    await dialog.getByRole('textbox', { name: 'Resolution' }).fill(String(DPI));
  });

  await test.step('the recipe gives the same file again', async () => {
    const recipe = await saved(page, dialog.getByRole('button', { name: 'Recipe', exact: true }));
    const draw = (text: string) => page.evaluate((said) => globalThis.grainscope!.figure(said, 'svg'), text);
    const [first, second] = [await draw(recipe.bytes.toString()), await draw(recipe.bytes.toString())];
    expect(first.length).toBeGreaterThan(10_000);
    expect(second).toBe(first);
    const wrong = recipe.bytes.toString().replace('"dpi": 300', '"dpi": 3');
    await expect(draw(wrong)).rejects.toThrow(/sheet\.dpi is 3, expected a number, 72 to 1200/);
  });
});

test('a figure that is not computed yet says what it changes, is computed, and has its numbers and a methods paragraph', async ({
  page,
}) => {
  const dialog = await openFigures(page);
  await dialog.getByRole('radio', { name: /^Fig\. 6/ }).check();
  await expect(dialog).toContainText('keeps a test set and draws Random 1 beside the selection');
  await dialog.getByRole('button', { name: 'Compute it' }).click();
  await expect(dialog.getByRole('img', { name: /^Fig\. 6/ })).toBeVisible({ timeout: 60_000 });
  const { name, bytes } = await saved(page, dialog.getByRole('button', { name: 'Data' }));
  expect(name).toBe('fe-gb-16k-fig6-data.csv');
  const rows = bytes
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  const of = (panel: string, role: string) => rows.filter((row) => row[0] === panel && row[1] === role).length;
  expect([of('Random 1', 'training'), of('UR', 'training'), of('Random 1', 'test')]).toEqual([150, 150, 73]);

  await dialog.getByText('Methods paragraph').click();
  const paragraph = dialog.getByRole('textbox', { name: /^With the parameters/ });
  await expect(paragraph).toHaveValue(/16,057 atoms.*SOAP \[3\].*386 numbers.*150 atoms were picked.*73 test atoms/s);
});

test("a sheet of one's own is put together by keys, saved with a profile in it, and its recipe opens in the editor", async ({
  page,
}) => {
  const dialog = await openFigures(page);
  await dialog.getByRole('tab', { name: 'Own sheet' }).click();
  const kinds = () =>
    dialog
      .getByRole('combobox', { name: /^Panel \w: kind$/ })
      .evaluateAll((boxes) => boxes.map((box) => (box as HTMLSelectElement).value));
  const press = async (name: string, key = 'Enter') => {
    await dialog.getByRole('button', { name, exact: true }).focus();
    await page.keyboard.press(key);
  };
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));

  await test.step('panels are added, and the focus is where one goes on', async () => {
    expect(await kinds()).toEqual(['atoms']);
    await press('Add a panel');
    expect(await focused()).toBe('Panel b: kind');
    await dialog.getByRole('combobox', { name: 'Panel b: kind' }).selectOption('profile');
    await press('Add a panel');
    await dialog.getByRole('combobox', { name: 'Panel c: kind' }).selectOption('pca');
    expect(await kinds()).toEqual(['atoms', 'profile', 'pca']);
    await expect(dialog.getByRole('button', { name: 'Panel a: move up' })).toBeDisabled();
    await expect(dialog.getByRole('button', { name: 'Panel c: move down' })).toBeDisabled();
  });

  await test.step('they are moved, copied and removed by keys', async () => {
    await press('Panel c: move up');
    expect(await focused()).toBe('Panel b: move up');
    expect(await kinds()).toEqual(['atoms', 'pca', 'profile']);
    await page.keyboard.press('Enter');
    // It is the first now: the button is spent, and its counterpart has the focus.
    expect(await focused()).toBe('Panel a: move down');
    await press('Panel a: duplicate');
    expect(await kinds()).toEqual(['pca', 'pca', 'atoms', 'profile']);
    await press('Panel b: remove');
    expect(await focused()).toBe('Panel b: remove');
    expect(await kinds()).toEqual(['pca', 'atoms', 'profile']);
  });

  await test.step('its options are those of its kind', async () => {
    await dialog.getByRole('textbox', { name: 'Title' }).fill('Three views');
    await dialog.getByRole('combobox', { name: 'Columns' }).selectOption('3');
    await dialog.getByRole('combobox', { name: 'Panel a: component along x' }).selectOption('2');
    await dialog.getByRole('combobox', { name: 'Panel b: seen from' }).selectOption('z');
    await dialog.getByRole('combobox', { name: 'Distance of the profile' }).selectOption('boundary');
    await dialog.getByRole('textbox', { name: 'Width' }).fill('178');
    await dialog.getByRole('textbox', { name: 'Resolution' }).fill('100');
  });

  let recipe = '';
  await test.step('what is not measured yet is measured on demand, and all of it is in the files', async () => {
    await expect(dialog).toContainText('What this figure shows is not computed yet');
    await dialog.getByRole('button', { name: 'Compute it' }).click();
    await expect(dialog.getByRole('img', { name: 'Three views' })).toBeVisible({ timeout: 60_000 });
    const svg = (await saved(page, dialog.getByRole('button', { name: 'Save SVG' }))).bytes.toString();
    for (const words of ['(a)', '(c)', 'Distance from the boundary', 'PC 3']) expect(svg).toContain(words);
    const png = (await saved(page, dialog.getByRole('button', { name: 'Save PNG' }))).bytes;
    expect(png.readUInt32BE(16)).toBe(Math.round((178 / 25.4) * 100));
    recipe = (await saved(page, dialog.getByRole('button', { name: 'Recipe', exact: true }))).bytes.toString();
    expect(JSON.parse(recipe).panels.map(({ kind }: { kind: string }) => kind)).toEqual(['pca', 'atoms', 'profile']);
  });

  await test.step('the recipe opens in the editor, on another page too', async () => {
    await page.reload();
    const again = await openFigures(page);
    const open = again.getByRole('button', { name: 'Open a recipe' });
    await chooseFile(page, open, { name: 'three.json', text: recipe });
    await expect(again.getByRole('textbox', { name: 'Title' })).toHaveValue('Three views');
    expect(await kinds()).toEqual(['pca', 'atoms', 'profile']);
    const wrong = recipe.replace('"binWidth": 2', '"binWidth": -2');
    await chooseFile(page, open, { name: 'wrong.json', text: wrong });
    await expect(again.getByRole('status')).toContainText('panels[2].profile is');
    expect(await kinds()).toEqual(['pca', 'atoms', 'profile']);
  });

  await test.step('a figure of the paper can be taken apart', async () => {
    await dialog.getByRole('tab', { name: 'From the paper' }).click();
    await dialog.getByRole('radio', { name: /^Fig\. 7/ }).check();
    await dialog.getByRole('button', { name: 'Change its panels' }).click();
    await expect(dialog.getByRole('textbox', { name: 'Title' })).toHaveValue(/^Fig\. 7/);
    expect(await kinds()).toEqual(['atoms', 'histogram']);
  });
});
