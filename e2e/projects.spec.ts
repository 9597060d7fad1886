import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import {
  chosenIds,
  expect,
  expectSentence,
  expectState,
  modelErrors,
  openPage,
  openSample,
  openSmall,
  openStep,
  runLoopStep,
  runStep,
  SAMPLE_ATOMS,
  SMALL_ATOMS,
  type StepTitle,
  stepsOfLoop,
  test,
} from './helpers.ts';

const PICKS = 20;
const STEPS = stepsOfLoop(PICKS);

/** Finished stages of every project in the page's own storage: what really lies there, whatever the page says. */
function storedStages(page: Page): Promise<string[][]> {
  return page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('projects', { create: true });
    const stages: string[][] = [];
    for await (const project of folder.values()) {
      const handle = await (project as FileSystemDirectoryHandle).getFileHandle('project.json');
      stages.push(JSON.parse(await (await handle.getFile()).text()).stages);
    }
    return stages;
  });
}

async function expectStored(page: Page, stage: string): Promise<void> {
  const look = async () => (await storedStages(page).catch(() => [])).flat();
  await expect.poll(look, { timeout: 20_000 }).toContain(stage);
}

/** Picks and errors of the small snapshot, by a page that nothing happened to. */
async function undisturbed(page: Page): Promise<{ picks: number[]; errors: string }> {
  await openSmall(page, PICKS);
  for (const [title, verb] of STEPS) await runLoopStep(page, title, verb);
  return found(page);
}

const found = async (page: Page) => ({ picks: await chosenIds(page), errors: await modelErrors(page) });

test('a reload at every step goes on with what was finished, and ends with the same picks', async ({
  page,
  browser,
}) => {
  const other = await browser.newContext();
  const expected = await undisturbed(await other.newPage());
  await other.close();
  await openSmall(page, PICKS);
  await page.getByRole('combobox', { name: 'Colour' }).first().selectOption({ label: 'Coordination number' });
  const done: StepTitle[] = ['Snapshot', 'Structure'];
  for (const [title, verb, stage] of STEPS) {
    await runLoopStep(page, title, verb);
    await expectStored(page, stage);
    done.push(title);
    await page.reload();
    for (const finished of done) await expectState(page, finished, 'done');
    await expect(page.getByRole('banner')).toContainText(SMALL_ATOMS);
  }
  expect(await found(page)).toEqual(expected);
  expect(await page.getByRole('combobox', { name: 'Colour' }).first().inputValue()).toBe('structure.coordination');
});

test('a tab that crashed in the middle of a step comes back with the steps before it', async ({
  context,
  page,
  complaints,
}) => {
  await openSample(page);
  await runStep(page, 'Pool', 'Project');
  await expectStored(page, 'pool');
  await openStep(page, 'Select');
  const crashed = page.waitForEvent('crash');
  const cdp = await context.newCDPSession(page);
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /Run the whole loop/ })
    .click();
  cdp.send('Page.crash').catch(() => {});
  await crashed;
  const next = await context.newPage();
  await openPage(next);
  await expectState(next, 'Pool', 'done');
  await expect(next.getByRole('banner')).toContainText(SAMPLE_ATOMS);
  complaints.length = 0;
});

