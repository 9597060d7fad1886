import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { expect, expectState, openPage, test } from './helpers.ts';

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
    const button = dialog.getByRole('button', { name: 'Save SVG' });
    await button.dblclick();
    await expect(dialog.getByRole('status')).toHaveText('Saving the SVG…');
    await expect(dialog.getByRole('status')).not.toHaveText('Saving the SVG…');
    await expect(button).toBeFocused();
    await expect.poll(() => downloads).toBe(1);
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
