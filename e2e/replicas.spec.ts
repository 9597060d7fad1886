import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { chosenIds, expect, openSmall, runStep, SMALL, test } from './helpers.ts';

const COUNT = 12;
const EDGE = 10;
const FILES = ['POSCAR', 'replica.cif', 'replica.data', 'replica.extxyz'];

test('replica cells go out as a zip that a cluster can work through', async ({ page }) => {
  await openSmall(page, COUNT);
  await runStep(page, 'Replicas', 'Cut replica cells');
  const ids = await chosenIds(page);

  const started = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export (zip)' }).click();
  const download = await started;
  expect(download.suggestedFilename()).toBe('fe-gb-2k-replicas.zip');
  const zip = unzipSync(readFileSync(await download.path()));
  const text = (path: string) => strFromU8(zip[path]!);

  const directories = ids.map((id, k) => `replicas/${String(k + 1).padStart(4, '0')}_id${id}`);
  await test.step('four files a job, a list of jobs, a manifest', () => {
    const paths = ['bulk', ...directories].flatMap((directory) => FILES.map((name) => `${directory}/${name}`));
    expect(Object.keys(zip).sort()).toEqual([...paths, 'jobs.csv', 'manifest.json'].sort());
  });

  await test.step('jobs.csv names the bulk cell and every pick in order', () => {
    const [header, bulk, ...jobs] = text('jobs.csv').trimEnd().split(/\r?\n/);
    expect(header).toBe('rank,id,role,directory,natoms');
    expect(bulk).toBe('0,0,bulk,bulk,54');
    expect(jobs).toEqual(
      directories.map(
        (directory, k) =>
          `${k + 1},${ids[k]},train,${directory},${readCell(text(`${directory}/replica.extxyz`)).count}`,
      ),
    );
  });

  await test.step('the pick is the first atom of its cell and lies in the middle', () => {
    directories.forEach((directory, k) => {
      const { lattice, origin, first } = readCell(text(`${directory}/replica.extxyz`));
      expect(lattice).toEqual([EDGE, 0, 0, 0, EDGE, 0, 0, 0, EDGE]);
      expect(origin).toEqual([0, 0, 0]);
      const [symbol, x, y, z, id] = first.split(' ');
      expect([symbol, Number(x), Number(y), Number(z), Number(id)]).toEqual([
        'Fe',
        EDGE / 2,
        EDGE / 2,
        EDGE / 2,
        ids[k],
      ]);
    });
  });

  await test.step('the bulk cell is 3 x 3 x 3 cells of bcc', () => {
    const { count, lattice } = readCell(text('bulk/replica.extxyz'));
    expect(count).toBe(54);
    // Iron as this potential has it: 2.855 Å.
    expect(lattice[0]! / 3).toBeCloseTo(2.855, 1);
  });

  await test.step('the manifest says what it was cut from', () => {
    const manifest = JSON.parse(text('manifest.json'));
    expect(manifest.schema).toBe(1);
    expect(manifest.program.name).toBe('grainscope');
    expect(manifest.snapshot).toMatchObject({
      name: 'fe-gb-2k.dump.gz',
      count: 1982,
      sha256: createHash('sha256').update(readFileSync(SMALL)).digest('hex'),
    });
    expect(manifest.parameters).toMatchObject({ count: COUNT, replicaEdge: EDGE });
  });
});

/** What a test asks of an extended XYZ file. */
function readCell(text: string) {
  const [count, comment, first] = text.split('\n') as [string, string, string];
  const numbers = (key: string) => comment.match(`${key}="([^"]*)"`)![1]!.split(' ').map(Number);
  return { count: Number(count), lattice: numbers('Lattice'), origin: numbers('Origin'), first };
}
