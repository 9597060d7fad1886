import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { createPageServer, listenOnFreePort } from '../scripts/servePage.mjs';
import { sealBuild } from '../scripts/serviceWorkerPlugin.ts';
import { test as base, expect, expectState, openPage, SAMPLE_ATOMS } from './helpers.ts';

const BUILT = fileURLToPath(new URL('../dist/page', import.meta.url));
const HOST = '127.0.0.1';

interface Host {
  /** What is served; may be changed meanwhile. */
  readonly folder: string;
  readonly url: string;
  stop(): void;
}

interface HostOptions {
  readonly base: string;
  readonly headers: boolean;
}

/** `test` with a host of its own that holds a copy of the built page and can be taken away. */
const test = base.extend<{ hostOptions: HostOptions; host: Host }>({
  serviceWorkers: 'allow',
  hostOptions: [{ base: '/', headers: true }, { option: true }],
  host: async ({ hostOptions }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'grainscope-host-'));
    cpSync(BUILT, folder, { recursive: true, filter: (path) => !path.endsWith('.map') });
    const server = await createPageServer(folder, hostOptions);
    const port = await listenOnFreePort(server, 0, HOST);
    const stop = () => {
      server.close();
      server.closeAllConnections();
    };
    await use({ folder, url: `http://${HOST}:${port}${hostOptions.base}`, stop });
    stop();
    rmSync(folder, { recursive: true, force: true });
  },
  baseURL: async ({ host }, use) => use(host.url),
});

/** Waits until the whole page is kept: it is put there last. */
async function expectKept(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(async () => (await caches.match(new URL('index.html', document.baseURI))) !== undefined))
    .toBe(true);
}

/** The next build: another page, and other names of all its scripts, since each names those that it imports. */
async function deployNextBuild(folder: string): Promise<void> {
  const assets = join(folder, 'assets');
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
  const nextOf = (name: string) => name.replace('-', '-next');
  for (const name of scripts) renameSync(join(assets, name), join(assets, nextOf(name)));
  for (const file of [join(folder, 'index.html'), ...scripts.map((name) => join(assets, nextOf(name)))]) {
    const text = scripts.reduce((said, name) => said.replaceAll(name, nextOf(name)), readFileSync(file, 'utf8'));
    writeFileSync(file, text.replace('<title>Grainscope', '<title>Grainscope, next'));
  }
  await sealBuild(folder);
}

const firstScript = (page: Page) => page.locator('script[type="module"]').first().getAttribute('src');

for (const hostOptions of [
  { base: '/', headers: true },
  { base: '/a/b/', headers: false },
]) {
  test.describe(`on a host ${hostOptions.headers ? 'with' : 'without'} headers, at ${hostOptions.base}`, () => {
    test.use({ hostOptions });

    test('after one visit the page opens and runs the loop without any server', async ({ page, host, complaints }) => {
      await openPage(page);
      await expectState(page, 'Structure', 'done');
      await expectKept(page);
      host.stop();
      await page.reload();
      await page.waitForFunction(() => crossOriginIsolated);
      await expect(page.getByRole('banner')).toContainText(SAMPLE_ATOMS);
      await page.getByRole('navigation').getByRole('button', { name: 'Run the whole loop' }).click();
      await expectState(page, 'Model', 'done', 120_000);
      await page.getByRole('tab', { name: 'Parity' }).click();
      await expect(page.getByRole('tabpanel', { name: 'Parity' }).locator('svg').first()).toBeVisible();
      await page.getByRole('banner').getByRole('button', { name: 'Figures' }).click();
      await expect(page.getByRole('img', { name: /^Fig\. 2/ })).toBeVisible({ timeout: 60_000 });
      // The browser says that it asked a server that is gone.
      expect(complaints.splice(0).filter((said) => !/ERR_CONNECTION_REFUSED|Failed to fetch/.test(said))).toEqual([]);
    });
  });
}

test('an open page says that a new version is there, stays whole until it is reloaded, and is whole then', async ({
  page,
  host,
}) => {
  await openPage(page);
  await expectState(page, 'Structure', 'done');
  await expectKept(page);
  const before = await firstScript(page);
  await deployNextBuild(host.folder);
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await expect(page.getByRole('contentinfo')).toContainText('A new version is ready.');

  await test.step('its own parts are there, though not on the server any more', async () => {
    expect(await page.evaluate(async (src) => (await fetch(src!)).ok, before)).toBe(true);
    await page.getByRole('banner').getByRole('button', { name: 'Figures' }).click();
    await expect(page.getByRole('img', { name: /^Fig\. 2/ })).toBeVisible({ timeout: 60_000 });
    await page.keyboard.press('Escape');
    await expect(page).toHaveTitle('Grainscope');
  });

  await page.getByRole('contentinfo').getByRole('button', { name: 'Reload' }).click();
  await expect(page).toHaveTitle('Grainscope, next');
  await expectState(page, 'Structure', 'done');
  expect(await firstScript(page)).toContain('index-next');
  await expect(page.getByRole('contentinfo')).not.toContainText('new version');
});

test('a reload by hand gives the new version at once, and offline it is that one', async ({
  page,
  host,
  complaints,
}) => {
  await openPage(page);
  await expectState(page, 'Structure', 'done');
  await expectKept(page);
  await deployNextBuild(host.folder);
  await page.reload();
  await expect(page).toHaveTitle('Grainscope, next');
  await expectState(page, 'Structure', 'done');
  await expect(page.getByRole('contentinfo')).not.toContainText('new version');
  const versions = () => page.evaluate(async () => (await caches.keys()).length);
  await expect.poll(versions).toBe(2);
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const name = (await caches.keys()).at(-1)!;
        const copy = await (await caches.open(name)).match(new URL('index.html', document.baseURI));
        return (await copy?.text())?.includes('Grainscope, next') ?? false;
      }),
    )
    .toBe(true);
  // It is kept before its worker answers.
  const changing = () =>
    page.evaluate(async () => {
      const registration = (await navigator.serviceWorker.getRegistration())!;
      return registration.installing !== null || registration.waiting !== null;
    });
  await expect.poll(changing).toBe(false);
  host.stop();
  await page.reload();
  await expect(page).toHaveTitle('Grainscope, next');
  await expectState(page, 'Structure', 'done');
  expect(complaints.splice(0).filter((said) => !/ERR_CONNECTION_REFUSED|Failed to fetch/.test(said))).toEqual([]);
});

test('the page can be installed: its manifest and icons are as browsers want them', async ({ page }) => {
  await openPage(page);
  const session = await page.context().newCDPSession(page);
  const { errors, data } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { icons } = JSON.parse(data!) as { icons: { src: string; sizes: string; type: string }[] };
  for (const { src, sizes, type } of icons.filter((icon) => icon.type === 'image/png')) {
    const size = await page.evaluate(
      async ([address, expected]) => {
        const blob = await (await fetch(address!)).blob();
        const { width, height } = await createImageBitmap(blob);
        return [`${width}x${height}`, blob.type === expected];
      },
      [src, type],
    );
    expect(size).toEqual([sizes, true]);
  }
});
