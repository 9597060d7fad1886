import { readFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { sentCellOf } from '#campaign/sentCells.ts';
import { inlineExecutor } from '#compute/inlineExecutor.ts';
import { MemoryLedger } from '#data/buffers.ts';
import { Control } from '#data/control.ts';
import { blobSource, type StageSource } from '#formats/format.ts';
import { defaultParameters, type Parameters } from '#pipeline/parameters.ts';
import { Session } from '#pipeline/session.ts';
import { cp2kOutput, openmxOutput } from './engineOutputs.ts';
import { FE_GB_2K } from './fixture.ts';

/** Hartree; the atoms of the cells get these in the order of the cell. */
const energyAt = (job: number, atom: number) => -120 - 0.001 * job - 0.0001 * atom;
const HARTREE_EV = 27.211386245988;
const PICKS = 6;
const parameters: Parameters = { ...defaultParameters(), count: PICKS };

let session: Session;
/** Outputs by the name of their folder, as a cluster would give them back. */
let outputs: Map<string, string>;
let ids: number[];

const blob = (text: string | Uint8Array<ArrayBuffer>, name: string) => blobSource(new Blob([text]), name);
const folderOf = (files: ReadonlyMap<string, string>, name = 'package'): StageSource => ({
  name,
  files: [...files].map(([path, text]) => ({ path, source: blob(text, path.split('/').at(-1)!) })),
});
const changed = (change: (files: Map<string, string>) => void) => {
  const files = new Map(outputs);
  change(files);
  return folderOf(files);
};
const take = (source: StageSource, more: Partial<Parameters> = {}) =>
  session.run('energies', { ...parameters, ...more }, new Control(), source);
const pathOf = (job: number) => [...outputs.keys()][job]!;

beforeAll(async () => {
  session = new Session(inlineExecutor, new MemoryLedger());
  const snapshot = blob(readFileSync(FE_GB_2K), 'fe-gb-2k.dump.gz');
  await session.bringTo('replicas', parameters, new Control(), { snapshot });
  const { campaign } = session.results.replicas!;
  ids = campaign.jobs.slice(1).map(({ id }) => id);
  outputs = new Map(
    campaign.jobs.map((job, rank) => {
      const { position } = sentCellOf(campaign, job)!;
      const atoms = Array.from({ length: position.length / 3 }, (_, atom) => ({
        at: [...position.subarray(3 * atom, 3 * atom + 3)],
        energy: energyAt(rank, atom),
      }));
      const folder = `jobs/${String(rank).padStart(4, '0')}_${rank === 0 ? 'bulk' : `id${job.id}`}`;
      return [`${folder}/cell.out`, cp2kOutput(atoms)];
    }),
  );
});

test('a folder of outputs gives every job the energy of its centre', async () => {
  const { summary, warnings } = await take(folderOf(outputs));
  expect(summary).toMatchObject({
    source: 'package',
    labelled: PICKS,
    bulkSource: 'bulk cell',
    missing: [],
    kinds: [{ code: 'CP2K', partition: 'mulliken', count: PICKS + 1 }],
  });
  expect(summary.bulkEnergy).toBeCloseTo(energyAt(0, 0) * HARTREE_EV, 6);
  summary.entries.forEach(({ energy_eV, state }, job) => {
    expect(state).toBe('ok');
    expect(energy_eV).toBeCloseTo(energyAt(job, 0) * HARTREE_EV, 6);
  });
  expect(warnings).toEqual([]);
});

test('so does a zip of them, whatever lies beside, and the order of atoms does not matter', async () => {
  const reversed = pathOf(2);
  const lines = outputs.get(reversed)!.split('\n');
  const rows = lines.map((line, index) => ({ line, index })).filter(({ line }) => /^ +\d+ +Fe /.test(line));
  rows.forEach(({ index }, k) => {
    const { line } = rows[rows.length - 1 - k]!;
    lines[index] = `${String(k + 1).padStart(6)}${line.slice(6)}`;
  });
  const files = new Map(outputs)
    .set(reversed, lines.join('\n'))
    .set('jobs/0001/cell.inp', 'cutoff')
    .set('note.txt', 'x');
  const zip = zipSync(Object.fromEntries([...files].map(([path, text]) => [`a/${path}`, strToU8(text)])));
  const { summary, warnings } = await take(blob(zip as Uint8Array<ArrayBuffer>, 'results.zip'));
  expect(summary.labelled).toBe(PICKS);
  expect(summary.entries[2]!.energy_eV).toBeCloseTo(energyAt(2, 0) * HARTREE_EV, 6);
  expect(warnings.map(({ message }) => message)).toEqual([
    `The file has the atoms in another order: they were matched by coordinates. (${ids[1]})`,
    '2 files are no outputs and were not read.',
  ]);
});

describe('what is put aside with its reason', () => {
  const reasonOf = async (source: StageSource, job: number) => {
    const { summary } = await take(source);
    const entry = summary.entries.find(({ id }) => id === ids[job - 1]);
    expect(entry?.state).toBe('quarantined');
    expect(summary.missing).toContain(ids[job - 1]);
    return entry!.reason;
  };

  test('a run that did not converge', async () => {
    const source = changed((files) => {
      const text = files.get(pathOf(1))!;
      files.set(pathOf(1), text.replace(/ {2}\*\*\* SCF run converged.*/, '  *** WARNING SCF run NOT converged ***'));
    });
    expect(await reasonOf(source, 1)).toContain('did not converge');
  });

  test('a file that was cut', async () => {
    const source = changed((files) => files.set(pathOf(1), files.get(pathOf(1))!.split('PROGRAM ENDED')[0]!));
    expect(await reasonOf(source, 1)).toContain('stops before the end of the run');
  });

  test('a cell that lies in the folder of another', async () => {
    const source = changed((files) => files.set(pathOf(1), outputs.get(pathOf(2))!).delete(pathOf(2)));
    expect(await reasonOf(source, 1)).toMatch(
      new RegExp(`these are the atoms of \\d+_id${ids[1]}, not of .*id${ids[0]}`),
    );
  });

  test('two outputs that disagree', async () => {
    const other = outputs.get(pathOf(1))!.replaceAll('-120.0010000000', '-120.0020000000');
    const source = changed((files) => files.set(pathOf(1).replace('cell.out', 'again.out'), shiftSum(other)));
    expect(await reasonOf(source, 1)).toContain('two outputs disagree');
  });

  test('a job whose folder says that it failed', async () => {
    const source = changed((files) => files.set(pathOf(1).replace('cell.out', 'FAILED'), 'exit status 137\n'));
    expect(await reasonOf(source, 1)).toBe('failed: exit status 137');
  });
});

/** Let the sums of an output fit its rows again. */
function shiftSum(text: string): string {
  const sum = [...text.matchAll(/^ +\d+ +Fe .* (\S+)$/gm)].reduce((total, [, energy]) => total + Number(energy), 0);
  return text
    .replace(/(ENERGY\| Total .*?)\S+$/m, `$1${sum.toFixed(13)}`)
    .replace(/(Potential energy \(\w+\) *: +)\S+$/gm, `$1${sum.toFixed(13)}`);
}

test('what was put aside is used when somebody insists, and the next table keeps the last in the summary', async () => {
  const broken = changed((files) => {
    const text = files.get(pathOf(3))!;
    files.set(pathOf(3), text.replace(/ {2}\*\*\* SCF run converged.*/, '  *** WARNING SCF run NOT converged ***'));
  });
  const before = await take(broken);
  expect(before.summary.labelled).toBe(PICKS - 1);
  // The same table again, with other parameters: no file is asked for, and nothing was replaced.
  const accepted = await session.run('energies', { ...parameters, acceptedEnergies: [ids[2]!] }, new Control());
  expect(accepted.summary.labelled).toBe(PICKS);
  expect(accepted.summary.entries[3]).toMatchObject({ id: ids[2], state: 'accepted' });
  expect(accepted.summary.earlier).toEqual(before.summary.earlier);
  const after = await take(
    blob(`id,energy\n0,-4\n${ids.map((id, k) => `${id},${-4 + 0.1 * k}`).join('\n')}\n`, 'e.csv'),
  );
  expect(after.summary.earlier.at(-1)).toMatchObject({ source: 'package', sha256: accepted.input });
  expect(after.summary.earlier.at(-1)!.entries).toHaveLength(PICKS + 1);
});

test('outputs of two programs are refused together, unless somebody insists', async () => {
  const { campaign } = session.results.replicas!;
  const { position } = sentCellOf(campaign, campaign.jobs[1]!)!;
  const openmx = openmxOutput(
    Array.from({ length: position.length / 3 }, (_, atom) => ({
      at: [...position.subarray(3 * atom, 3 * atom + 3)],
      energy: -89.125,
    })),
  );
  const source = changed((files) => files.set(pathOf(1), openmx));
  await expect(take(source)).rejects.toThrow(/6 from CP2K, Mulliken; 1 from OpenMX, basis projection/);
  const { summary } = await take(source, { mixPartitions: true });
  expect(summary.kinds).toHaveLength(2);
});

test.each([
  ['nothing that is an output', new Map([['note.txt', 'hello']]), /no output of a calculation.*0 outputs, 1 other/],
  ['outputs of other atoms only', new Map([['jobs/0001_id999999/cell.out', 'PROGRAM STARTED AT']]), /id999999/],
])('%s is refused with a sentence', async (_, files, sentence) => {
  await expect(take(folderOf(files))).rejects.toThrow(sentence);
});

test('a package of another snapshot is refused', async () => {
  const manifest = { schema: 'grainscope-calculations-1', snapshot: { name: 'other.dump', sha256: 'abc' }, jobs: [] };
  const source = changed((files) => files.set('manifest.json', JSON.stringify(manifest)));
  await expect(take(source)).rejects.toThrow(/cut from another snapshot.*abc \(other\.dump\)/);
});

test('a bulk cell that was put aside is named, and can be accepted', async () => {
  const source = changed((files) => files.set(pathOf(0), files.get(pathOf(0))!.split('PROGRAM ENDED')[0]!));
  await expect(take(source)).rejects.toThrow(/bulk cell was put aside.*as id 0 \(--accept-energies\)/);
  const { summary } = await take(source, { acceptedEnergies: [0] });
  expect(summary.bulkSource).toBe('bulk cell');
});
