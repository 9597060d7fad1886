import { defineConfig } from '@playwright/test';
import { installedBrowser } from './scripts/findBrowser.mjs';

const HOST = '127.0.0.1';
const PAGE = `http://${HOST}:4180/`;
/** The same page as a plain host would serve it: below a sub-path, and without the headers of our server. */
const SUB_PATH_PAGE = `http://${HOST}:4181/a/b/`;
const SUB_PATH_TESTS = '**/*.subpath.spec.ts';

const executablePath = process.env.CHROMIUM_PATH ?? installedBrowser();

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  // Two cores and a software renderer: one page at a time, and patience.
  workers: 1,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    browserName: 'chromium',
    // What one test keeps is not for the next, and nothing is kept beside the tests that are about it.
    serviceWorkers: 'block',
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      chromiumSandbox: false,
      args: [
        // The same pixels on every machine.
        '--use-angle=swiftshader',
        '--enable-unsafe-swiftshader',
        // Nothing but our own page talks.
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-quic',
        '--no-first-run',
      ],
    },
  },
  projects: [
    { name: 'page', testIgnore: SUB_PATH_TESTS, use: { baseURL: PAGE } },
    { name: 'sub-path', testMatch: SUB_PATH_TESTS, use: { baseURL: SUB_PATH_PAGE, serviceWorkers: 'allow' } },
  ],
  webServer: [
    serve(PAGE, `--port 4180 --host ${HOST}`),
    serve(SUB_PATH_PAGE, `--port 4181 --host ${HOST} --base /a/b/ --plain`),
  ],
});

function serve(url: string, options: string) {
  return { url, command: `node scripts/start.mjs --no-open ${options}`, timeout: 180_000, reuseExistingServer: false };
}
