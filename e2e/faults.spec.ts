import type { Browser, Page } from '@playwright/test';
import {
  chosenIds,
  expect,
  expectSentence,
  expectState,
  modelErrors,
  openSmall,
  openStep,
  runLoopStep,
  runStep,
  type StepTitle,
  setParameter,
  stepsOfLoop,
  test,
} from './helpers.ts';
import { closeWorker, injectFault, nextFault, watchFault, workerOf, workersOf } from './workerFaults.ts';

const COUNT = 12;
const SELECT = `Select ${COUNT} atoms`;
const THREAD_DIED = /A worker died while it was busy \(it ended without a word\)\. Run the step again\./;
const CONDUCTOR_DIED = 'The compute worker died (it ended without a word). Run the step again.';
/** A fault is told within a second, on two shared cores and with a page that draws by software. */
const PATIENCE_MS = 1000;

const press = async (page: Page, title: StepTitle, verb: string) =>
  (await openStep(page, title)).getByRole('button', { name: verb }).last().click();

/** The picks when nothing goes wrong: any run of this page gives the same. */
let expected: number[];
let errors: string;
test.beforeAll(async ({ browser }) => {
  const page = await browser.newPage();
  await openSmall(page, COUNT);
  for (const [title, verb] of stepsOfLoop(COUNT)) await runLoopStep(page, title, verb);
  expected = await chosenIds(page);
  errors = await modelErrors(page);
  expect(expected).toHaveLength(COUNT);
  await page.close();
});

test.beforeEach(({ page }) => openSmall(page, COUNT));

test('a thread that dies while it describes fails the step at once, and the pool heals', async ({ page }) => {
  await injectFault(await workerOf(page, 'block'), 'dies', 20);
  const told = await watchFault(page, THREAD_DIED);
  await press(page, 'Descriptor', 'Describe');
  const milliseconds = await told();
  console.info(`told after ${milliseconds.toFixed(0)} ms`);
  expect(milliseconds).toBeLessThan(PATIENCE_MS);
  await expectState(page, 'Descriptor', 'failed');
  await expectState(page, 'Structure', 'done');

  await runStep(page, 'Select', SELECT);
  expect(await chosenIds(page)).toEqual(expected);
});

test('a thread that dies while it selects leaves the steps before, and the picks are the same', async ({ page }) => {
  await runStep(page, 'Pool', 'Project');
  await injectFault(await workerOf(page, 'block'), 'dies', 40);
  const told = await watchFault(page, THREAD_DIED);
  await press(page, 'Select', SELECT);
  expect(await told()).toBeLessThan(PATIENCE_MS);
  await expectState(page, 'Select', 'failed');
  await expectState(page, 'Pool', 'done');

  await runStep(page, 'Select', SELECT);
  expect(await chosenIds(page)).toEqual(expected);
});

test('a thread that dies between two steps is not missed', async ({ page }) => {
  const before = workersOf(page, 'block').length;
  await closeWorker(await workerOf(page, 'block'));
  await expect.poll(() => workersOf(page, 'block').length).toBe(before - 1);
  await runStep(page, 'Select', SELECT);
  expect(await chosenIds(page)).toEqual(expected);
});

test('a thread that never answers is ended by a cancel, and the step runs again', async ({ page }) => {
  await injectFault(await workerOf(page, 'block'), 'never answers', 20);
  const fault = await nextFault(page);
  await press(page, 'Descriptor', 'Describe');
  await fault();
  const footer = page.getByRole('contentinfo');
  const milliseconds = await footer.evaluate(async (line) => {
    const from = performance.now();
    line.querySelector('button')!.click();
    while (!line.textContent.includes('Ready')) await new Promise(requestAnimationFrame);
    return performance.now() - from;
  });
  console.info(`idle ${milliseconds.toFixed(0)} ms after the cancel`);
  expect(milliseconds).toBeLessThan(PATIENCE_MS);
  await expectState(page, 'Descriptor', 'not run yet');

  await runStep(page, 'Select', SELECT);
  expect(await chosenIds(page)).toEqual(expected);
});

for (const when of ['while nothing runs', 'in a run'] as const) {
  test(`the conductor dies ${when}: the page says so, another takes its place, with what was finished`, async ({
    page,
  }) => {
    await runStep(page, 'Pool', 'Project');
    await expect(page.getByRole('contentinfo')).toContainText(/kept \d/);
    if (when === 'in a run') {
      await setParameter(page, 'Descriptor', 'Radial functions', '14');
      await injectFault(await workerOf(page, 'block'), 'rests', 20);
      const fault = await nextFault(page);
      await press(page, 'Descriptor', 'Describe');
      await fault();
    }
    const from = Date.now();
    await closeWorker(await workerOf(page, 'conductor'));
    await expectSentence(page, CONDUCTOR_DIED);
    const milliseconds = Date.now() - from;
    console.info(`told after ${milliseconds} ms`);
    expect(milliseconds).toBeLessThan(PATIENCE_MS);

    await expectState(page, 'Structure', 'done');
    if (when === 'in a run') await setParameter(page, 'Descriptor', 'Radial functions', '10');
    await expectState(page, 'Pool', 'done');
    await runStep(page, 'Select', SELECT);
    expect(await chosenIds(page)).toEqual(expected);
  });
}

test('the conductor dies after every step: all before it stands, and the model is the same', async ({ page }) => {
  const footer = page.getByRole('contentinfo');
  const done: StepTitle[] = ['Snapshot', 'Structure'];
  for (const [title, verb] of stepsOfLoop(COUNT)) {
    await runLoopStep(page, title, verb);
    done.push(title);
    await expect(footer).toContainText(/kept \d/);
    await closeWorker(await workerOf(page, 'conductor'));
    await expectSentence(page, CONDUCTOR_DIED);
    for (const finished of done) await expectState(page, finished, 'done');
    await page.getByRole('button', { name: 'Dismiss' }).first().click();
  }
  expect(await chosenIds(page)).toEqual(expected);
  expect(await modelErrors(page)).toBe(errors);
});

test('the worker that makes figures dies: the next figure is made by another', async ({ page }) => {
  await page.getByRole('button', { name: 'Figures' }).click();
  await expect(page.getByRole('dialog', { name: 'Figures' }).getByRole('img').first()).toBeVisible();
  const save = async () => {
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save PNG' }).click();
    await saved;
  };
  await save();
  await closeWorker(await workerOf(page, 'figure'));
  await expect.poll(() => workersOf(page, 'figure').length).toBe(0);
  await save();
  expect(workersOf(page, 'figure')).toHaveLength(1);
});

test('a machine that sleeps for three seconds in a run goes on where it was', async ({ page, browser }) => {
  // Long enough to be stopped in the middle.
  await injectFault(await workerOf(page, 'block'), 'rests', 20);
  const fault = await nextFault(page);
  await press(page, 'Select', SELECT);
  await fault();
  const renderers = await renderersOf(browser);
  expect(renderers.length).toBeGreaterThan(0);
  for (const pid of renderers) process.kill(pid, 'SIGSTOP');
  try {
    await new Promise((resolve) => setTimeout(resolve, 3000));
  } finally {
    for (const pid of renderers) process.kill(pid, 'SIGCONT');
  }
  await expectState(page, 'Select', 'done', 60_000);
  expect(await chosenIds(page)).toEqual(expected);
});

/** Processes in which pages run, by their ids. */
async function renderersOf(browser: Browser): Promise<number[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}
