import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { installedBrowser } from '../scripts/findBrowser.mjs';

const PROGRAM = 'dist/cli/grainscope.js';
const RECIPES = 'docs/figures';
const CHROMIUM_PATH = process.env.CHROMIUM_PATH ?? installedBrowser() ?? '';

function draw(recipe: string, ...options: string[]): string {
  const env = { ...process.env, ...(CHROMIUM_PATH && { CHROMIUM_PATH }) };
  return execFileSync(process.execPath, [PROGRAM, 'figure', recipe, ...options], {
    env,
    encoding: 'utf8',
    stdio: 'pipe',
  });
}

test('every recipe of the documentation is drawn without a screen, at its size', () => {
  test.setTimeout(300_000);
  const folder = mkdtempSync(join(tmpdir(), 'grainscope-figures-'));
  const recipes = readdirSync(RECIPES).filter((name) => name.endsWith('.json'));
  expect(recipes.map((name) => name.replace('.json', ''))).toEqual([
    'fig2',
    'fig3',
    'fig4',
    'fig5',
    'fig6',
    'fig7',
    'fig8',
  ]);
  for (const name of recipes) {
    const out = join(folder, name.replace('json', 'pdf'));
    const { byteLength } = JSON.parse(draw(join(RECIPES, name), '--out', out, '--json')) as { byteLength: number };
    const bytes = readFileSync(out);
    expect(bytes.length).toBe(byteLength);
    const { sheet } = JSON.parse(readFileSync(join(RECIPES, name), 'utf8')) as { sheet: Record<string, number> };
    const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(bytes.toString('latin1'))!;
    expect(Number(width)).toBeCloseTo((sheet.widthMm! / 25.4) * 72, 0);
    expect(Number(height)).toBeCloseTo((sheet.heightMm! / 25.4) * 72, 0);
  }
  const table = join(folder, 'fig8.csv');
  draw(join(RECIPES, 'fig8.json'), '--out', table);
  expect(readFileSync(table, 'utf8')).toMatch(/^CN,id,r_c \(Å\),mean error \(eV\)\r?\n11,/);
});

test('the first picture of a browser has its words: titles and numbers of the axes are drawn', async ({ page }) => {
  const out = join(mkdtempSync(join(tmpdir(), 'grainscope-figures-')), 'fig3.png');
  draw(join(RECIPES, 'fig3.json'), '--out', out);
  const [dark, whole] = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    // Left of the axis there are only words: its title, and the numbers of its ticks.
    const width = Math.round(0.15 * image.width);
    const context = new OffscreenCanvas(width, image.height).getContext('2d')!;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, width, image.height);
    let inked = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at]! < 128) inked++;
    return [inked, width * image.height] as const;
  }, readFileSync(out).toString('base64'));
  expect(dark / whole).toBeGreaterThan(0.005);
});

test('what cannot be drawn is refused in one sentence', () => {
  const recipe = join(RECIPES, 'fig3.json');
  expect(() => draw(recipe, '--out', 'figure.gif')).toThrow(
    /--out ends with "\.gif", expected \.pdf, \.svg, \.png, \.csv/,
  );
  expect(() => draw(recipe, '--out', 'x.pdf', '--snapshot', 'nowhere.dump')).toThrow(
    /nowhere\.dump: there is no such snapshot/i,
  );
  expect(() => draw('README.md', '--out', 'x.pdf')).toThrow(/the recipe is no JSON/);
  expect(() => draw(recipe, '--out', 'x.pdf', '--snapshot', 'README.md')).toThrow(/README\.md/);
});
