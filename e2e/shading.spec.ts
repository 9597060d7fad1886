import type { Page } from '@playwright/test';
import { expect, openSample, test } from './helpers.ts';

/** The network of the sample, BCC atoms hidden: all that the page draws beside atoms (box) is in it. */
const recipe = (view: object) =>
  JSON.stringify({
    schema: 1,
    title: 'The network',
    snapshot: { file: 'fe-gb-16k.dump.gz' },
    parameters: {},
    sheet: { widthMm: 100, heightMm: 90, fontPt: 8, dpi: 300, transparent: false },
    columns: 1,
    panels: [{ kind: 'atoms', view: { hiddenTypes: [3], ...view }, camera: null, along: 'iso' }],
  });

/** The file, in base64. */
function drawn(page: Page, view: object): Promise<string> {
  return page.evaluate((text) => globalThis.grainscope!.figure(text, 'png'), recipe(view));
}

/** Mean of all colours of a picture, 0 to 255. */
function brightness(page: Page, png: string): Promise<number> {
  return page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    const { data: values } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  }, png);
}

test('shading darkens the hollows, the same way every time, and can be switched off', async ({ page }) => {
  await openSample(page);
  const shaded = await drawn(page, {});
  expect(await drawn(page, {})).toBe(shaded);
  const plain = await drawn(page, { depthShading: false });
  expect(await brightness(page, shaded)).toBeLessThan((await brightness(page, plain)) - 2);

  const picture = page.getByRole('toolbar', { name: 'Picture' });
  await expect(picture.getByRole('button', { name: 'Depth shading' })).toHaveAttribute('aria-pressed', 'true');
  await picture.getByRole('button', { name: 'Depth shading' }).click();
  await expect(picture.getByRole('button', { name: 'Depth shading' })).toHaveAttribute('aria-pressed', 'false');
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(picture.getByRole('button', { name: 'Depth shading' })).toHaveAttribute('aria-pressed', 'true');
});

for (const projection of ['orthographic', 'perspective']) {
  test(`a picture beyond what a graphics card can draw is the same to the last bit, in tiles: ${projection}`, async ({
    page,
    context,
  }) => {
    await openSample(page);
    const whole = await drawn(page, { projection });
    const small = await context.newPage();
    // As a card says that draws 1000 pixels a side at most, and spheres no larger than 60.
    await small.addInitScript(() => {
      const { getParameter } = WebGL2RenderingContext.prototype;
      WebGL2RenderingContext.prototype.getParameter = function (name) {
        if (name === this.MAX_TEXTURE_SIZE || name === this.MAX_RENDERBUFFER_SIZE) return 1000;
        if (name === this.ALIASED_POINT_SIZE_RANGE) return new Float32Array([1, 60]);
        return getParameter.call(this, name);
      };
    });
    await openSample(small);
    expect(await drawn(small, { projection })).toBe(whole);
  });
}
