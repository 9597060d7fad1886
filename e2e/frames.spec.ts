import { readFileSync } from 'node:fs';
import { chooseFile, expect, expectState, openSample, openSnapshot, SMALL, SMALL_ATOMS, test } from './helpers.ts';

const FRAMES = new URL('../src/formats/lammpsBinary/fixtures/atom.bin', import.meta.url);

test('of a file with several frames another one is read, by keys too', async ({ page }) => {
  await openSample(page);
  const step = page.locator('[data-stage="snapshot"]');
  const open = page.getByRole('button', { name: 'Open', exact: true });
  const head = step.locator('button').first();
  if ((await head.getAttribute('aria-expanded')) === 'false') await head.click();
  await expect(step.getByRole('group', { name: 'Frame' }), 'the sample has one frame').toHaveCount(0);

  await chooseFile(page, open, { name: 'atom.bin', text: new Uint8Array(readFileSync(FRAMES)) });
  const frame = step.getByRole('group', { name: 'Frame' }).getByRole('textbox');
  const timeStep = (steps: string) => expect(step.locator('dd').nth(1)).toHaveText(steps);
  await expect(frame).toHaveValue('3');
  await expect(step).toContainText('frame 3 of 3');
  await timeStep('100');
  await expectState(page, 'Structure', 'done');

  await frame.focus();
  await frame.press('ArrowDown');
  await timeStep('50');
  await expect(frame).toHaveValue('2');
  await expect(frame).toBeFocused();
  await expectState(page, 'Structure', 'done');

  await frame.fill('1');
  await frame.press('Enter');
  await timeStep('0');
  await expectState(page, 'Structure', 'done');
  await expect(step.getByRole('button', { name: 'Previous frame' })).toHaveAttribute('aria-disabled', 'true');

  const next = step.getByRole('button', { name: 'Next frame' });
  await next.focus();
  await next.press('Enter');
  await timeStep('50');
  await expect(next, 'the next press follows').toBeFocused();
  await expectState(page, 'Structure', 'done');

  await frame.fill('4');
  await expect(step.getByRole('alert')).toHaveText('The file has frames 1 to 3. Frame 2 stays.');
  await frame.press('Enter');
  await timeStep('50');

  // A frame number belongs to its file: the next one is read as files are.
  await openSnapshot(page, SMALL, SMALL_ATOMS);
});
