import {
  expect,
  expectSentence,
  expectState,
  headOf,
  openSample,
  openSnapshot,
  openStep,
  runStep,
  SMALL,
  SMALL_ATOMS,
  type StepTitle,
  setParameter,
  stepOf,
  test,
} from './helpers.ts';

const TITLES: readonly StepTitle[] = [
  'Snapshot',
  'Structure',
  'Descriptor',
  'Pool',
  'Select',
  'Replicas',
  'Energies',
  'Model',
];

test.beforeEach(async ({ page }) => {
  await openSample(page);
  await openSnapshot(page, SMALL, SMALL_ATOMS);
});

test('types are hidden and shown; a clicked atom tells its numbers', async ({ page }) => {
  const atoms = page.getByRole('region', { name: 'Atoms' });
  const picture = atoms.getByRole('application');
  const card = page.getByRole('region', { name: /^Atom \d+$/ });

  await test.step('H hides the grains and brings them back', async () => {
    await expect(atoms).toContainText('1,982 of 1,982 shown');
    const label = await atoms.getByRole('listitem').filter({ hasText: 'BCC' }).innerText();
    const bcc = Number(label.replace(/\D/g, ''));
    expect(bcc).toBeGreaterThan(0);
    await page.keyboard.press('h');
    await expect(atoms).toContainText(`${(1982 - bcc).toLocaleString('en-GB')} of 1,982 shown`);
    await page.keyboard.press('H');
    await expect(atoms).toContainText('1,982 of 1,982 shown');
  });

  await test.step('a click opens a card, Esc and a click beside the atoms close it', async () => {
    await picture.click();
    await expect(card).toContainText(/Structure(BCC|OTH|FCC|HCP|ICO), /);
    await expect(card).toContainText(/Coordination\d+/);
    await expect(card).toContainText(/Position.* Å/);
    await page.keyboard.press('Escape');
    await expect(card).toBeHidden();
    await picture.click();
    await expect(card).toBeVisible();
    await picture.click({ position: { x: 6, y: 6 } });
    await expect(card).toBeHidden();
  });
});

test('atoms are coloured by predicted energy, with a scale that says what it means', async ({ page }) => {
  const atoms = page.getByRole('region', { name: 'Atoms' });
  const energies = await openStep(page, 'Energies');
  await energies.getByRole('combobox', { name: 'Label from column', exact: true }).selectOption('c_pe');
  await setParameter(page, 'Select', 'Atoms to pick', '60');
  await page.getByRole('navigation').getByRole('button', { name: 'Run the whole loop' }).click();
  await expectState(page, 'Model', 'done', 60_000);

  const colour = atoms.getByRole('combobox', { name: 'Colour', exact: true });
  for (const title of ['Coordination number', 'Predicted energy (eV)', 'Uncertainty σ (eV)']) {
    await colour.selectOption(title);
    const legend = atoms.getByTitle(title, { exact: true });
    await expect(legend).toBeVisible();
    // At least two numbers stand along the scale.
    await expect(legend.locator('..')).toContainText(/\d.*\d.*of 1,982 shown/);
    await expect(atoms.getByRole('application', { name: `coloured by ${title}` })).toBeVisible();
  }
  await colour.selectOption('Structure type');
  await expect(atoms.getByRole('combobox', { name: 'Palette' })).toBeVisible();
});

test('the theme is switched and remembered', async ({ page }) => {
  const root = page.locator('html');
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: 'Light theme' }).click();
  await expect(root).toHaveAttribute('data-theme', 'light');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Dark theme' })).toBeVisible();
  await expect(root).toHaveAttribute('data-theme', 'light');
});

test('keys open the steps and the help', async ({ page }) => {
  for (const [k, title] of TITLES.entries()) {
    await page.keyboard.press(String(k + 1));
    await expect(headOf(page, title)).toHaveAttribute('aria-expanded', 'true');
    await expect(page.getByRole('navigation').locator('[aria-expanded=true]')).toHaveCount(1);
  }
  await page.keyboard.press('8');
  await expect(headOf(page, 'Model')).toHaveAttribute('aria-expanded', 'false');

  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: /^Grainscope \d/ });
  await expect(help).toContainText('Hide or show the BCC atoms');
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
});

test('a changed parameter puts the steps after it out of date, and says why; a wrong one does not stand', async ({
  page,
}) => {
  await runStep(page, 'Pool', 'Project');

  await test.step('changed', async () => {
    await setParameter(page, 'Descriptor', 'Gaussian width', '0.55');
    for (const title of ['Descriptor', 'Pool'] as const) {
      await expectState(page, title, 'out of date');
      await expect(headOf(page, title)).toContainText('Changed: Gaussian width 0.5 → 0.55 Å');
    }
    await expectState(page, 'Structure', 'done');
    await setParameter(page, 'Descriptor', 'Gaussian width', '0.5');
    await expectState(page, 'Pool', 'done');
  });

  await test.step('wrong', async () => {
    await setParameter(page, 'Descriptor', 'Cutoff', '20');
    await expectSentence(page, 'Cutoff: expected a number from 2 to 10, found 20. 4 stays in force.');
    await expect(stepOf(page, 'Descriptor').getByRole('textbox', { name: 'Cutoff', exact: true })).toHaveAttribute(
      'aria-invalid',
      'true',
    );
    await expectState(page, 'Descriptor', 'done');
  });
});
