import { hasShared, sharedPath } from '#tests/shared.ts';
import { cancelWhile, expect, expectState, openSample, openSnapshot, openStep, setParameter, test } from './helpers.ts';

/** A block of atoms takes some ms; the rest is a page on shared cores. */
const PATIENCE_MS = 3000;

test('a long step is cancelled at once, and can be run again', async ({ page }) => {
  await openSample(page);
  if (hasShared) await openSnapshot(page, sharedPath('data/fe-gb-128k.dump.gz'), '130,718 atoms');
  // Long enough to be caught in the middle, on a page that looks at it now and then: many times the work for an atom.
  await setParameter(page, 'Descriptor', 'Radial functions', hasShared ? '13' : '16');
  await setParameter(page, 'Descriptor', 'Angular channels', hasShared ? '8' : '12');
  const step = await openStep(page, 'Descriptor');
  const describe = step.getByRole('button', { name: 'Describe' });

  for (const time of ['first', 'second']) {
    const milliseconds = await cancelWhile(page, /describing [1-9]/, () => describe.click());
    console.info(`${time} cancel of describing: idle after ${milliseconds.toFixed(0)} ms`);
    expect(milliseconds).toBeLessThan(PATIENCE_MS);
    await expectState(page, 'Descriptor', 'not run yet');
    await expectState(page, 'Structure', 'done');
    // The page answers.
    await page.getByRole('tab', { name: 'Histogram' }).click();
    await expect(page.getByRole('tabpanel', { name: 'Histogram' })).toContainText('Not computed yet.');
    await page.getByRole('tab', { name: 'PCA' }).click();
  }

  await describe.click();
  await expectState(page, 'Descriptor', 'done', 120_000);
});
