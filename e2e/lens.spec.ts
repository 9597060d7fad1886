import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import {
  chosenIds,
  expect,
  openSample,
  openSnapshot,
  runStep,
  SMALL,
  SMALL_ATOMS,
  setParameter,
  test,
} from './helpers.ts';

interface Atoms {
  readonly edges: readonly number[];
  readonly low: readonly number[];
  readonly at: ReadonlyMap<number, readonly number[]>;
}

/** The snapshot as the file has it, read without any code of ours: an orthogonal periodic dump `id type x y z ...`. */
function readSmall(): Atoms {
  const lines = gunzipSync(readFileSync(SMALL)).toString('latin1').trimEnd().split('\n');
  const bounds = lines.slice(5, 8).map((line) => line.split(' ').map(Number));
  return {
    edges: bounds.map(([low, high]) => high! - low!),
    low: bounds.map(([low]) => low!),
    at: new Map(
      lines.slice(9).map((line) => {
        const [id, , x, y, z] = line.split(' ').map(Number);
        return [id!, [x!, y!, z!]];
      }),
    ),
  };
}

function between({ at, edges }: Atoms, one: number, other: number): number[] {
  return at.get(other)!.map((x, k) => {
    const d = x - at.get(one)![k]!;
    return d - Math.round(d / edges[k]!) * edges[k]!;
  });
}

/** The atoms within a distance of one, nearest first. */
function neighboursOf(atoms: Atoms, id: number, cutoff: number): { id: number; distance: number }[] {
  return [...atoms.at.keys()]
    .filter((other) => other !== id)
    .map((other) => ({ id: other, distance: Math.hypot(...between(atoms, id, other)) }))
    .filter(({ distance }) => distance < cutoff)
    .sort((a, b) => a.distance - b.distance);
}

async function savedCsv(page: Page): Promise<string[][]> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /CSV/ }).click();
  const path = await (await saved).path();
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => line.split(','));
}

test.beforeEach(async ({ page }) => {
  await openSample(page);
  await openSnapshot(page, SMALL, SMALL_ATOMS);
});

test('a profile counts every atom once, along an axis and away from the boundary', async ({ page }) => {
  const atoms = readSmall();
  const plot = page.getByRole('tabpanel', { name: 'Profile' });
  await page.getByRole('tab', { name: 'Profile' }).click();

  await test.step('along z, in bins of 2 Å', async () => {
    const bins = Math.ceil(atoms.edges[2]! / 2 - 1e-6);
    await expect(plot).toContainText(`${bins} bins of 2 Å hold 1,982 atoms`);
    const [header, ...rows] = await savedCsv(page);
    expect(header!.slice(0, 4)).toEqual(['from (Å)', 'to (Å)', 'atoms', 'atoms with a value']);
    expect(rows).toHaveLength(bins);
    expect(Number(rows[0]![0])).toBeCloseTo(atoms.low[2]!, 5);
    const counted = rows.map(() => 0);
    for (const [, , z] of atoms.at.values()) {
      const inside = (((z! - atoms.low[2]!) % atoms.edges[2]!) + atoms.edges[2]!) % atoms.edges[2]!;
      counted[Math.min(bins - 1, Math.floor(inside / 2))]!++;
    }
    // Positions in the page are float32: an atom at the very edge of a bin may lie in the next.
    const moved = rows.reduce((sum, row, bin) => sum + Math.abs(Number(row[2]) - counted[bin]!), 0);
    expect(moved).toBeLessThanOrEqual(4);
    expect(rows.reduce((sum, row) => sum + Number(row[2]), 0)).toBe(1982);
    for (const row of rows) expect(Number(row[4])).toBeLessThanOrEqual(1);
  });

  await test.step('away from the boundary, once it is measured', async () => {
    await plot.getByRole('combobox', { name: 'Distance of the profile' }).selectOption('from the boundary');
    await plot.getByRole('button', { name: 'Measure' }).click();
    await expect(plot).toContainText('bins of 2 Å hold 1,982 atoms');
    const [, first, ...rest] = await savedCsv(page);
    // Nothing but the atoms of the boundary lies nearer to it than 2 Å.
    expect(first!.slice(4, 6)).toEqual(['1', '0']);
    expect(rest.some((row) => Number(row[2]) > 0)).toBe(true);
    for (const row of rest) expect(['0', '']).toContain(row[4]);
    await page.getByRole('combobox', { name: 'Colour', exact: true }).selectOption('Boundary distance (Å)');
    await expect(page.getByRole('application', { name: /coloured by Boundary distance/ })).toBeVisible();
  });

  await test.step('along a typed direction', async () => {
    await plot.getByRole('combobox', { name: 'Distance of the profile' }).selectOption('along a direction');
    const direction = plot.getByRole('textbox', { name: /^Direction/ });
    await direction.fill('0 0 0');
    await expect(plot.getByRole('alert')).toContainText('three numbers, not all zero');
    await direction.fill('0 1 1');
    const bins = Math.ceil((atoms.edges[1]! + atoms.edges[2]!) / Math.SQRT2 / 2 - 1e-6);
    await expect(plot).toContainText(`${bins} bins of 2 Å hold 1,982 atoms`);
  });
});

