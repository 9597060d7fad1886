import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { basename } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { badParameter } from '#data/errors.ts';
import { installedBrowser } from '../../scripts/findBrowser.mjs';
import { createPageServer, listenOnFreePort } from '../../scripts/servePage.mjs';

const HOST = '127.0.0.1';
const FIRST_PORT = 4190;
/** Path of the one file that the page may ask for besides its own. */
const GIVEN = '/given/';

export interface HeadlessPage {
  readonly page: Page;
  close(): Promise<void>;
}

/**
 * The built page in a browser that nobody sees, served on this machine with one more file. Nothing else can be reached.
 * @param folder Of the built page.
 * @param file A snapshot, which the page opens first.
 * @throws Refusal where the page is not built, or no browser is found
 */
export async function openHeadless(folder: string, file: string): Promise<HeadlessPage> {
  if (!existsSync(`${folder}/index.html`)) throw badParameter('The page is not built: run `npm run build` first');
  const { chromium } = await import('playwright-core');
  const own = chromium.executablePath();
  const executablePath = process.env.CHROMIUM_PATH ?? installedBrowser() ?? (existsSync(own) ? own : null);
  if (!executablePath || !existsSync(executablePath)) {
    throw badParameter('No Chromium or Chrome was found: install one, or name it in CHROMIUM_PATH');
  }
  const name = encodeURIComponent(basename(file));
  const server = serving(await createPageServer(folder, { base: '/', headers: true }), `${GIVEN}${name}`, file);
  const port = await listenOnFreePort(server, FIRST_PORT, HOST);
  const origin = `http://${HOST}:${port}`;
  let browser: Browser | undefined;
  const close = async () => {
    await browser?.close();
    server.close();
    server.closeAllConnections();
  };
  try {
    browser = await chromium.launch({
      executablePath,
      chromiumSandbox: false,
      args: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-background-networking'],
    });
    const page = await browser.newPage({ serviceWorkers: 'block' });
    await page.route('**', (route) =>
      new URL(route.request().url()).origin === origin ? route.continue() : route.abort(),
    );
    await page.goto(`${origin}/?snapshot=${encodeURIComponent(`${GIVEN}${name}`)}`);
    return { page, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The server of the page, with one file more; it is sent as it is, compressed or not. */
function serving(pages: Server, path: string, file: string): Server {
  return createServer((request, response) => {
    if (request.url !== path) return pages.emit('request', request, response);
    response.writeHead(200, {
      'Content-Type': 'application/octet-stream',
      'Content-Length': statSync(file).size,
      'Cross-Origin-Resource-Policy': 'same-origin',
    });
    return createReadStream(file).pipe(response);
  });
}