test('a browser that is killed after every step comes back with all before it, and ends with the same model', async ({
  baseURL,
  launchOptions,
  page,
}) => {
  const expected = await undisturbed(page);
  const profile = mkdtempSync(join(tmpdir(), 'grainscope-'));
  const options = { ...launchOptions, baseURL: baseURL!, viewport: { width: 1280, height: 800 } };
  const launch = async () => {
    const context = await chromium.launchPersistentContext(profile, options);
    return { context, page: await context.newPage() };
  };
  try {
    const done: StepTitle[] = ['Snapshot', 'Structure'];
    for (const [title, verb, stage] of STEPS) {
      const { context, page: one } = await launch();
      if (done.length === 2) await openSmall(one, PICKS);
      else await openPage(one);
      for (const finished of done) await expectState(one, finished, 'done');
      await runLoopStep(one, title, verb);
      await expectStored(one, stage);
      done.push(title);
      execFileSync('pkill', ['-KILL', '-f', profile]);
      await context.close().catch(() => {});
    }
    const last = await launch();
    await openPage(last.page);
    for (const finished of done) await expectState(last.page, finished, 'done');
    expect(await found(last.page)).toEqual(expected);
    await last.context.close();
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});

test('a second tab goes on with a copy, and each keeps its own', async ({ context, page }) => {
  await openSmall(page, PICKS);
  await runStep(page, 'Pool', 'Project');
  await expectStored(page, 'pool');
  // What the browser does when a tab is duplicated.
  const tab = await page.evaluate(() => sessionStorage.getItem('grainscope.project'));
  const two = await context.newPage();
  await two.addInitScript((id) => sessionStorage.setItem('grainscope.project', id!), tab);
  await openPage(two);
  await expectState(two, 'Pool', 'done');
  await expectSentence(two, /is open in another tab: this one goes on with a copy of the project\./);
  await runStep(two, 'Select', `Select ${PICKS} atoms`);
  await expectStored(two, 'select');
  await expect.poll(() => storedStages(two)).toHaveLength(2);
  await expectState(page, 'Select', 'not run yet');
  expect((await storedStages(page)).filter((stages) => stages.includes('select'))).toHaveLength(1);
});

test('a project is saved as a file, and opened by a browser that never saw it', async ({ page, browser }) => {
  await openSmall(page, PICKS);
  await runStep(page, 'Select', `Select ${PICKS} atoms`);
  const picks = await chosenIds(page);
  await page.getByRole('button', { name: 'Projects' }).click();
  const dialog = page.getByRole('dialog', { name: 'Projects' });
  const saved = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save as a file' }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe('fe-gb-2k.grainscope');
  const path = join(mkdtempSync(join(tmpdir(), 'grainscope-')), file.suggestedFilename());
  await file.saveAs(path);

  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await openSample(other);
  await other.locator('input[type=file]').last().setInputFiles(path);
  await expect(other.getByRole('banner')).toContainText(SMALL_ATOMS);
  await expectState(other, 'Select', 'done');
  expect(await chosenIds(other)).toEqual(picks);
  await runStep(other, 'Replicas', 'Cut replica cells');

  await test.step('a damaged one is refused, and nothing that is open is lost', async () => {
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, bytes.length / 2));
    await other.locator('input[type=file]').last().setInputFiles(path);
    await expectSentence(other, 'fe-gb-2k.grainscope: it is no zip archive, or cut short.');
    await expectState(other, 'Replicas', 'done');
    expect(await chosenIds(other)).toEqual(picks);
  });
  await elsewhere.close();
});

test('a full storage is said, nothing that runs is held up, and what was kept before stands', async ({
  context,
  page,
  baseURL,
}) => {
  await openSmall(page, PICKS);
  await runStep(page, 'Descriptor', 'Describe');
  await expectStored(page, 'descriptor');
  const cdp = await context.newCDPSession(page);
  const { usage } = await cdp.send('Storage.getUsageAndQuota', { origin: new URL(baseURL!).origin });
  await cdp.send('Storage.overrideQuotaForOrigin', { origin: new URL(baseURL!).origin, quotaSize: usage + 1000 });
  await runStep(page, 'Select', `Select ${PICKS} atoms`);
  await expectSentence(page, 'not kept: see Projects');
  await page.getByRole('button', { name: 'Projects' }).click();
  await expectSentence(page, /^The storage that the browser gives this page is full: delete kept projects/);
  expect((await storedStages(page)).flat()).toContain('descriptor');
  await cdp.send('Storage.overrideQuotaForOrigin', { origin: new URL(baseURL!).origin });
  await page.getByRole('dialog', { name: 'Projects' }).getByRole('button', { name: 'Close' }).click();
  await runStep(page, 'Replicas', 'Cut replica cells');
  await expectStored(page, 'replicas');
});

test('a browser without storage is said, and everything else goes on', async ({ page }) => {
  await page.route(/conductor\.worker.*\.js/, async (route) => {
    const response = await route.fetch();
    const refuse = "navigator.storage.getDirectory = () => Promise.reject(new DOMException('', 'SecurityError'));";
    await route.fulfill({ response, body: `${refuse}\n${await response.text()}` });
  });
  await openSample(page);
  await expectSentence(page, 'not kept: see Projects');
  await runStep(page, 'Descriptor', 'Describe');
});

test('a project of a later version is left alone, and says so', async ({ page }) => {
  await openSmall(page, PICKS);
  await runStep(page, 'Descriptor', 'Describe');
  await expectStored(page, 'descriptor');
  await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('projects');
    for await (const project of folder.values()) {
      const handle = await (project as FileSystemDirectoryHandle).getFileHandle('project.json');
      const record = JSON.parse(await (await handle.getFile()).text());
      const writable = await handle.createWritable();
      await writable.write(JSON.stringify({ ...record, schema: 99 }));
      await writable.close();
    }
  });
  await page.reload();
  await expect(page.getByRole('banner')).toContainText(SAMPLE_ATOMS);
  await expectSentence(page, /it was saved by a later version of Grainscope\.$/);
  await page.getByRole('button', { name: 'Projects' }).click();
  const dialog = page.getByRole('dialog', { name: 'Projects' });
  await dialog.getByRole('button', { name: 'Delete the project that cannot be read' }).click();
  await expect(dialog.getByRole('listitem')).toHaveCount(1);
});
