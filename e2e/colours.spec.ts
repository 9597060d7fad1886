import { expect, expectState, openSample, setParameter, test } from './helpers.ts';

test('a scale is given ends, steps and a logarithm; the legend says what lies beyond it', async ({ page }) => {
  await openSample(page);
  const atoms = page.getByRole('region', { name: 'Atoms' });
  await atoms.getByRole('combobox', { name: 'Colour', exact: true }).selectOption('Coordination number');
  await expect(atoms.getByTitle('Coordination number', { exact: true })).toBeVisible();
  await expect(atoms.getByTitle(/atoms (below|above) the scale/)).toHaveCount(0);

  await page.getByRole('button', { name: 'Colour scale', exact: true }).press('Enter');
  const sheet = page.getByRole('dialog', { name: 'Colour scale' });
  await expect(sheet.getByRole('combobox', { name: 'Range' })).toBeFocused();

  await test.step('ends that are typed', async () => {
    await sheet.getByRole('textbox', { name: 'From' }).fill('13');
    await sheet.getByRole('textbox', { name: 'To' }).fill('14');
    await expect(atoms.getByTitle(/atoms below the scale/)).toContainText(/[1-9]/);
    await expect(atoms.getByTitle(/atoms above the scale/)).toContainText(/[1-9]/);
  });

  await test.step('what is no number is refused, and changes nothing', async () => {
    const before = await atoms.getByTitle(/atoms below the scale/).innerText();
    await sheet.getByRole('textbox', { name: 'From' }).fill('thirteen');
    await expect(sheet.getByRole('alert')).toHaveText('This is not a number.');
    expect(await atoms.getByTitle(/atoms below the scale/).innerText()).toBe(before);
    await sheet.getByRole('checkbox', { name: 'Logarithmic' }).check();
    await sheet.getByRole('textbox', { name: 'From' }).fill('-1');
    await expect(sheet.getByRole('alert')).toHaveText('A logarithmic scale begins above zero.');
  });

  await sheet.getByRole('button', { name: 'As at first' }).click();
  await expect(atoms.getByTitle(/atoms (below|above) the scale/)).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(page.getByRole('button', { name: 'Colour scale', exact: true })).toBeFocused();
});

test('any quantity colours the points of the PCA plane, and the legend hides a type', async ({ page }) => {
  await openSample(page);
  await setParameter(page, 'Select', 'Atoms to pick', '6');
  await page.getByRole('navigation').getByRole('button', { name: 'Run the whole loop' }).click();
  // At its end the loop opens the parity plot.
  await expectState(page, 'Model', 'done', 120_000);
  const figure = page.getByRole('figure');
  await page.getByRole('tab', { name: 'PCA' }).click();
  const paths = figure.locator('.layer-between .shapelayer path');
  await expect(paths).toHaveCount(2);
  await figure.locator('.legendtoggle').first().click();
  await expect(paths).toHaveCount(1);
  await page.getByRole('combobox', { name: 'Colour of the points' }).selectOption('PC3');
  await expect.poll(() => paths.count()).toBeGreaterThan(8);
  await expect(figure).toContainText('PC3');
  await expect(figure.locator('.imagelayer image')).toHaveCount(1);
});
