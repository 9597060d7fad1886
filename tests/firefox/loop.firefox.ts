import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { delimiter, join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PAGE } from '../../scripts/buildPage.mjs';
import { createPageServer, listenOnFreePort } from '../../scripts/servePage.mjs';

const HOST = '127.0.0.1';

/** FIREFOX_PATH, or the first that is installed. */
function installedFirefox(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = ['firefox', 'firefox-esr'].flatMap((name) => folders.map((folder) => join(folder, name)));
  const onMac = '/Applications/Firefox.app/Contents/MacOS/firefox';
  return [process.env.FIREFOX_PATH ?? '', ...found, onMac].find((path) => path !== '' && existsSync(path));
}

const executablePath = installedFirefox();
if (!executablePath) console.log('skipped: no Firefox is installed (Debian: apt-get install firefox-esr)');

describe.skipIf(!executablePath)('in Firefox', () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    server = await createPageServer(PAGE, { base: '/', headers: true });
    const port = await listenOnFreePort(server, 0, HOST);
    browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: executablePath!,
      headless: true,
      // Without a graphics card.
      extraPrefsFirefox: { 'webgl.force-enabled': true },
    });
    page = await browser.newPage();
    await page.setViewport({ width: 1280, height: 800 });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      const own = origin === `http://${HOST}:${port}` || ['blob:', 'data:'].includes(protocol);
      if (!own) complaints.push(`request to ${request.url()}`);
    });
    await page.goto(`http://${HOST}:${port}/`);
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
    server?.closeAllConnections();
  });

  const textOf = (selector: string) => page.$eval(selector, (element) => (element as HTMLElement).innerText);
  const press = (name: string) => page.locator(`::-p-aria(${name})`).click();
  const waitForText = (selector: string, words: string, timeout: number) =>
    page.waitForFunction(
      (where, said) => document.querySelector<HTMLElement>(where)?.innerText.includes(said),
      { timeout },
      selector,
      words,
    );

  test('the page is isolated and opens the sample', async () => {
    await waitForText('header', '16,057 atoms', 60_000);
    await waitForText('footer', 'Ready', 60_000);
    expect(await textOf('footer')).toContain('shared memory on');
  });

  test('the loop gives the numbers of the other browser', async () => {
    await press('Run the whole loop');
    await waitForText('nav', 'RMSE 11.8 meV, max |error| 52.7 meV', 120_000);
  });

  test('plots are drawn', async () => {
    await press('Parity');
    await page.waitForSelector('[role="tabpanel"] figure svg .xtitle', { timeout: 30_000 });
    expect(await textOf('[role="tabpanel"]')).toContain('11.8 meV');
  });

  test('nothing was complained of, by the content policy or anybody else', async () => {
    const drawn = await page.$('main canvas');
    console.log(`the picture of atoms in this Firefox: ${drawn ? 'drawn' : await textOf('main')}`);
    // Where the machine has no graphics at all, three.js says so, and the page in a sentence.
    expect(complaints.filter((said) => !/WebGL/.test(said))).toEqual([]);
  });
});
