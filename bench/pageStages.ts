import { chromium, type Page } from '@playwright/test';
import type { StageName } from '#pipeline/parameters.ts';
import { STAGES } from '#pipeline/stages.ts';
import { findBrowser } from '../scripts/findBrowser.mjs';
import { createPageServer, listenOnFreePort } from '../scripts/servePage.mjs';
import type { Measured } from './report.ts';

const FIRST_PORT = 4390;
const PATIENCE_MS = 20 * 60_000;
/** Software rendering, so that every machine draws the same way. */
const FLAGS = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-background-networking'];

/** The whole loop in the built page, in Chromium without a screen: the same stages, timed by the page itself. */
export async function measurePage(folder: string, snapshotFile: string): Promise<Measured> {
  const server = await createPageServer(folder, { base: '/', isolation: true });
  const port = await listenOnFreePort(server, FIRST_PORT, 'localhost');
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    chromiumSandbox: false,
    args: FLAGS,
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(`http://localhost:${port}/`);
    await finished(page, 'structure');
    // The sample is open; the file asked for replaces it, and its classification has to be a new one.
    const before = await timeOf(page, 'structure');
    await page.locator('input[type=file]').first().setInputFiles(snapshotFile);
    await page.waitForFunction(
      (old) => document.querySelector('[data-stage=structure]')?.getAttribute('data-milliseconds') !== old,
      before,
      { timeout: PATIENCE_MS },
    );
    await finished(page, 'structure');
    const atoms = Number((await page.locator('header').innerText()).match(/([\d,]+) atoms/)?.[1]?.replaceAll(',', ''));
    await page.getByRole('button', { name: /^Run (the whole loop|up to)/ }).click();
    await finished(page, 'replicas');
    const times = await Promise.all(STAGES.map(async ({ name }) => [name, await timeOf(page, name)] as const));
    const threads = Number((await page.locator('body').innerText()).match(/(\d+) workers/)?.[1] ?? 1);
    return {
      platform: `Chromium ${browser.version()}`,
      threads,
      atoms,
      stages: times.flatMap(([stage, time]) => (time === null ? [] : [{ stage, milliseconds: Number(time) }])),
    };
  } finally {
    await browser.close();
    server.close();
  }
}

function timeOf(page: Page, stage: StageName): Promise<string | null> {
  return page.locator(`[data-stage=${stage}]`).getAttribute('data-milliseconds');
}

async function finished(page: Page, stage: StageName): Promise<void> {
  await page.locator(`[data-stage=${stage}][data-milliseconds]`).waitFor({ timeout: PATIENCE_MS });
}
