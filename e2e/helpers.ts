import { test as base, expect, type Page } from '@playwright/test';

export { expect };

/**
 * `test` of our own: it fails when the page logs an error, throws, or asks another origin for anything. `complaints`
 * holds what was said so far; a test that provokes an error takes it out.
 */
export const test = base.extend<{ complaints: string[] }>({
  complaints: [
    async ({ context, baseURL }, use) => {
      const complaints: string[] = [];
      const own = new URL(baseURL ?? '').origin;
      const note = (url: string) => {
        const { protocol, origin } = new URL(url);
        if (['data:', 'blob:'].includes(protocol) || origin === own) return;
        complaints.push(`request to another origin: ${url}`);
      };
      context.on('request', (request) => note(request.url()));
      context.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`);
      });
      context.on('weberror', (error) => complaints.push(`thrown: ${error.error().stack ?? error.error()}`));
      context.on('page', (page) => page.on('websocket', (socket) => note(socket.url().replace(/^ws/, 'http'))));
      await use(complaints);
      expect(complaints, 'errors of the page and requests to other origins').toEqual([]);
    },
    { auto: true },
  ],
});

/** Expects a sentence to be read on the page: as a whole, not as part of a longer one. */
export async function expectSentence(page: Page, sentence: string | RegExp): Promise<void> {
  await expect(page.getByText(sentence, { exact: true }).filter({ visible: true }).first()).toBeVisible();
}

/** Opens the page and waits until it may share memory between its threads. */
export async function openPage(page: Page, path = './'): Promise<void> {
  await page.goto(path);
  await page.waitForFunction(() => crossOriginIsolated);
}
