import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { hasShared, sharedPath } from '#tests/shared.ts';
import {
  cancelWhile,
  chooseFile,
  chosenIds,
  expect,
  expectState,
  openPage,
  openSnapshot,
  openStep,
  type StepTitle,
  test,
} from './helpers.ts';

const MILLION = sharedPath('data/fe-gb-1m.dump.gz');
const ATOMS = '1,037,880 atoms';
const REFERENCE = sharedPath('reference/selection/fe-gb-1m.json');

/**
 * Bounds that find a page that hangs, on a shared machine without a graphics card; what is printed is what to watch.
 * A task of the page's own thread, and the time from a press of Cancel to a page that is idle.
 */
const HANGING_MS = 8000;
const STUCK_MS = 5000;

/** What of the browser's record of long frames is read here; TypeScript does not know it yet. */
interface LongFrame extends PerformanceEntry {
  readonly scripts: readonly (PerformanceEntry & { readonly invoker: string; readonly sourceURL: string })[];
}

/** What kept the page's own thread for more than 50 ms since it was last asked, and which scripts ran that long. */
async function watchLongTasks(page: Page): Promise<(during: string) => Promise<void>> {
  await page.addInitScript(() => {
    const tasks: number[] = [];
    const scripts: string[] = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(Math.round(duration));
    }).observe({ type: 'longtask', buffered: true });
    new PerformanceObserver((list) => {
      for (const { duration, invoker, sourceURL } of (list.getEntries() as LongFrame[]).flatMap(
        ({ scripts }) => scripts,
      )) {
        if (duration >= 50)
          scripts.push(`${Math.round(duration)} ms ${invoker} ${sourceURL}`.replaceAll(location.origin, ''));
      }
    }).observe({ type: 'long-animation-frame', buffered: true });
    Object.assign(globalThis, { takeLong: () => ({ tasks: tasks.splice(0), scripts: scripts.splice(0) }) });
  });
  return async (during) => {
    const { tasks, scripts } = await page.evaluate(() =>
      (globalThis as unknown as { takeLong(): { tasks: number[]; scripts: string[] } }).takeLong(),
    );
    console.info([`tasks over 50 ms while ${during}: ${tasks.join(', ') || 'none'}`, ...scripts].join('\n    '));
    for (const milliseconds of tasks) expect(milliseconds).toBeLessThan(HANGING_MS);
  };
}

test('a million atoms are opened, looked at, cancelled and picked from', async ({ page }) => {
  test.skip(!hasShared, 'skipped: no ../shared');
  test.setTimeout(600_000);
  page.setDefaultTimeout(60_000);
  const report = await watchLongTasks(page);
  await openPage(page);
  await expectState(page, 'Structure', 'done');
  await report('the page starts with its sample');

  await test.step('opened and classified', async () => {
    await openSnapshot(page, MILLION, ATOMS);
    await report('a million atoms are read and classified');
  });

  const atoms = page.getByRole('region', { name: 'Atoms' });
  const picture = atoms.getByRole('application');

  await test.step('turned, filtered, recoloured and picked', async () => {
    const { x, y, width, height } = (await picture.boundingBox())!;
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    for (let step = 1; step <= 10; step++) await page.mouse.move(x + width / 2 + 8 * step, y + height / 2 + 3 * step);
    await page.mouse.up();
    await report('turning');
    await page.keyboard.press('h');
    await expect(atoms).toContainText('205,068 of 1,037,880 shown');
    await report('hiding BCC');
    await atoms.getByRole('combobox', { name: 'Colour', exact: true }).selectOption('Coordination number');
    await expect(atoms.getByTitle('Coordination number', { exact: true })).toBeVisible();
    await report('recolouring');
    await picture.click();
    await expect(page.getByRole('region', { name: /^Atom \d+$/ })).toContainText(/Coordination\d+/);
    await page.keyboard.press('Escape');
    await page.keyboard.press('h');
    await report('picking');
  });

  const cancelled = async (words: RegExp, start: () => Promise<void>) => {
    const milliseconds = await cancelWhile(page, words, start);
    console.info(`cancelled while ${words.source}: idle after ${milliseconds.toFixed(0)} ms`);
    expect(milliseconds).toBeLessThan(STUCK_MS);
  };

  await test.step('reading is cancelled, and nothing loaded is lost', async () => {
    const open = page.getByRole('button', { name: 'Open', exact: true });
    await cancelled(/reading/, () => chooseFile(page, open, MILLION));
    await expect(page.getByRole('banner')).toContainText(ATOMS);
    await expectState(page, 'Structure', 'done');
  });

  const stages: [StepTitle, string, RegExp][] = [
    ['Descriptor', 'Describe', /describing [1-9]/],
    ['Pool', 'Project', /projecting [1-9]/],
    ['Select', 'Select 150 atoms', /selecting [1-9]/],
  ];
  for (const [title, verb, words] of stages) {
    await test.step(`${title} is cancelled, then run to its end`, async () => {
      const run = (await openStep(page, title)).getByRole('button', { name: verb, exact: true });
      await cancelled(words, () => run.click());
      await expectState(page, title, 'not run yet');
      await run.click();
      await expectState(page, title, 'done', 300_000);
      await report(`the page is at ${title}`);
    });
  }

  await test.step('picks the atoms of the reference', async () => {
    expect(await chosenIds(page)).toEqual(JSON.parse(readFileSync(REFERENCE, 'utf8')).ur.ids);
  });
});
