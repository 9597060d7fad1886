import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { inlineExecutor } from '#compute/inlineExecutor.ts';
import { zipFiles } from '#compute/zip.ts';
import { MemoryLedger } from '#data/buffers.ts';
import { Control } from '#data/control.ts';
import { blobSource } from '#formats/format.ts';
import { seededDraw } from '#kernels/random/random.ts';
import { defaultParameters, type Parameters, type StageName } from '#pipeline/parameters.ts';
import { Session } from '#pipeline/session.ts';
import { STAGES } from '#pipeline/stages.ts';
import { openProjectFile, projectFiles } from '#project/projectFile.ts';
import { FE_GB_2K } from './fixture.ts';

const PARAMETERS: Parameters = { ...defaultParameters(), labelColumn: 'c_pe', count: 30, strategies: ['random1'] };
const CREATED = '2026-11-24T00:00:00.000Z';
const PAGE = {
  colourBy: 'model.energy',
  sets: new Map([['1', { words: Uint32Array.of(1, 2), count: 2 }]]),
  empty: null,
};

const newSession = () => new Session(inlineExecutor, new MemoryLedger());

async function runTo(session: Session, stage: StageName, change: Partial<Parameters> = {}): Promise<void> {
  const path = fileURLToPath(FE_GB_2K);
  const snapshot = blobSource(new Blob([readFileSync(path)]), 'fe-gb-2k.dump.gz');
  await session.bringTo(stage, { ...PARAMETERS, ...change }, new Control(), { snapshot });
}

async function save(session: Session): Promise<Blob> {
  return zipFiles(projectFiles({ created: CREATED, parameters: PARAMETERS, session: session.state!, page: PAGE }, 1));
}

/** A session from what a file holds; its snapshot is not at hand. */
async function open(blob: Blob): Promise<Session> {
  const session = newSession();
  const project = await openProjectFile(blob, 'test.grainscope', session.memory);
  expect(project).toMatchObject({ created: CREATED, parameters: PARAMETERS, page: PAGE });
  session.restore(project.session, new Control(), 'test.grainscope');
  return session;
}

/** Everything that is written of a session, but for when and how fast it was made. */
function filesOf(session: Session): Record<string, string> {
  const text = (chunks: Iterable<string | Uint8Array>) =>
    Array.from(chunks, (chunk) => (typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('latin1'))).join('');
  return Object.fromEntries(
    Array.from(session.files('results', PARAMETERS), ({ path, chunks }) => [
      path,
      text(chunks).replaceAll(/"(created|milliseconds|peakBytes)": [^,\n]+/g, ''),
    ]),
  );
}

let whole: Session;
beforeAll(async () => {
  whole = newSession();
  await runTo(whole, 'replicas');
  await runTo(whole, 'model');
}, 60_000);

describe('a project that is saved and opened', () => {
  test('holds every stage, fresh, and writes the same files', async () => {
    const opened = await open(await save(whole));
    for (const { name } of STAGES) expect(opened.isFresh(name, PARAMETERS), name).toBe(true);
    expect(filesOf(opened)).toEqual(filesOf(whole));
    // What a stage made is given back when it is made anew.
    await runTo(opened, 'model', { fitLambda: '0.001' });
    const before = opened.memory.bytes;
    await runTo(opened, 'model', { fitLambda: '0.002' });
    expect(opened.memory.bytes).toBe(before);
  });

  test.each(STAGES.map(({ name }) => name))('goes on from %s as if it had never been closed', async (stage) => {
    const begun = newSession();
    await runTo(begun, stage);
    const opened = await open(await save(begun));
    expect(new Set(opened.records.keys())).toEqual(new Set(begun.records.keys()));
    // The snapshot is not read again: it is in the project.
    await opened.bringTo('replicas', PARAMETERS, new Control(), {});
    await opened.bringTo('model', PARAMETERS, new Control(), {});
    expect(filesOf(opened)).toEqual(filesOf(whole));
  });
});

describe('a project file that is not as it should be', () => {
  const refused = async (blob: Blob): Promise<string> => {
    const memory = new MemoryLedger();
    const outcome = await openProjectFile(blob, 'x.grainscope', memory).then(
      () => new Error('this was not refused'),
      (thrown: Error) => thrown,
    );
    expect(outcome.name, outcome.stack).toBe('Refusal');
    expect(memory.bytes).toBe(0);
    return outcome.message;
  };
  /** The record of a project, changed. */
  const spoiled = async (change: (record: Record<string, unknown>) => void): Promise<Blob> => {
    const session = newSession();
    await runTo(session, 'structure');
    const project = { created: CREATED, parameters: PARAMETERS, session: session.state!, page: null };
    const files = Array.from(projectFiles(project, 1), (file) => {
      if (file.path !== 'project.json') return file;
      const record = JSON.parse([...file.chunks].join('')) as Record<string, unknown>;
      change(record);
      return { ...file, chunks: [JSON.stringify(record)] };
    });
    return zipFiles(files);
  };

  test('is refused in one sentence, and leaves no memory taken', async () => {
    expect(await refused(new Blob(['no zip at all']))).toBe('x.grainscope: it is no zip archive, or cut short.');
    expect(await refused(await zipFiles([{ path: 'a.txt', chunks: ['a'] }]))).toContain('found another archive');
    expect(await refused(await spoiled((record) => Object.assign(record, { schema: 99 })))).toContain(
      'saved by a later version of Grainscope',
    );
    expect(await refused(await spoiled((record) => Object.assign(record, { schema: 'one' })))).toContain(
      'it is no project of Grainscope',
    );
    expect(await refused(await spoiled((record) => Object.assign(record, { session: {} })))).toContain(
      'it holds no results',
    );
    const wrongCutoff = await spoiled((record) => Object.assign(record.parameters as object, { cutoff: -1 }));
    expect(await refused(wrongCutoff)).toContain('expected a number from 2 to 10, found -1');
  });

  test('arrays that do not fit the atoms are refused', async () => {
    const shorter = await spoiled((record) => {
      const { results } = record.session as { results: { snapshot: { snapshot: { count: number } } } };
      results.snapshot.snapshot.count -= 1;
    });
    expect(await refused(shorter)).toBe('x.grainscope: expected 1981 numbers of atom ids, found 1982.');
    const missing = await spoiled((record) => {
      const { results } = record.session as { results: { snapshot: { snapshot: Record<string, unknown> } } };
      (results.snapshot.snapshot.position as { $array: { file: string } }).$array.file = 'elsewhere.npy';
    });
    expect(await refused(missing)).toBe('x.grainscope: elsewhere.npy is missing from it.');
  });

  test('cut or damaged anywhere, it is refused or the same', async () => {
    const bytes = new Uint8Array(await (await save(whole)).arrayBuffer());
    const draw = seededDraw(1, 'damage');
    for (let run = 0; run < 60; run++) {
      const at = draw(bytes.length);
      const spoilt = run % 2 === 0 ? bytes.slice(0, at) : bytes.slice();
      if (run % 2 === 1) spoilt[at]! ^= 1 << draw(8);
      const memory = new MemoryLedger();
      try {
        const project = await openProjectFile(new Blob([spoilt]), 'x.grainscope', memory);
        // Bits that nobody reads: times, modes, remarks.
        expect(project.session).toEqual((await openProjectFile(new Blob([bytes]), 'x', new MemoryLedger())).session);
      } catch (thrown) {
        expect((thrown as Error).name, (thrown as Error).stack).toBe('Refusal');
        expect(memory.bytes).toBe(0);
      }
    }
  });
});
