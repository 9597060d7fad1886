import {
  expect,
  expectState,
  headOf,
  openPage,
  openSnapshot,
  openStep,
  SMALL,
  SMALL_ATOMS,
  stepOf,
  test,
} from './helpers.ts';

// Node 20 has no relaxed SIMD, so only a browser can show that its kernels do their work.
test('relaxed SIMD is an option, and the page says what was computed with', async ({ page }) => {
  await openPage(page);
  await openSnapshot(page, SMALL, SMALL_ATOMS);
  const explained: Record<string, string> = {};
  for (const arithmetic of ['float64', 'relaxed', 'float32']) {
    const step = await openStep(page, 'Descriptor');
    const choice = step.getByRole('combobox', { name: 'Arithmetic', exact: true });
    if (!(await choice.isVisible())) await step.getByText('More', { exact: true }).click();
    await choice.selectOption(arithmetic);
    await step.getByRole('button', { name: 'Describe', exact: true }).click();
    await expectState(page, 'Descriptor', 'done');
    await expect(stepOf(page, 'Descriptor').getByRole('definition').filter({ hasText: arithmetic })).toBeVisible();
    explained[arithmetic] = /PC1 .* %, PC2 .* %/.exec(await headOf(page, 'Descriptor').innerText())?.[0] ?? 'nothing';
  }
  expect(explained.relaxed).toMatch(/^PC1 6\d/);
  expect(explained.relaxed).toBe(explained.float64);
  expect(explained.float32).toBe(explained.float64);
});
