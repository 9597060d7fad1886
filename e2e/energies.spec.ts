import type { Page } from '@playwright/test';
import { FE_GB_2K } from '#tests/fixture.ts';
import { loadDump } from '#tests/loadDump.ts';
import {
  chooseFile,
  chosenIds,
  expect,
  expectSentence,
  expectState,
  headOf,
  openSmall,
  openStep,
  runStep,
  stepOf,
  test,
} from './helpers.ts';

const COUNT = 12;
const RETURNED = 9;
/** Of a bulk atom in this potential, eV. */
const BULK = -4.122;
const { ids, energy } = loadDump(FE_GB_2K);

test.beforeEach(async ({ page }) => {
  await openSmall(page, COUNT);
  await runStep(page, 'Select', `Select ${COUNT} atoms`);
});

test('part of the energies is enough to begin with, and a wrong table changes nothing', async ({ page }) => {
  const picks = await chosenIds(page);
  const rows = picks.slice(0, RETURNED).map((id) => `${id},${energy[ids.indexOf(id)]}`);
  const table = ['id,energy', `0,${BULK}`, ...rows];

  await test.step('a table of nine of twelve', async () => {
    await importTable(page, 'back.csv', table);
    await expectState(page, 'Energies', 'done');
    const absent = picks.slice(RETURNED).join(', ');
    await expectSentence(page, `train: 9 of 12 back; missing: ${absent}.`);
    await expectSentence(page, '−4.1220 eV, bulk cell');
    await runStep(page, 'Model', 'Fit and predict');
    await expect(headOf(page, 'Model')).toContainText(/RMSE \d+\.\d+ m?eV/);
  });

  const wrong = [
    {
      what: 'an id that is no job',
      line: '999999,-4',
      sentence: 'expected the id of a job, found 999999 (the snapshot has no such atom).',
    },
    {
      what: 'a second energy',
      line: `${picks[0]},-3.5`,
      sentence: `a second energy for id ${picks[0]}: expected ${energy[ids.indexOf(picks[0]!)]} eV as on line 3, found -3.5 eV.`,
    },
    { what: 'no number', line: `${picks[9]},n/a`, sentence: 'expected a number for the energy, found "n/a".' },
  ];
  const before = await headOf(page, 'Model').innerText();
  for (const { what, line, sentence } of wrong) {
    await test.step(what, async () => {
      await importTable(page, 'wrong.csv', [...table, line]);
      const place = `wrong.csv, line ${table.length + 1}: `;
      await expect(page.getByRole('navigation').getByRole('alert')).toHaveText(place + sentence);
      await page.getByRole('button', { name: 'Dismiss' }).click();
      await expectState(page, 'Energies', 'done');
      await expect(headOf(page, 'Energies')).toContainText('9 energies from back.csv, 3 missing');
      expect(await headOf(page, 'Model').innerText()).toBe(before);
    });
  }
});

test('a column of the snapshot stands in, and stays in force when a table is refused', async ({ page }) => {
  const step = await openStep(page, 'Energies');
  const column = step.getByRole('combobox', { name: 'Label from column', exact: true });
  await column.selectOption('c_pe');
  await runStep(page, 'Energies', 'Take energies');
  await expect(headOf(page, 'Energies')).toContainText('1,982 energies from column c_pe');
  await runStep(page, 'Model', 'Fit and predict');
  await expect(headOf(page, 'Model')).toContainText(/RMSE .* max \|error\|/);

  await importTable(page, 'wrong.csv', ['id,energy', '999999,-4']);
  await expectState(page, 'Energies', 'failed');
  await expectState(page, 'Model', 'done');
  await expect(column).toHaveValue('c_pe');
});

async function importTable(page: Page, name: string, lines: readonly string[]): Promise<void> {
  await openStep(page, 'Energies');
  const button = stepOf(page, 'Energies').getByRole('button', { name: 'Import…' });
  await chooseFile(page, button, { name, text: `${lines.join('\n')}\n` });
}
