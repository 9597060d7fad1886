import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import type { StageName } from '#pipeline/parameters.ts';
import { STAGES } from '#pipeline/stages.ts';
import { findBrowser } from '../scripts/findBrowser.mjs';
import { createPageServer, listenOnFreePort } from '../scripts/servePage.mjs';
import { LABEL_COLUMN, type Measured } from './measured.ts';

const FIRST_PORT = 4390;
const PATIENCE_MS = 20 * 60_000;
/** Software rendering, so that every machine draws the same way. */
const FLAGS = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-background-networking'];

/** Every stage in the built page, in a fresh Chromium without a screen, timed by the page itself while it draws. */
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
    // The address opens the snapshot at once: without the sample before it, nothing is warm that would not be.
    const address = `bench/${basename(snapshotFile)}`;
    await page.route(`**/${address}`, (route) => route.fulfill({ path: snapshotFile }));
    await page.goto(`http://localhost:${port}/?snapshot=${encodeURIComponent(address)}`);
    await finished(page, 'structure');
    await page.getByRole('button', { name: /^7\s*Energies/ }).click();
    const column = page.getByRole('combobox', { name: 'Label from column', exact: true });
    const labelled = (await column.locator(`option[value="${LABEL_COLUMN}"]`).count()) > 0;
    if (labelled) await column.selectOption(LABEL_COLUMN);
    await page
      .getByRole('button', { name: labelled ? 'Run the whole loop' : 'Run up to replica cells' })
      .first()
      .click();
    await finished(page, labelled ? 'model' : 'replicas');

    const times = await Promise.all(STAGES.map(async ({ name }) => [name, await timeOf(page, name)] as const));
    const residentBytes = await largestProcess(browser);
    return {
      platform: `Chromium ${browser.version()}`,
      threads: Number((await page.getByRole('contentinfo').innerText()).match(/(\d+) workers/)?.[1] ?? 1),
      atoms: Number((await page.getByRole('banner').innerText()).match(/([\d,]+) atoms/)![1]!.replaceAll(',', '')),
      stages: times.flatMap(([stage, time]) => (time === null ? [] : [{ stage, milliseconds: Number(time) }])),
      ...(residentBytes > 0 ? { residentBytes } : {}),
    };
  } finally {
    await browser.close();
    server.close();
  }
}

function timeOf(page: Page, stage: StageName): Promise<string | null> {
  return page.locator(`[data-stage=${stage}]`).getAttribute('data-milliseconds');
}

/** Waits for a stage. A step that fails says why, and nothing after it would ever come. */
async function finished(page: Page, stage: StageName): Promise<void> {
  const failed = page.locator('[data-tone=failed]');
  const done = page.locator(`[data-stage=${stage}][data-milliseconds]`);
  await done.or(failed).first().waitFor({ timeout: PATIENCE_MS });
  if ((await failed.count()) > 0) throw new Error(`the page could not go on: ${await failed.first().innerText()}`);
}

/** The most that any of Chromium's processes ever had in memory, bytes: the page's own. 0 where there is no /proc. */
async function largestProcess(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const peaks = processInfo.map(async ({ id }) => {
    const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
    return 1024 * Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
  });
  return Math.max(0, ...(await Promise.all(peaks)));
}
