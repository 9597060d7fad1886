import {
  cancelWhile,
  expect,
  expectSentence,
  expectState,
  openPage,
  openStep,
  runStep,
  setParameter,
  test,
} from './helpers.ts';

test('below a sub-path, on a host without isolation headers, one reload makes the page isolated', async ({ page }) => {
  // Not counted by load events: the worker may be quicker than the first page, which then never gets to its own.
  let asked = 0;
  page.on('request', (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) asked += 1;
  });
  await openPage(page);
  await expect(page.getByRole('contentinfo')).toContainText(/shared memory on, \d+ worker/);
  await expectState(page, 'Structure', 'done');
  await expect(page.getByRole('banner')).toContainText('16,057 atoms');
  expect(asked).toBe(2);

  // Workers have no meta tag: theirs comes as a header, which the service worker adds too.
  for (const worker of page.workers()) {
    const outcome = await worker.evaluate(async () => {
      await new Promise((resolve) => setTimeout(resolve, 0));
      try {
        return new Function('return "run"')();
      } catch (error) {
        return (error as Error).name;
      }
    });
    expect(outcome).toBe('EvalError');
  }
});

test.describe('where service workers are blocked', () => {
  test.use({ serviceWorkers: 'block' });

  test('the page says that it is slower, and works', async ({ page }) => {
    await page.goto('./');
    await expectSentence(page, 'this page is not isolated: one worker, slower');
    await expectState(page, 'Structure', 'done');

    await test.step('cancels', async () => {
      // Long enough to be caught in the middle: many times the work for an atom.
      await setParameter(page, 'Descriptor', 'Radial functions', '16');
      await setParameter(page, 'Descriptor', 'Angular channels', '12');
      const step = await openStep(page, 'Descriptor');
      const describe = step.getByRole('button', { name: 'Describe' });
      const milliseconds = await cancelWhile(page, /describing [1-9]/, () => describe.click());
      console.info(`cancel without shared memory: idle after ${milliseconds.toFixed(0)} ms`);
      await expectState(page, 'Descriptor', 'not run yet');
    });

    await test.step('describes and selects', async () => {
      await setParameter(page, 'Descriptor', 'Radial functions', '10');
      await setParameter(page, 'Descriptor', 'Angular channels', '6');
      await setParameter(page, 'Select', 'Atoms to pick', '6');
      await runStep(page, 'Select', 'Select 6 atoms', 120_000);
      const list = page.getByRole('region', { name: 'Chosen atoms' });
      await expect(list.getByRole('button')).toHaveText(['11566', '15044', '2153', '1361', '8292', '12493']);
    });
  });
});
