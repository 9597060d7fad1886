import { expect, expectState, openPage, test } from './helpers.ts';

/**
 * So generous because everything here shares two cores: two workers that compute, a software renderer that takes
 * seconds for what a graphics card does in milliseconds, and the page. Seen: 0.3 to 1 s (the first start of the
 * renderer, plotly's first drawing). What this finds is a page that hangs; the figures printed are what to watch.
 */
const LONGEST_MS = 5000;

/** What of the browser's record of long frames is read here; TypeScript does not know it yet. */
interface LongFrame extends PerformanceEntry {
  readonly scripts: readonly (PerformanceEntry & { readonly invoker: string; readonly sourceURL: string })[];
}

/** One uninterrupted stretch of script on the main thread. */
interface Stretch {
  /** What called it: an address for a module that was evaluated, else such as `Worker.onmessage`. */
  readonly invoker: string;
  readonly file: string;
  /** Since navigation. */
  readonly seconds: number;
  readonly milliseconds: number;
}

declare global {
  var stretches: Stretch[];
}

test('no script holds the page up for long while the sample loads and the whole loop runs', async ({ page }) => {
  await page.addInitScript(() => {
    globalThis.stretches = [];
    new PerformanceObserver((list) => {
      for (const { invoker, sourceURL, startTime, duration } of (list.getEntries() as LongFrame[]).flatMap(
        ({ scripts }) => scripts,
      )) {
        const file = sourceURL.split('/').at(-1) ?? '';
        stretches.push({ invoker, file, seconds: startTime / 1000, milliseconds: duration });
      }
    }).observe({ type: 'long-animation-frame', buffered: true });
  });
  await openPage(page);
  await expectState(page, 'Structure', 'done');
  await page.getByRole('navigation').getByRole('button', { name: 'Run the whole loop' }).click();
  await expectState(page, 'Model', 'done', 120_000);
  await expect(page.getByRole('figure').locator('svg').first()).toBeVisible();

  const all = await page.evaluate(() => stretches);
  expect(all.length).toBeGreaterThan(0);
  const long = all.filter(({ milliseconds }) => milliseconds >= 50);
  for (const { invoker, file, seconds, milliseconds } of long) {
    console.info(`${milliseconds.toFixed(0)} ms at ${seconds.toFixed(1)} s: ${invoker}, ${file}`);
  }
  // Plotly is one file of 5 MB: a browser reads it in one go, once, when the page has nothing else to do.
  const ours = long.filter(({ invoker }) => !/plotly.*\.js$/.test(invoker));
  expect(ours.filter(({ milliseconds }) => milliseconds > LONGEST_MS)).toEqual([]);
});