test('the inspector opens by keyboard, with the neighbours that the file has', async ({ page }) => {
  const atoms = readSmall();
  await setParameter(page, 'Select', 'Atoms to pick', '30');
  await runStep(page, 'Select', /^Select/);
  const ids = await chosenIds(page);
  const chosen = page.getByRole('region', { name: 'Chosen atoms' }).getByRole('cell').getByRole('button').first();
  await chosen.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Inspect' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: `Surroundings of atom ${ids[0]}` });
  const rows = dialog.getByRole('region', { name: 'Neighbours' }).locator('tbody tr');
  const expected = neighboursOf(atoms, ids[0]!, 4);
  await expect(rows).toHaveCount(expected.length);
  const shown = await rows.evaluateAll((all) =>
    all.map((row) => [...row.querySelectorAll('td')].slice(0, 4).map((cell) => cell.textContent)),
  );
  expect(shown.map(([number, , , distance]) => [number, distance])).toEqual(
    expected.map(({ distance }, k) => [String(k + 1), distance.toFixed(3)]),
  );
  expect(new Set(shown.map(([, id]) => Number(id)))).toEqual(new Set(expected.map(({ id }) => id)));
  await expect(dialog.getByText(/^Training atom \d+/)).toHaveCount(3);
  await expect(dialog).toContainText(
    'It is a training atom itself. In descriptor space (PCA scores of the pool) the nearest other training atom lies',
  );
  await expect(dialog.getByText(`Training atom ${ids[0]}`)).toHaveCount(0);

  await test.step('turned by keys, another atom by its id, and away with Esc', async () => {
    const pictures = dialog.getByRole('application');
    const before = await pictures.screenshot();
    await pictures.focus();
    await page.keyboard.press('ArrowRight');
    expect(await pictures.screenshot()).not.toEqual(before);
    await rows.first().getByRole('button').click();
    await expect(page.getByRole('dialog', { name: `Surroundings of atom ${shown[0]![1]}` })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByRole('region', { name: `Atom ${shown[0]![1]}` })).toBeVisible();
  });
});

test('distances and angles, typed and clicked, through the faces of the cell', async ({ page }) => {
  const atoms = readSmall();
  await page.keyboard.press('m');
  const strip = page.getByRole('region', { name: 'Measurements' });
  const ids = [...atoms.at.keys()];
  // A pair that is nearer through a face than inside the cell.
  const one = ids[0]!;
  const other = ids.find((id) =>
    atoms.at.get(id)!.some((x, k) => Math.abs(x - atoms.at.get(one)![k]!) > 0.6 * atoms.edges[k]!),
  )!;
  const third = neighboursOf(atoms, other, 4)[0]!.id;
  const [back, on] = [between(atoms, other, one), between(atoms, other, third)];
  const distance = Math.hypot(...back);
  const cosine = back.reduce((sum, x, k) => sum + x * on[k]!, 0) / distance / Math.hypot(...on);

  const typed = strip.getByRole('textbox', { name: 'Atoms to measure, by id' });
  await typed.fill(`${one} ${other}`);
  await typed.press('Enter');
  await expect(strip.getByRole('listitem')).toHaveText(`${one} – ${other}${distance.toFixed(3)} Å`);
  await typed.fill(`${one} ${other} ${third}`);
  await typed.press('Enter');
  await expect(strip.getByRole('listitem')).toHaveCount(2);
  await expect(strip.getByRole('listitem').first()).toContainText(
    `${distance.toFixed(3)} Å, ${Math.hypot(...on).toFixed(3)} Å, ${((Math.acos(cosine) * 180) / Math.PI).toFixed(1)}°`,
  );
  await typed.fill('1 999999');
  await typed.press('Enter');
  await expect(strip.getByRole('alert')).toHaveText('No atom has the id 999999.');

  await test.step('clicks measure, and open no card', async () => {
    await strip.getByRole('button', { name: 'Clear' }).click();
    await expect(strip.getByRole('listitem')).toHaveCount(0);
    const picture = page.getByRole('region', { name: 'Atoms', exact: true }).getByRole('application');
    const { width, height } = (await picture.boundingBox())!;
    await picture.click({ position: { x: width / 2, y: height / 2 } });
    await expect(strip).toContainText(/Atom \d+: now the next one/);
    await picture.click({ position: { x: 0.58 * width, y: 0.45 * height } });
    const item = strip.getByRole('listitem');
    await expect(item).toHaveText(/^\d+ – \d+[\d.]+ Å$/);
    const [, a, b, found] = (await item.innerText()).match(/^(\d+) – (\d+)\s+([\d.]+) Å/)!;
    expect(Number(found)).toBeCloseTo(Math.hypot(...between(atoms, Number(a), Number(b))), 2);
    await expect(page.getByRole('region', { name: /^Atom \d+$/ })).toHaveCount(0);
  });

  await test.step('Esc clears, and ends it', async () => {
    await picturesFocus(page);
    await page.keyboard.press('Escape');
    await expect(strip.getByRole('listitem')).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(strip).toHaveCount(0);
  });
});

async function picturesFocus(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'Atoms', exact: true }).getByRole('application').focus();
}
