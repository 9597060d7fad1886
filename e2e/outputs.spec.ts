import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { cp2kOutput } from '#tests/engineOutputs.ts';
import {
  chosenIds,
  dropFile,
  expect,
  expectSentence,
  expectState,
  headOf,
  type MadeFile,
  openSmall,
  openStep,
  runStep,
  stepOf,
  test,
} from './helpers.ts';

const COUNT = 12;
/** Hartree: of a bulk atom, and what atoms of the cells have besides. */
const BULK = -120;
const NOT_CONVERGED = '  *** WARNING in qs_scf.F:601 :: SCF run NOT converged ***';

let folder: string;
test.beforeEach(async ({ page }) => {
  folder = mkdtempSync(join(tmpdir(), 'grainscope-outputs-'));
  await openSmall(page, COUNT);
  await runStep(page, 'Replicas', 'Cut replica cells');
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('outputs come back as a folder: what is wrong is put aside, can be accepted, and what is right can be left out', async ({
  page,
}) => {
  const picks = await chosenIds(page);
  const outputs = await calculate(page);
  const [bad, good] = [picks[4]!, picks[0]!];
  const badPath = [...outputs.keys()].find((path) => path.includes(`_id${bad}/`))!;
  outputs.set(badPath, outputs.get(badPath)!.replace(/ {2}\*\*\* SCF run converged.*/, NOT_CONVERGED));
  for (const [path, text] of outputs) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  await test.step('the folder is read', async () => {
    await openStep(page, 'Energies');
    const asked = page.waitForEvent('filechooser');
    await stepOf(page, 'Energies').getByRole('button', { name: 'Folder…' }).click();
    await (await asked).setFiles(folder);
    await expectState(page, 'Energies', 'done');
    await expect(headOf(page, 'Energies')).toContainText(`${COUNT - 1} energies from `);
    await expectSentence(page, new RegExp(`^1 put aside, not used\\. ${bad}: The SCF loop did not converge`));
    await runStep(page, 'Model', 'Fit and predict');
  });

  await page.getByRole('tab', { name: 'Energies' }).click();
  const list = page.getByRole('region', { name: 'Energies that came back' });
  const switchOf = (name: string) => list.getByRole('checkbox', { name: `Use the energy of ${name}`, exact: true });
  const rmse = async () => (await headOf(page, 'Model').innerText()).match(/RMSE ([\d.]+ m?eV)/)![1];

  await test.step('every energy is listed, what was put aside first', async () => {
    await expect(list).toContainText('CP2K, Mulliken. 1 put aside.');
    await expect(list.getByRole('checkbox')).toHaveCount(COUNT + 1);
    await expect(list.getByRole('checkbox').first()).toHaveAccessibleName(`Use the energy of atom ${bad}`);
    await expect(switchOf('bulk cell')).toBeDisabled();
    await expect(switchOf(`atom ${bad}`)).not.toBeChecked();
  });

  await test.step('it can be accepted, which is said', async () => {
    await switchOf(`atom ${bad}`).click();
    await expect(headOf(page, 'Energies')).toContainText(`${COUNT} energies from `);
    await expectState(page, 'Model', 'done');
    await expect(switchOf(`atom ${bad}`)).toBeChecked();
    await openStep(page, 'Energies');
    await expectSentence(page, new RegExp(`^1 used although something speaks against it\\. ${bad}: `));
  });

  await test.step('without one energy the model is another', async () => {
    const before = await rmse();
    await switchOf(`atom ${good}`).click();
    await expect(list).toContainText(`Leave-one-out RMSE of ${COUNT - 1} atoms`);
    await expect(list).toContainText('with what is left out');
    await expect(list).toContainText('left out of the fit');
    expect(await rmse()).not.toBe(before);
    await switchOf(`atom ${good}`).click();
    await expect(list).toContainText(`Leave-one-out RMSE of ${COUNT} atoms`);
    expect(await rmse()).toBe(before);
  });

  await test.step('the plot of the energies says what they are', async () => {
    await page.getByRole('tab', { name: 'Parity' }).click();
    await expect(page.getByRole('tabpanel', { name: 'Parity' })).toContainText('CP2K, Mulliken, bulk −3265.366');
  });
});

test('a dropped zip of outputs gives energies; one of another snapshot is refused, and nothing is lost', async ({
  page,
}) => {
  const outputs = await calculate(page);
  await dropFile(page, zipOf('back.zip', outputs));
  await expect(headOf(page, 'Energies')).toContainText(`${COUNT} energies from back.zip`);

  const manifest = { schema: 'grainscope-calculations-1', snapshot: { name: 'other.dump', sha256: '0' }, jobs: [] };
  await dropFile(page, zipOf('other.zip', new Map(outputs).set('manifest.json', JSON.stringify(manifest))));
  await expect(page.getByRole('navigation').getByRole('alert')).toContainText(
    'these cells were cut from another snapshot',
  );
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(headOf(page, 'Energies')).toContainText(`${COUNT} energies from back.zip`);
});

/** What CP2K would write for the cells that the page exports, by path. */
async function calculate(page: Page): Promise<Map<string, string>> {
  const started = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export (zip)' }).click();
  const zip = unzipSync(readFileSync(await (await started).path()));
  const cells = Object.keys(zip).filter((path) => path.endsWith('replica.extxyz'));
  return new Map(
    cells.map((path, job) => {
      const [, , ...rows] = strFromU8(zip[path]!).trimEnd().split('\n');
      const atoms = rows.map((row, atom) => ({
        at: row.split(/ +/).slice(1, 4).map(Number),
        energy: BULK + (path.startsWith('bulk') ? 0 : 0.002 * ((7 * job + 3 * atom) % 11)),
      }));
      return [path.replace('replica.extxyz', 'cell.out'), cp2kOutput(atoms)];
    }),
  );
}

function zipOf(name: string, files: ReadonlyMap<string, string>): MadeFile {
  return { name, text: zipSync(Object.fromEntries([...files].map(([path, text]) => [path, strToU8(text)]))) };
}
