import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { npyHeader } from '#formats/npy/write.ts';
import {
  chooseFile,
  chosenIds,
  expect,
  expectState,
  headOf,
  openSample,
  openSmall,
  openSnapshot,
  openStep,
  runStep,
  SMALL,
  SMALL_ATOMS,
  test,
} from './helpers.ts';

const ATOMS = 1982;
const BCC_ATOMS = 768;
const COLUMNS = 40;

/** Forty numbers an atom that have nothing to do with atoms. */
function matrix(rows = ATOMS): Buffer {
  const values = Float32Array.from({ length: rows * COLUMNS }, (_, k) => Math.sin(0.37 * k) + (k % COLUMNS) / 9);
  return Buffer.concat([npyHeader('float32', [rows, COLUMNS]), Buffer.from(values.buffer)]);
}

async function textOf(page: Page, press: () => Promise<void>): Promise<{ name: string; text: string }> {
  const coming = page.waitForEvent('download');
  await press();
  const download = await coming;
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

/** An entry of the menu of the selection. */
async function fromMenu(page: Page, entry: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'More for the selection', exact: true }).click();
  await page.getByRole('menuitem', { name: entry }).click();
}

test('descriptors of another program are read in place of SOAP, and a refused matrix leaves what was there', async ({
  page,
}) => {
  await openSmall(page, 8);
  const step = await openStep(page, 'Descriptor');
  const read = (text: Buffer, name = 'other.npy') =>
    chooseFile(page, step.getByRole('button', { name: 'Read a matrix…' }), { name, text });

  await test.step('one of other atoms is refused in a sentence', async () => {
    await read(matrix(ATOMS - 1));
    await expectState(page, 'Descriptor', 'failed');
    await expect(page.getByRole('navigation').getByRole('alert')).toContainText(
      'other.npy: expected a row for each of the 1982 atoms of fe-gb-2k.dump.gz, found 1981 rows of 40 numbers',
    );
    await expectState(page, 'Structure', 'done');
  });

  await test.step('the right one gives a pool and picks', async () => {
    await read(matrix());
    await expectState(page, 'Descriptor', 'done');
    await expect(headOf(page, 'Descriptor')).toContainText('40 numbers an atom');
    await expect(step).toContainText('other.npy, 1,982 × 40 (<f4), kept as float32');
    await expect(step).toContainText('rising id, which is the order of the file');
    await expect(step.getByRole('textbox', { name: 'Cutoff', exact: true })).toHaveCount(0);
    await runStep(page, 'Select', 'Select 8 atoms');
    expect(await chosenIds(page)).toHaveLength(8);
  });

  await test.step('SOAP again, and another snapshot begins with it', async () => {
    await openStep(page, 'Descriptor');
    await step.getByRole('combobox', { name: 'Descriptor' }).selectOption('soap');
    await expect(step.getByRole('textbox', { name: 'Cutoff', exact: true })).toBeVisible();
    await expectState(page, 'Descriptor', 'out of date');
    await read(matrix());
    await expectState(page, 'Descriptor', 'done');
    await openSnapshot(page, SMALL, SMALL_ATOMS);
    await openStep(page, 'Descriptor');
    await expect(step.getByRole('textbox', { name: 'Cutoff', exact: true })).toBeVisible();
  });
});

test('atoms go out as dump and for chemiscope, and the structure types in them are asked about when they come back', async ({
  page,
}) => {
  await openSample(page);
  await openSnapshot(page, SMALL, SMALL_ATOMS);
  await page.getByRole('tab', { name: 'Sets' }).click();
  await page.getByText('Select by …').click();
  await page.getByRole('button', { name: 'Select type' }).click();
  await expect(page.getByLabel('Atoms selected', { exact: true })).toHaveText(String(BCC_ATOMS));

  const dump = await textOf(page, () => fromMenu(page, /^Export dump/));
  expect(dump.name).toMatch(/^fe-gb-2k-.*\.dump$/);
  expect(dump.text).toMatch(/^ITEM: UNITS\nmetal\n[\s\S]*ITEM: ATOMS id type element x y z pattern /);
  const json = await textOf(page, () => fromMenu(page, /^Export for chemiscope/));
  expect(json.name).toMatch(/\.json$/);
  expect(JSON.parse(json.text).environments).toHaveLength(BCC_ATOMS);

  const step: Locator = await openStep(page, 'Structure');
  await test.step('the dump comes back: nothing is guessed', async () => {
    await chooseFile(page, page.getByRole('button', { name: 'Open', exact: true }), {
      name: 'back.dump',
      text: dump.text,
    });
    await expect(page.getByRole('banner')).toContainText('back.dump');
    await expectState(page, 'Structure', 'done');
    await expect(step).toContainText('The file has structure types in column pattern.');
    await expect(step).not.toContainText('--structure');
  });

  await test.step('nobody says whose: refused', async () => {
    await step.getByText('More', { exact: true }).click();
    await step.getByRole('combobox', { name: "File's types" }).selectOption('pattern');
    await step.getByRole('button', { name: 'Classify' }).click();
    await expectState(page, 'Structure', 'failed');
    await expect(page.getByRole('navigation').getByRole('alert')).toContainText(
      'mean other structures with each program',
    );
  });

  await test.step('once it is said they are compared, and can be coloured by', async () => {
    await step.getByRole('combobox', { name: 'Whose codes' }).selectOption('ovito');
    await step.getByRole('button', { name: 'Classify' }).click();
    await expectState(page, 'Structure', 'done');
    // Without the atoms around them those at the faces are no BCC any more.
    await expect(step).toContainText(
      /\d\.\d\d % of 768 atoms are as in column pattern; most often the file says BCC and this program OTH/,
    );
    const colour = page.getByRole('region', { name: 'Atoms' }).getByRole('combobox', { name: 'Colour', exact: true });
    await expect(colour).toContainText("Differs from the file's type");
  });
});
