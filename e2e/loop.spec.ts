import { readFileSync } from 'node:fs';
import { chosenIds, expect, expectState, headOf, openPage, SAMPLE_ATOMS, test } from './helpers.ts';

const GOLDEN = new URL('./fixtures/ur-fe-gb-16k.json', import.meta.url);

const PLOTS = [
  { tab: 'PCA', text: /PC 1 \(62\.9 % of variance\)/, note: /^Points are .* of 16,057 atoms: at most 1,000 of a type/ },
  { tab: 'Parity', text: /RMSE 11\.8 meV.*max \|error\| 52\.7 meV/, note: /the largest errors are always among them/ },
  { tab: 'Error', text: /Training atoms/, note: /^Errors are over all atoms \(16,057\)\.$/ },
  { tab: 'Histogram', text: /Atoms in 10 meV/, note: /^Energies of 16,057 atoms relative to bulk/ },
];

test('the whole loop on the embedded sample', async ({ page }) => {
  await test.step('opens on the sample', async () => {
    await openPage(page);
    await expect(page.getByRole('banner')).toContainText(SAMPLE_ATOMS);
  });

  await test.step('runs every step by one button', async () => {
    await page.getByRole('navigation').getByRole('button', { name: 'Run the whole loop' }).click();
    await expectState(page, 'Model', 'done', 120_000);
    for (const title of ['Snapshot', 'Structure', 'Descriptor', 'Pool', 'Select', 'Replicas', 'Energies'] as const) {
      await expectState(page, title, 'done');
    }
  });

  await test.step('picks the atoms of the reference', async () => {
    const ids = await chosenIds(page);
    expect(ids.slice(0, 6)).toEqual([11566, 15044, 2153, 1361, 8292, 12493]);
    expect(ids).toEqual(JSON.parse(readFileSync(GOLDEN, 'utf8')));
  });

  await test.step('predicts with the errors of the reference', async () => {
    await expect(headOf(page, 'Model')).toContainText('RMSE 11.8 meV, max |error| 52.7 meV');
  });

  for (const { tab, text, note } of PLOTS) {
    await test.step(`draws ${tab}`, async () => {
      await page.getByRole('tab', { name: tab }).click();
      const panel = page.getByRole('tabpanel', { name: tab });
      const figure = panel.getByRole('figure');
      await expect(figure.locator('svg').first()).toBeVisible();
      await expect(figure).toContainText(text);
      await expect(panel.getByRole('paragraph').filter({ hasText: note })).toBeVisible();
    });
  }
});
