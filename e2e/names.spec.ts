import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import {
  chooseFile,
  chosenIds,
  expect,
  expectState,
  headOf,
  openSample,
  openStep,
  runStep,
  SMALL,
  SMALL_ATOMS,
  setParameter,
  stepOf,
  test,
} from './helpers.ts';

/** Runs where somebody takes it for markup. No blank in it: names of columns end at one. */
const COLUMN = '<img/src=x/onerror=globalThis.entered=1>$<b>b</b>';
const FILE = '<a href="javascript:globalThis.entered=1"><b>.dump';
const TABLE = '=1+1<svg onload=globalThis.entered=1>.csv';

/** The small snapshot, whose energies stand in a column of that name. */
function snapshot(): string {
  return gunzipSync(readFileSync(SMALL)).toString().replace('c_pe', COLUMN);
}

/** Nothing of a name has become an element, and nothing in it has run. */
async function expectText(page: Page): Promise<void> {
  const found = await page.evaluate(() => ({
    entered: 'entered' in globalThis,
    elements: [...document.querySelectorAll('img[src="x"], [onerror], [onload], a[href^="javascript"]')].map(
      (element) => element.outerHTML,
    ),
    bold: [...document.querySelectorAll('b')].length,
    links: [...document.querySelectorAll('svg a')].length,
  }));
  expect(found).toEqual({ entered: false, elements: [], bold: 0, links: 0 });
}

/** Presses a button that saves a file, and gives it as text, one character a byte. */
async function saved(page: Page, press: () => Promise<void>): Promise<string> {
  const coming = page.waitForEvent('download');
  await press();
  return readFileSync(await (await coming).path()).toString('utf8');
}

test('names in files are text, never markup: on the page, in plots, in tooltips and in what is saved', async ({
  page,
}) => {
  await openSample(page);
  const open = page.getByRole('button', { name: 'Open', exact: true });
  await chooseFile(page, open, { name: FILE, text: snapshot() });
  await expect(page.getByRole('banner')).toContainText(SMALL_ATOMS);
  await expectState(page, 'Structure', 'done');
  await expect(page.getByRole('banner')).toContainText(FILE);

  await test.step('the column as a colour, in the legend and in the card of an atom', async () => {
    const colours = page.getByRole('combobox', { name: 'Colour', exact: true });
    await colours.selectOption({ label: COLUMN });
    await expect(page.getByText(COLUMN).filter({ visible: true }).first()).toBeVisible();
    await expectText(page);
  });

  await test.step('the column as energies: parity, and what hovers there', async () => {
    await setParameter(page, 'Select', 'Atoms to pick', '12');
    const step = await openStep(page, 'Energies');
    await step.getByRole('combobox', { name: 'Label from column', exact: true }).selectOption(COLUMN);
    await runStep(page, 'Model', 'Fit and predict');
    await page.getByRole('tab', { name: 'Parity' }).click();
    const figure = page.getByRole('tabpanel', { name: 'Parity' }).getByRole('figure');
    // Its middle is left out.
    await expect(figure.locator('.xtitle')).toContainText(COLUMN.slice(0, 12));
    await expectText(page);
  });

  await test.step('as colours of the PCA plane, and as a profile', async () => {
    await page.getByRole('tab', { name: 'PCA' }).click();
    await page.getByRole('combobox', { name: 'Colour of the points' }).selectOption({ label: COLUMN });
    await expect(page.getByRole('tabpanel', { name: 'PCA' }).locator('.infolayer')).toContainText(COLUMN);
    await page.getByRole('tab', { name: 'Profile' }).click();
    const panel = page.getByRole('tabpanel', { name: 'Profile' });
    await panel.getByRole('combobox', { name: 'Quantity of the profile' }).selectOption({ label: COLUMN });
    const figure = panel.getByRole('figure');
    await expect(figure.locator('.infolayer')).toContainText(COLUMN);
    const area = (await figure.locator('.nsewdrag').first().boundingBox())!;
    await page.mouse.move(area.x + area.width / 2, area.y + area.height / 2);
    await page.mouse.move(area.x + area.width / 2 + 2, area.y + area.height / 2);
    await expect(figure.locator('.hoverlayer')).toContainText(COLUMN.slice(0, 8));
    await expectText(page);

    await page.getByRole('button', { name: 'Export' }).click();
    const svg = await saved(page, () => page.getByRole('menuitem', { name: /^Plot \(SVG\)/ }).click());
    expect(svg).toContain('&lt;img/src=x');
    expect(svg).not.toContain('<img');
  });

  await test.step('figures', async () => {
    await page.getByRole('banner').getByRole('button', { name: 'Figures' }).click();
    const dialog = page.getByRole('dialog', { name: 'Figures' });
    await dialog.getByRole('tab', { name: 'Own sheet' }).click();
    await dialog.getByRole('textbox', { name: 'Title' }).fill(FILE);
    await dialog.getByRole('button', { name: 'Add a panel' }).click();
    await dialog.getByRole('combobox', { name: 'Panel b: kind' }).selectOption('parity');
    await dialog.getByRole('textbox', { name: 'Resolution' }).fill('72');
    await expect(dialog.getByRole('img', { name: FILE })).toBeVisible({ timeout: 60_000 });
    const svg = await saved(page, () => dialog.getByRole('button', { name: 'Save SVG' }).click());
    const { tags, words } = await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
      return {
        tags: [...new Set([...parsed.querySelectorAll('*')].map(({ localName }) => localName))],
        words: [...parsed.querySelectorAll('text')].map(({ textContent }) => textContent).join('\n'),
      };
    }, svg);
    for (const tag of ['img', 'a', 'b', 'script', 'parsererror', 'foreignObject']) expect(tags).not.toContain(tag);
    expect(words).toContain(COLUMN.slice(0, 8));
    expect(await saved(page, () => dialog.getByRole('button', { name: 'Save PDF' }).click())).not.toMatch(/\/URI|\/JS/);
    await dialog.getByText('Methods paragraph').click();
    const paragraph = dialog.getByRole('textbox', { name: /^With the parameters/ });
    await expect(paragraph).toHaveValue(new RegExp(COLUMN.replaceAll(/[$/]/g, '\\$&')));
    await expectText(page);
    await page.keyboard.press('Escape');
  });

  await test.step('a table of energies, and one that is refused', async () => {
    const button = stepOf(page, 'Energies').getByRole('button', { name: 'Import…' });
    await openStep(page, 'Energies');
    const rows = (await chosenIds(page)).map((id, k) => `${id},${-4 - k / 50}`);
    await chooseFile(page, button, { name: TABLE, text: ['id,energy_eV', '0,-4.12', ...rows].join('\n') });
    await expect(headOf(page, 'Energies')).toContainText(TABLE);
    await chooseFile(page, button, { name: FILE, text: `id,${COLUMN}\n1,<u>x</u>\n` });
    await expect(page.getByRole('navigation').getByRole('alert')).toContainText(FILE);
    await expectText(page);
  });
});
