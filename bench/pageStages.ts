import { type Browser, chromium, type Page } from '@playwright/test';
import type { StageName } from '#pipeline/parameters.ts';
import { STAGES } from '#pipeline/stages.ts';
import { findBrowser } from '../scripts/findBrowser.mjs';
import { createPageServer, listenOnFreePort } from '../scripts/servePage.mjs';
import { LABEL_COLUMN, type Measured } from './measured.ts';
import { measureDrawing } from './pageDrawing.ts';
import { BrowserProcesses } from './processes.ts';
import type * as SoapKernel from './soapKernel.ts';

const FIRST_PORT = 4390;
const PATIENCE_MS = 20 * 60_000;
/** Software rendering, so that every machine draws the same way. */
const FLAGS = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-background-networking'];

/** Where the built page lies, and the kernel bench for browsers. */
export interface Built {
  readonly page: string;
  readonly soapKernel: string;
}

/** The whole loop in the built page, in a fresh Chromium without a screen, as a hand would do it; then its pictures. */
export async function measurePage(built: Built, snapshotFile: string): Promise<Measured> {
  const server = await createPageServer(built.page, { base: '/', headers: true });
  const address = `http://localhost:${await listenOnFreePort(server, FIRST_PORT, 'localhost')}/`;
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    chromiumSandbox: false,
    args: FLAGS,
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'block' });
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(address);
    await finished(page, 'structure');
    const jobMilliseconds = await runLoop(page, snapshotFile);
    const stages = await Promise.all(STAGES.map(({ name }) => costOf(page, name)));
    const processes = await BrowserProcesses.of(browser);
    const drawing = await measureDrawing(page, processes);
    return {
      platform: `Chromium ${browser.version()}`,
      threads: Number((await page.getByRole('contentinfo').innerText()).match(/(\d+) workers/)?.[1] ?? 1),
      atoms: numberIn(await page.getByRole('banner').innerText(), /([\d,]+) atoms/),
      stages: stages.filter((cost) => cost !== null),
      jobMilliseconds,
      residentBytes: await processes.rendererPeakBytes(),
      gpuResidentBytes: await processes.gpuPeakBytes(),
      drawing,
      soapMicroseconds: await timeSoapInPage(browser, address, built.soapKernel, snapshotFile),
    };
  } finally {
    await browser.close();
    server.close();
  }
}

/** Opens the snapshot and runs everything; gives the milliseconds from the file to the picks, without those of hands. */
async function runLoop(page: Page, snapshotFile: string): Promise<number> {
  const snapshotStep = page.locator('[data-stage=snapshot]');
  const ofSample = await snapshotStep.getAttribute('data-milliseconds');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  const dialog = await chooser;
  const opened = performance.now();
  await dialog.setFiles(snapshotFile);
  await snapshotStep.and(page.locator(`:not([data-milliseconds="${ofSample}"])`)).waitFor();
  await finished(page, 'structure');
  const classified = performance.now();

  await page.getByRole('button', { name: /^7\s*Energies/ }).click();
  const column = page.getByRole('combobox', { name: 'Label from column', exact: true });
  const labelled = (await column.locator(`option[value="${LABEL_COLUMN}"]`).count()) > 0;
  if (labelled) await column.selectOption(LABEL_COLUMN);
  const run = page.getByRole('button', { name: labelled ? 'Run the whole loop' : 'Run up to replica cells' }).first();
  const pressed = performance.now();
  await run.click();
  await finished(page, 'select');
  const picked = performance.now();
  await finished(page, labelled ? 'model' : 'replicas');
  return classified - opened + (picked - pressed);
}

async function costOf(page: Page, stage: StageName): Promise<Measured['stages'][number] | null> {
  const step = page.locator(`[data-stage=${stage}]`);
  const milliseconds = await step.getAttribute('data-milliseconds');
  const peakBytes = Number(await step.getAttribute('data-peak-bytes'));
  return milliseconds === null ? null : { stage, milliseconds: Number(milliseconds), peakBytes };
}

function numberIn(text: string, pattern: RegExp): number {
  return Number(pattern.exec(text)![1]!.replaceAll(',', ''));
}

/** Waits for a stage. A step that fails says why, and nothing after it would ever come. */
async function finished(page: Page, stage: StageName): Promise<void> {
  const failed = page.locator('[data-tone=failed]');
  const done = page.locator(`[data-stage=${stage}][data-milliseconds]`);
  await done.or(failed).first().waitFor();
  if ((await failed.count()) > 0) throw new Error(`the page could not go on: ${await failed.first().innerText()}`);
}

/** SOAP alone in the engine of the page, in a page of its own. */
async function timeSoapInPage(
  browser: Browser,
  address: string,
  moduleFile: string,
  snapshotFile: string,
): Promise<number> {
  const page = await browser.newPage();
  await page.route('**/bench/soapKernel.js', (route) => route.fulfill({ path: moduleFile }));
  await page.route('**/bench/snapshot', (route) => route.fulfill({ path: snapshotFile }));
  // Nothing of the page itself, but its origin and its headers, with which clocks are finer.
  await page.route(address, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: '<!doctype html>', contentType: 'text/html' });
  });
  await page.goto(address);
  return page.evaluate(async () => {
    const place = '/bench/soapKernel.js';
    const { blobSource, timeSoap }: typeof SoapKernel = await import(/* @vite-ignore */ place);
    const snapshot = await (await fetch('/bench/snapshot')).blob();
    return timeSoap(blobSource(snapshot, 'snapshot'));
  });
}
