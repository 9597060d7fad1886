import {
  chooseFile,
  expect,
  expectSentence,
  expectState,
  headOf,
  openSample,
  openStep,
  setParameter,
  test,
} from './helpers.ts';

const COUNT = 12;

test('the shipped potential computes the cells of the sample, and the replica check shows what cutting costs', async ({
  page,
}) => {
  test.slow();
  await openSample(page);
  await setParameter(page, 'Select', 'Atoms to pick', String(COUNT));
  const step = await openStep(page, 'Energies');
  await expectSentence(page, /It is no DFT/);

  await test.step('a broken file changes nothing', async () => {
    const file = { name: 'broken.eam.fs', text: 'one\ntwo\nthree\n1 Fe\n' };
    await chooseFile(page, step.getByRole('button', { name: 'Run with a file…' }), file);
    await expectState(page, 'Energies', 'failed', 60_000);
    await expect(page.getByRole('navigation').getByRole('alert')).toContainText('broken.eam.fs, line 5: expected Nrho');
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect(step.getByText('In force:')).toHaveCount(0);
  });

  await test.step('the shipped one', async () => {
    await step.getByRole('button', { name: 'Run with iron (Finnis–Sinclair)' }).click();
    await expectState(page, 'Energies', 'done', 60_000);
    await expect(headOf(page, 'Energies')).toContainText(
      `${COUNT} energies from fe-fs1984.eam.fs (EAM, classical, not DFT)`,
    );
    await expect(step.getByText('In force:')).toContainText('fe-fs1984.eam.fs');
  });

  const plots = page.getByRole('region', { name: 'Plots' });
  await test.step('energies in the cells against those in place', async () => {
    await plots.getByRole('tab', { name: 'Replica check' }).click();
    await expect(plots.getByText(/^RMSE (< )?[\d.]+ meV$/)).toBeVisible();
    await expect(plots.getByText(`${COUNT} cells, 10 Å, seam 2.2 Å`)).toBeVisible();
    // Of a potential that ends before the faces of a cell the page says that it cannot feel them.
    await expect(plots.getByText(/ends at 3\.57 Å, before the faces of such cells/)).toBeVisible();
    await expect(plots.getByText(/largest for atom \d+\./)).toBeVisible();
  });

  await test.step('over edge and distance', async () => {
    await plots.getByRole('combobox', { name: 'What is drawn' }).selectOption('Over cell edge and seam distance');
    await plots.getByRole('button', { name: 'Compute', exact: true }).click();
    await expect(plots.getByText('Cell edge (Å)')).toBeVisible({ timeout: 60_000 });
    await expect(plots.getByText('Shortest seam distance (Å)')).toBeVisible();
    await expect(plots.getByRole('button', { name: 'Compute again' })).toBeDisabled();
  });

  await test.step('every atom in place, as a column like any other', async () => {
    await step.getByRole('button', { name: 'Energy of every atom in place' }).click();
    await expect(page.getByRole('combobox', { name: /^Colour/ }).first()).toHaveValue('eam.energy', {
      timeout: 60_000,
    });
    await step.getByRole('combobox', { name: 'Label from column', exact: true }).selectOption('eam.energy');
    await expectState(page, 'Energies', 'out of date');
    await step.getByRole('button', { name: 'Take energies' }).last().click();
    await expect(headOf(page, 'Energies')).toContainText('16,057 energies from every atom in place');
  });
});
