import { describe, expect, test } from 'vitest';
import { defaultParameters, PARAMETER_NAMES, PARAMETERS, type Parameters, type StageName } from './parameters.ts';
import { downstreamOf, fingerprint, parametersOf, STAGES, stageOf, upstreamOf } from './stages.ts';

const NAMES = STAGES.map((stage) => stage.name);

test('stages stand after those they need', () => {
  for (const [place, stage] of STAGES.entries()) {
    expect(stageOf(stage.name)).toBe(stage);
    for (const need of stage.needs) expect(NAMES.indexOf(need)).toBeLessThan(place);
  }
});

test.each<[StageName, StageName[], StageName[]]>([
  ['snapshot', [], ['structure', 'descriptor', 'pool', 'select', 'replicas', 'energies', 'model']],
  ['structure', ['snapshot'], ['select', 'replicas', 'energies', 'model']],
  ['pool', ['snapshot', 'descriptor'], ['select', 'replicas', 'energies', 'model']],
  ['replicas', ['snapshot', 'structure', 'descriptor', 'pool', 'select'], []],
  ['model', ['snapshot', 'structure', 'descriptor', 'pool', 'select', 'energies'], []],
])('before and after %s', (stage, before, after) => {
  expect(upstreamOf(stage)).toEqual(before);
  expect(downstreamOf(stage)).toEqual(after);
});

test('every parameter belongs to a stage', () => {
  expect(NAMES.flatMap(parametersOf)).toEqual(expect.arrayContaining(PARAMETER_NAMES));
  for (const name of PARAMETER_NAMES) expect(parametersOf(PARAMETERS[name].stage)).toContain(name);
});

describe('the fingerprint', () => {
  const parameters = defaultParameters();
  const inputs = { snapshot: 'aa', energies: 'bb' };
  /** Stages that a change makes stale. */
  const stale = (change: Partial<Parameters>, otherInputs = inputs) =>
    NAMES.filter(
      (stage) =>
        fingerprint(stage, parameters, inputs) !== fingerprint(stage, { ...parameters, ...change }, otherInputs),
    );

  test.each<[Partial<Parameters>, StageName[]]>([
    [{}, []],
    [{ frame: '0' }, NAMES],
    [{ cutoff: 4.1 }, ['descriptor', 'pool', 'select', 'replicas', 'energies', 'model']],
    [{ variance: 0.99 }, ['pool', 'select', 'replicas', 'energies', 'model']],
    [{ given: [3] }, ['select', 'replicas', 'energies', 'model']],
    // Which atoms can be cut out decides which may be picked.
    [{ replicaEdge: 11 }, ['select', 'replicas', 'energies', 'model']],
    // What is only compared changes nothing that is computed from the types.
    [{ structureColumn: 'c_cna', structureCodes: 'lammps-cna' }, ['structure']],
    [{ minDistance: 2.1 }, ['replicas']],
    [{ bulkEnergy: '-4' }, ['energies', 'model']],
    [{ fitLambda: 'loo' }, ['model']],
  ])('changes with %j', (change, stages) => {
    expect(stale(change)).toEqual(stages);
  });

  test('changes with what comes from outside', () => {
    expect(stale({}, { ...inputs, snapshot: 'cc' })).toEqual(NAMES);
    expect(stale({}, { ...inputs, energies: 'cc' })).toEqual(['energies', 'model']);
  });

  test('says nothing of parameters that came later, where they have their defaults', () => {
    expect(fingerprint('structure', parameters, inputs)).toBe(
      JSON.stringify([
        [
          'snapshot',
          'aa',
          [
            ['frame', 'last'],
            ['elements', []],
          ],
        ],
        ['structure', '', []],
      ]),
    );
  });

  test('changes with each parameter, from its own stage on', () => {
    for (const name of PARAMETER_NAMES) {
      const changed = { ...parameters, [name]: 'something else' } as Parameters;
      const first = NAMES.find((stage) => parametersOf(stage).includes(name))!;
      const later = PARAMETERS[name].local ? [] : downstreamOf(first);
      for (const stage of [first, ...later]) {
        expect(fingerprint(stage, changed, inputs), `${name}, ${stage}`).not.toBe(
          fingerprint(stage, parameters, inputs),
        );
      }
    }
  });
});
