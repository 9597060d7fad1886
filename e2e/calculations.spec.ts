import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Locator, Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { chooseFile, expect, openSample, runStep, setParameter, test } from './helpers.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const COUNT = 6;

/** Presses Save and gives the files of the package. */
async function savedPackage(page: Page, dialog: Locator) {
  const started = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save package (.zip)' }).click();
  const download = await started;
  const zip = unzipSync(readFileSync(await download.path()));
  return { name: download.suggestedFilename(), paths: Object.keys(zip), text: (path: string) => strFromU8(zip[path]!) };
}

test('a package of calculations is set up, looked at and saved', async ({ page }) => {
  await openSample(page);
  await setParameter(page, 'Select', 'Atoms to pick', String(COUNT));
  await runStep(page, 'Replicas', 'Cut replica cells');
  await page.getByRole('button', { name: 'Calculations…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Calculations' });
  const save = dialog.getByRole('button', { name: 'Save package (.zip)' });
  const said = dialog.getByRole('status');
  const template = dialog.getByRole('textbox', { name: /^Template of/ });
  const choose = (program: string) => dialog.getByRole('combobox', { name: 'Program' }).selectOption(program);
  await expect(said).toHaveText(`${COUNT + 1} calculations with CP2K`);

  await test.step('axe finds nothing wrong', async () => {
    await page.evaluate(AXE);
    const broken = await page.evaluate(async () => {
      const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } };
      return (await axe.run()).violations.map(({ id }) => id);
    });
    expect(broken).toEqual([]);
  });

  await test.step('an unknown placeholder is refused at once, by a sentence', async () => {
    const before = await template.inputValue();
    await template.fill(`${before}# {{colour}}\n`);
    await expect(said).toHaveText(/^cell\.inp, line \d+: There is no placeholder \{\{colour\}\}, only \{\{title\}\}/);
    await expect(save).toBeDisabled();
    await dialog.getByRole('button', { name: 'Reset' }).click();
    await expect(template).toHaveValue(before);
    await expect(save).toBeEnabled();
  });

  await test.step('a setting that cannot stand is told', async () => {
    const cutoff = dialog.getByRole('textbox', { name: 'Grid cut-off (Ry)' });
    await cutoff.fill('many');
    await expect(said).toHaveText('CP2K, grid cut-off: expected a number above 0, found "many".');
    await cutoff.fill('450');
  });

  await test.step('the preview is what the cell gets', async () => {
    await template.fill((await template.inputValue()).replace('&GLOBAL', '# mine, {{atomCount}} atoms\n&GLOBAL'));
    await dialog.getByRole('tab', { name: 'Input of a cell' }).click();
    const preview = dialog.getByRole('textbox', { name: 'Text of cell.inp' });
    await expect(preview).toHaveValue(/CUTOFF 450\n/);
    await dialog.getByRole('combobox', { name: 'Cell' }).selectOption('0');
    await expect(preview).toHaveValue(/# mine, 54 atoms\n/);
  });

  await test.step('the cell shows who was dropped and why', async () => {
    await dialog.getByRole('combobox', { name: 'Cell' }).selectOption('1');
    await dialog.getByRole('tab', { name: 'Cell', exact: true }).click();
    await expect(dialog.getByRole('application', { name: /^Cell of atom \d+\. Arrow keys turn/ })).toBeVisible();
    const [, kept, cut] = (await dialog.getByText(/^\d+ of \d+ in the cube$/).innerText()).match(/(\d+) of (\d+)/)!;
    const rows = dialog.getByRole('region', { name: 'Dropped atoms' }).getByRole('row');
    await expect(rows).toHaveCount(Number(cut) - Number(kept) + 1);
    await expect(dialog.getByText('as in the snapshot', { exact: true })).toBeVisible();
  });

  await test.step('the package has jobs, scripts and a manifest with the settings', async () => {
    await dialog.getByRole('checkbox', { name: /^Convergence probes/ }).check();
    const { name, paths, text } = await savedPackage(page, dialog);
    expect(name).toBe('fe-gb-16k-cp2k.zip');
    expect(paths).toEqual(
      expect.arrayContaining(['manifest.json', 'jobs.txt', 'README.txt', 'run_local.sh', 'Snakefile']),
    );
    expect(text('jobs.txt').split('\n')[0]).toBe('jobs/0000_bulk');
    expect(text('jobs/0000_bulk/cell.inp')).toContain('# mine, 54 atoms');
    expect(text('jobs/0000_bulk/cell.inp')).toContain('CUTOFF 450');
    const { jobs, settings } = JSON.parse(text('manifest.json'));
    expect(jobs.map(({ role }: { role: string }) => role)).toEqual([
      'bulk',
      ...Array<string>(COUNT).fill('train'),
      'probe8',
      'probe12',
    ]);
    expect(settings.input).toMatchObject({ engine: 'cp2k', values: { gridCutoff: 450 } });
    expect(settings.input.templates['cell.inp']).toContain('# mine, {{atomCount}} atoms');
    expect(settings.run.parameters.count).toBe(COUNT);
  });

  await test.step('VASP needs its tick', async () => {
    await choose('vasp');
    await expect(said).toHaveText(/^VASP gives the energy of a whole cell only: say that you have a program/);
    await expect(save).toBeDisabled();
    await dialog.getByRole('checkbox', { name: /^I have a program that divides/ }).check();
    const { paths } = await savedPackage(page, dialog);
    expect(paths).toEqual(expect.arrayContaining(['jobs/0000_bulk/POSCAR', 'jobs/0000_bulk/INCAR']));
  });

  await test.step('LAMMPS needs its potential, which then lies in the package', async () => {
    await choose('lammps');
    await expect(said).toHaveText('LAMMPS needs a potential file.');
    await chooseFile(page, dialog.getByRole('button', { name: 'Potential file…' }), {
      name: 'Fe.eam.fs',
      text: 'a potential\n',
    });
    const { text } = await savedPackage(page, dialog);
    expect(text('Fe.eam.fs')).toBe('a potential\n');
    expect(text('jobs/0000_bulk/in.replica')).toContain('../../Fe.eam.fs');
  });

  await test.step('what was set is still there when the dialog is opened again', async () => {
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await page.getByRole('button', { name: 'Calculations…' }).click();
    await expect(dialog.getByText('Fe.eam.fs', { exact: true })).toBeVisible();
    await choose('cp2k');
    await expect(dialog.getByRole('textbox', { name: 'Grid cut-off (Ry)' })).toHaveValue('450');
  });
});
