import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { inlineExecutor } from '#compute/inlineExecutor.ts';
import { MemoryLedger } from '#data/buffers.ts';
import { Control } from '#data/control.ts';
import type { Parameters } from '#pipeline/parameters.ts';
import { Session } from '#pipeline/session.ts';
import { STAGES } from '#pipeline/stages.ts';
import type { StageSummaries } from '#pipeline/summaries.ts';
import { PROJECT_SCHEMA } from '#project/migrations.ts';
import { openProjectFile } from '#project/projectFile.ts';

const FOLDER = fileURLToPath(new URL('./fixtures/projects/', import.meta.url));
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.grainscope'));

async function open(name: string): Promise<{ session: Session; parameters: Parameters; page: unknown }> {
  const session = new Session(inlineExecutor, new MemoryLedger());
  const file = new Blob([readFileSync(`${FOLDER}${name}`)]);
  const { session: state, parameters, page } = await openProjectFile(file, name, session.memory);
  session.restore(state, new Control(), name);
  return { session, parameters, page };
}

const picksOf = (session: Session) => (session.records.get('select')!.summary as StageSummaries['select']).ids;

test('there is a project of every schema, as the version that wrote it saved it', () => {
  for (let schema = 1; schema <= PROJECT_SCHEMA; schema++) expect(FILES).toContain(`schema-${schema}.grainscope`);
});

test.each(FILES)('%s opens whole: every step is finished, and none is out of date', async (name) => {
  const { session, parameters, page } = await open(name);
  expect(page).toEqual({ colourBy: 'model.energy' });
  for (const { name: stage } of STAGES) expect(session.isFresh(stage, parameters), stage).toBe(true);
});

test.each(FILES)('%s is gone on with: more picks, after those that were there', async (name) => {
  const { session, parameters } = await open(name);
  const before = picksOf(session);
  await session.bringTo('model', { ...parameters, count: before.length + 3 }, new Control(), {});
  expect(picksOf(session).slice(0, before.length)).toEqual(before);
  expect(picksOf(session)).toHaveLength(before.length + 3);
});

test.each(FILES)('%s computed again from its atoms gives the same picks', async (name) => {
  const { session, parameters } = await open(name);
  const before = picksOf(session);
  const state = session.state!;
  const again = new Session(inlineExecutor, new MemoryLedger());
  const records = state.records.filter(({ stage }) => stage === 'snapshot');
  again.restore({ ...state, results: { snapshot: state.results.snapshot }, records }, new Control(), name);
  await again.bringTo('select', parameters, new Control(), {});
  expect(picksOf(again)).toEqual(before);
});
