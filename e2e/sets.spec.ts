import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { readIdList } from '#formats/idList/read.ts';
import { chosenIds, expect, expectState, openSample, openStep, runStep, setParameter, test } from './helpers.ts';

/** How many atoms the last sharp picture was of. */
const drawn = (atoms: number) => `canvas[data-atoms-drawn="${atoms}"]`;
const numberIn = async (text: Promise<string>) => Number((await text).replaceAll(',', ''));
const selected = (page: Page) => numberIn(page.getByRole('status', { name: 'Atoms selected' }).innerText());
const countOf = (page: Page, set: string) =>
  numberIn(page.getByRole('status', { name: `Atoms in ${set}` }).innerText());
const shown = async (page: Page) => {
  const words = await page.getByRole('region', { name: 'Atoms', exact: true }).innerText();
  return Number(words.match(/([\d,]+) of 16,057 shown/)![1]!.replaceAll(',', ''));
};

/** Drags around the middle of the picture: corners as fractions of it. */
async function drag(page: Page, surface: RegExp, corners: readonly (readonly [number, number])[]): Promise<void> {
  const box = (await page.getByRole('application', { name: surface }).boundingBox())!;
  const [first, ...rest] = corners.map(([x, y]) => [box.x + x * box.width, box.y + y * box.height] as const);
  await page.mouse.move(...first!);
  await page.mouse.down();
  for (const corner of rest) await page.mouse.move(...corner, { steps: 8 });
  await page.mouse.up();
}

/** Keeps the selection under a name. */
async function keep(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Keep as set…' }).click();
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: `Name of ${name}`, exact: true })).toHaveValue(name);
}

