import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { BYTES_FORMATS, SNAPSHOT_FORMATS } from '#formats/index.ts';
import {
  chooseFile,
  dropFile,
  expect,
  expectSentence,
  expectState,
  openPage,
  openSample,
  openSnapshot,
  SAMPLE_ATOMS,
  SMALL,
  SMALL_ATOMS,
  test,
} from './helpers.ts';

/** Every format by its title and endings, as a sentence lists them. */
const READABLE = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(
  [...SNAPSHOT_FORMATS, ...BYTES_FORMATS].map(({ title, extensions }) => `${title} (${extensions.join(', ')})`),
);

test('a dropped snapshot is opened and classified', async ({ page }) => {
  await openSample(page);
  await dropFile(page, SMALL);
  await expect(page.getByRole('banner')).toContainText(SMALL_ATOMS);
  await expectState(page, 'Structure', 'done');
});

test('a chosen file is opened; what cannot be read is refused with its place, and nothing is lost', async ({
  page,
}) => {
  await openSample(page);
  await openSnapshot(page, SMALL, SMALL_ATOMS);

  const lines = gunzipSync(readFileSync(SMALL)).toString().split('\n');
  const refused = [
    {
      name: 'notes.txt',
      text: 'These are notes, no snapshot.\n',
      sentence: `notes.txt: unknown format: expected ${READABLE}, plain, gzip or Zstandard, found a file that starts like none of these.`,
    },
    {
      name: 'cut.dump',
      text: lines.slice(0, 1000).join('\n'),
      sentence: 'cut.dump, line 1000: expected 1982 atoms, found the end of the file after 991.',
    },
    {
      name: 'broken.dump',
      text: lines.with(499, lines[499]!.replace(/\S+$/, 'x')).join('\n'),
      sentence: 'broken.dump, line 500: expected a number in column c_pe, found "x".',
    },
  ];
  for (const { name, text, sentence } of refused) {
    await test.step(name, async () => {
      await chooseFile(page, page.getByRole('button', { name: 'Open', exact: true }), { name, text });
      await expect(page.getByRole('navigation').getByRole('alert')).toHaveText(sentence);
      await expectState(page, 'Snapshot', 'failed');
      await expectState(page, 'Structure', 'done');
      await expect(page.getByRole('banner')).toContainText(SMALL_ATOMS);
      await page.getByRole('button', { name: 'Dismiss' }).click();
      await expectState(page, 'Snapshot', 'done');
    });
  }
});

test('the address may name a snapshot of the same server', async ({ page }) => {
  await openPage(page, './?snapshot=sample/fe-gb-16k.dump.gz');
  await expect(page.getByRole('banner')).toContainText(SAMPLE_ATOMS);
  await expectState(page, 'Structure', 'done');
  // It is somebody's own file now: where energies come from is not for the page to say.
  await expect(page.getByRole('button', { name: 'Run up to replica cells' })).toBeEnabled();
});

test('a snapshot of another server is refused and not asked for', async ({ page }) => {
  await openPage(page, './?snapshot=https://example.org/other.dump');
  await expectSentence(
    page,
    "Snapshots are read from this page's own server only, not from example.org. Download the file and open it.",
  );
});

test('a snapshot that the server does not have', async ({ page, complaints }) => {
  await openPage(page, './?snapshot=nowhere.dump');
  await expectSentence(page, 'nowhere.dump could not be fetched: the server answered 404.');
  // The browser itself logs what it could not fetch.
  expect(complaints.splice(0)).toEqual([expect.stringContaining('404')]);
});
