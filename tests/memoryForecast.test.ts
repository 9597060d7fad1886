import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { inlineExecutor } from '#compute/inlineExecutor.ts';
import { MemoryLedger } from '#data/buffers.ts';
import { Control } from '#data/control.ts';
import { type Failure, Refusal } from '#data/errors.ts';
import { blobSource } from '#formats/format.ts';
import { checkForecast, forecastMemory } from '#pipeline/memoryForecast.ts';
import { defaultParameters, type Parameters, type StageName } from '#pipeline/parameters.ts';
import { Session } from '#pipeline/session.ts';
import { STAGES } from '#pipeline/stages.ts';

const SAMPLE = 'fe-gb-16k.dump.gz';
const snapshot = blobSource(new Blob([readFileSync(new URL(`../public/sample/${SAMPLE}`, import.meta.url))]), SAMPLE);
const WASM = WebAssembly.Memory;
const LOOSE = 1.5;

afterEach(() => {
  WebAssembly.Memory = WASM;
});

/** Notes every memory that kernels make for themselves; those that threads share are in the ledger. */
function watchKernelMemory(): WebAssembly.Memory[] {
  const made: WebAssembly.Memory[] = [];
  WebAssembly.Memory = class extends WASM {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor);
      if (!descriptor.shared) made.push(this);
    }
  };
  return made;
}

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.failure;
    throw thrown;
  }
  throw new Error('this was not refused');
}

test.each<[string, Partial<Parameters>]>([
  ['label column', { labelColumn: 'c_pe' }],
  [
    'label column, test set, two strategies',
    { labelColumn: 'c_pe', testSet: true, count: 40, strategies: ['random1', 'posterior'] },
  ],
  [
    'random atoms, few components, a larger descriptor',
    { labelColumn: 'c_pe', criterion: 'random', components: 5, nMax: 12, count: 20 },
  ],
])('every stage takes what was forecast, or a little less: %s', async (_, change) => {
  const parameters = { ...defaultParameters(), ...change };
  const memory = new MemoryLedger();
  const session = new Session(inlineExecutor, memory);
  for (const { name } of STAGES) {
    const forecast = await forecastMemory(name, session.results, parameters, snapshot);
    const held = memory.bytes;
    const kernels = watchKernelMemory();
    const { peakBytes } = await session.run(
      name,
      parameters,
      new Control(),
      name === 'snapshot' ? snapshot : undefined,
    );
    const own = Math.max(0, ...kernels.map(({ buffer }) => buffer.byteLength));
    const taken = peakBytes - held;
    console.info(
      `${name}: forecast ${forecast.arrays} of arrays for ${taken} (${(forecast.arrays / taken).toFixed(2)}), ` +
        `${forecast.perThread} a thread for ${own}`,
    );
    expect(forecast.arrays, name).toBeGreaterThanOrEqual(taken);
    expect(forecast.arrays, name).toBeLessThanOrEqual(LOOSE * taken);
    expect(forecast.perThread, name).toBeGreaterThanOrEqual(own);
  }
});

test('a stage that will not fit is refused before it starts, with what to change; what was there stays', async () => {
  const memory = new MemoryLedger({ budgetBytes: 45 * 2 ** 20 });
  const session = new Session(inlineExecutor, memory);
  const parameters = defaultParameters();
  await session.bringTo('descriptor', parameters, new Control(), { snapshot });
  memory.allocate('something else', 'uint8', 25 * 2 ** 20);
  const { bytes } = memory;
  const control = new Control();
  const tooMany = { ...parameters, components: 200 };
  expect(await failureOf(session.run('pool', tooMany, control))).toEqual({
    tag: 'no-memory',
    message: expect.stringMatching(
      /^Pool needs up to 0\.02 GiB of memory, and 0\.03 of 0\.04 GiB are in use: keep fewer components \(--variance, --components\), or use a machine with more memory$/,
    ),
  });
  expect(control.progress.phase).toBe('waiting');
  expect(memory.bytes).toBe(bytes);
  expect(session.results.descriptor).toBeDefined();
});

test('memory of their own counts for every thread', () => {
  const memory = new MemoryLedger({ budgetBytes: 1000 });
  const forecast = { arrays: 400, perThread: 200 };
  checkForecast('structure', forecast, 3, memory);
  expect(() => checkForecast('structure', forecast, 4, memory)).toThrow(Refusal);
});

test.each<[StageName, string]>([
  ['snapshot', 'not a snapshot at all'],
  ['snapshot', ''],
])('of a %s that cannot be read nothing is forecast: the reader says why', async (stage, text) => {
  const source = blobSource(new Blob([text]), 'text');
  expect(await forecastMemory(stage, {}, defaultParameters(), source)).toEqual({ arrays: 0, perThread: 0 });
});

test('a million atoms go through the whole loop with a budget of 4 GB, on sixteen threads', async () => {
  const parameters = { ...defaultParameters(), labelColumn: 'c_pe' };
  const memory = new MemoryLedger();
  const session = new Session(inlineExecutor, memory);
  const times = 1_037_880 / 16_057;
  let most = 0;
  for (const { name } of STAGES) {
    const { arrays, perThread } = await forecastMemory(name, session.results, parameters, snapshot);
    // Of what is held and taken all is counted as if it grew with the atoms.
    const scaled = { arrays: times * arrays, perThread };
    const held = { bytes: times * memory.bytes, budgetBytes: 4e9 } as MemoryLedger;
    expect(() => checkForecast(name, scaled, 16, held)).not.toThrow();
    most = Math.max(most, held.bytes + scaled.arrays + 16 * perThread);
    await session.run(name, parameters, new Control(), name === 'snapshot' ? snapshot : undefined);
  }
  console.info(`a million atoms: at most ${(most / 2 ** 30).toFixed(2)} GiB`);
});
