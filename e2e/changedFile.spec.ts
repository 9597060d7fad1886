import { appendFileSync, copyFileSync, mkdtempSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import {
  chooseFile,
  expect,
  expectState,
  openSample,
  openSnapshot,
  runStep,
  SMALL,
  SMALL_ATOMS,
  setParameter,
  test,
} from './helpers.ts';

/** Enough to be caught while it is read. */
const LINES = 2_000_000;
const CHANGED = 'the file was changed, moved or removed since it was chosen: open it again.';

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grainscope-changed-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function expectRefused(page: Page, file: string): Promise<void> {
  await expect(page.getByRole('navigation').getByRole('alert')).toHaveText(`${file}: ${CHANGED}`);
  await expectState(page, 'Snapshot', 'failed');
  await expect(page.getByRole('banner')).toContainText(SMALL_ATOMS);
}

for (const [what, change] of [
  ['grows', (path: string) => appendFileSync(path, 'Fe 0 0 0\n')],
  ['shrinks', (path: string) => truncateSync(path, 1000)],
] as const) {
  test(`a file that ${what} while it is read is refused in one sentence, and nothing is lost`, async ({ page }) => {
    await openSample(page);
    await openSnapshot(page, SMALL, SMALL_ATOMS);
    const path = join(folder, 'long.xyz');
    writeFileSync(path, `${LINES}\n\n${'Fe 0.125 0.250 0.375\n'.repeat(LINES)}`);
    await chooseFile(page, page.getByRole('button', { name: 'Open', exact: true }), path);
    await expect(page.getByRole('contentinfo')).toContainText('reading');
    change(path);
    await expectRefused(page, 'long.xyz');
    await expectState(page, 'Structure', 'done');
    await runStep(page, 'Descriptor', 'Describe');
  });
}

test('a file that was changed before it is read with another parameter is refused; chosen anew it is read', async ({
  page,
}) => {
  await openSample(page);
  const path = join(folder, 'small.dump.gz');
  copyFileSync(SMALL, path);
  await openSnapshot(page, path, SMALL_ATOMS);
  // Written anew, a while later.
  utimesSync(path, new Date(), new Date(Date.now() + 60_000));
  await setParameter(page, 'Snapshot', 'Elements', 'Fe');
  await page.getByRole('navigation').getByRole('button', { name: 'Read again' }).click();
  await expectRefused(page, 'small.dump.gz');
  await openSnapshot(page, path, SMALL_ATOMS);
});
