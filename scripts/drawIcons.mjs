// node scripts/drawIcons.mjs: draws public/icons/*.png from public/favicon.svg. To be run when that changes.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findBrowser } from './findBrowser.mjs';
import { PROJECT } from './install.mjs';

const FOLDER = join(PROJECT, 'public', 'icons');
const SVG = readFileSync(join(PROJECT, 'public', 'favicon.svg'), 'utf8');
/** Without round corners, since systems cut the shape they like; they leave the middle 80 %. */
const MASKABLE = SVG.replace('rx="7"', '');

const ICONS = [
  { name: '192.png', size: 192, svg: SVG },
  { name: '512.png', size: 512, svg: SVG },
  { name: '512-maskable.png', size: 512, svg: MASKABLE },
];

mkdirSync(FOLDER, { recursive: true });
const browser = await chromium.launch({ executablePath: await findBrowser(), chromiumSandbox: false });
try {
  for (const { name, size, svg } of ICONS) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
    writeFileSync(join(FOLDER, name), await page.screenshot({ omitBackground: true }));
    await page.close();
  }
} finally {
  await browser.close();
}