async function fromMenu(page: Page, set: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${set}`, exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

test('atoms drawn around in the picture become sets, which combine, hide, filter and come back', async ({ page }) => {
  await openSample(page);
  await page.getByRole('tab', { name: 'Sets' }).click();

  await test.step('a lasso selects what lies behind it; Shift adds, Alt takes away', async () => {
    await page.keyboard.press('l');
    await drag(page, /Draw a lasso/, [
      [0.4, 0.4],
      [0.6, 0.4],
      [0.6, 0.6],
      [0.4, 0.6],
    ]);
    await expect.poll(() => selected(page)).toBeGreaterThan(100);
    const first = await selected(page);
    await page.keyboard.down('Shift');
    await drag(page, /Draw a lasso/, [
      [0.55, 0.4],
      [0.7, 0.4],
      [0.7, 0.6],
      [0.55, 0.6],
    ]);
    await page.keyboard.up('Shift');
    await expect.poll(() => selected(page)).toBeGreaterThan(first);
    const more = await selected(page);
    await page.keyboard.down('Alt');
    await drag(page, /Draw a lasso/, [
      [0.35, 0.35],
      [0.75, 0.35],
      [0.75, 0.5],
      [0.35, 0.5],
    ]);
    await page.keyboard.up('Alt');
    await expect.poll(() => selected(page)).toBeLessThan(more);
    expect(await selected(page)).toBeGreaterThan(0);
  });

  await test.step('undo and redo by key', async () => {
    const now = await selected(page);
    await page.keyboard.press('Control+z');
    await expect.poll(() => selected(page)).toBeGreaterThan(now);
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => selected(page)).toBe(now);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('application', { name: /Draw a lasso/ })).toBeHidden();
  });

  const lasso = await selected(page);
  await keep(page, 'Column');

  await test.step('a box by keys alone', async () => {
    await page.keyboard.press('b');
    const surface = page.getByRole('application', { name: /Draw a box/ });
    await expect(surface).toBeFocused();
    await page.keyboard.press('Enter');
    for (let k = 0; k < 4; k++) await page.keyboard.press('Shift+ArrowRight');
    for (let k = 0; k < 3; k++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => selected(page)).not.toBe(lasso);
    expect(await selected(page)).toBeGreaterThan(0);
    await page.keyboard.press('Escape');
  });

  await test.step('by structure type and by the boundary network, and set algebra', async () => {
    await page.getByText('Select by …').click();
    await page.getByRole('button', { name: 'Select type' }).click();
    await expect.poll(() => selected(page)).toBe(8150);
    await keep(page, 'Grains');
    await page.getByRole('button', { name: 'Network', exact: true }).click();
    await expect.poll(() => selected(page)).toBeLessThan(16_057);
    // 7,907 atoms are not BCC, and the network holds them and their neighbours.
    await expect.poll(() => selected(page)).toBeGreaterThan(7907);
    await page.getByRole('combobox', { name: 'Operation' }).selectOption('∩ and');
    await page.getByRole('button', { name: 'Make set' }).click();
    const both = await countOf(page, 'Column ∩ Grains');
    await page.getByRole('combobox', { name: 'Operation' }).selectOption('∖ without');
    await page.getByRole('button', { name: 'Make set' }).click();
    expect(await countOf(page, 'Column ∖ Grains')).toBe(lasso - both);
    expect(both).toBeGreaterThan(0);
  });

  await test.step('hidden, alone, and filtered: the count says what the picture shows', async () => {
    await page.getByRole('button', { name: 'Hide Grains', exact: true }).click();
    await expect.poll(() => shown(page)).toBe(7907);
    await expect(page.locator(drawn(7907))).toBeVisible();
    await page.getByRole('button', { name: 'Show only Column', exact: true }).click();
    const left = await countOf(page, 'Column ∖ Grains');
    await expect.poll(() => shown(page)).toBe(left);
    await expect(page.locator(drawn(left))).toBeVisible();

    await page.getByRole('tab', { name: 'Filters (2)' }).click();
    await page.getByRole('button', { name: 'Show the others' }).click();
    await page.getByRole('button', { name: 'Show Grains', exact: true }).click();
    await expect.poll(() => shown(page)).toBe(16_057);
    const filter = page.getByRole('group', { name: 'New filter' });
    await filter.getByRole('textbox', { name: 'Upper limit' }).fill('many');
    await page.keyboard.press('Enter');
    await expect(filter.getByRole('alert')).toHaveText('“many” is no number.');
    await filter.getByRole('textbox', { name: 'Upper limit' }).fill('11');
    await page.keyboard.press('Enter');
    await expect.poll(() => shown(page)).toBeLessThan(100);
    const rare = await shown(page);
    await expect(page.locator(drawn(rare))).toBeVisible();
    const words = `Filters and sets leave out ${(16_057 - rare).toLocaleString('en-GB')} of 16,057 atoms`;
    await expect(page.getByRole('region', { name: 'Filters' })).toContainText(words);
    await page.getByRole('checkbox', { name: /Boundary network only/ }).check();
    await expect.poll(() => shown(page)).toBeLessThanOrEqual(rare);
    // A lasso sees what is shown, and no more.
    await page.keyboard.press('Escape');
    await page.keyboard.press('b');
    await drag(page, /Draw a box/, [
      [0.01, 0.01],
      [0.99, 0.99],
    ]);
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Sets' }).click();
    await expect.poll(() => selected(page)).toBe(await shown(page));
  });

  await test.step('exported as ids', async () => {
    const waiting = page.waitForEvent('download');
    await fromMenu(page, 'Column', 'Export ids');
    const download = await waiting;
    expect(download.suggestedFilename()).toBe('fe-gb-16k-Column.txt');
    const ids = readIdList(readFileSync((await download.path())!, 'utf8'), 'ids.txt');
    expect(ids).toHaveLength(lasso);
  });
});

test('a set as candidates changes the picks, and makes the selection stale', async ({ page }) => {
  await openSample(page);
  await setParameter(page, 'Select', 'Atoms to pick', '12');
  await runStep(page, 'Select', 'Select 12 atoms');
  const free = await chosenIds(page);

  await page.getByRole('tab', { name: 'Sets' }).click();
  await page.getByText('Select by …').click();
  await page.getByRole('button', { name: 'Select type' }).click();
  await expect.poll(() => selected(page)).toBe(8150);
  await keep(page, 'Grains');
  await fromMenu(page, 'Grains', 'Use as candidates');
  await expectState(page, 'Select', 'out of date');
  const step = await openStep(page, 'Select');
  await expect(step).toContainText('8,150 atoms: Grains');

  await runStep(page, 'Select', 'Select 12 atoms');
  await page.getByRole('tab', { name: 'Chosen' }).click();
  const among = await chosenIds(page);
  expect(among).toHaveLength(12);
  expect(among).not.toEqual(free);
  const types = await page.getByRole('region', { name: 'Chosen atoms' }).getByRole('cell', { name: 'BCC' }).count();
  expect(types).toBe(12);
});
