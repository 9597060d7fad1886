import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { replicaStructure, THREE_ATOMS } from '#tests/cellStructures.ts';
import { FE_GB_2K } from '#tests/fixture.ts';
import { hasShared, needsShared, sharedPath } from '#tests/shared.ts';
import { cp2kWriter } from './writeInput.ts';

const REPLICA = replicaStructure(FE_GB_2K, 501, 'new-pairs');
const write = (structure: typeof REPLICA, values = {}) => cp2kWriter.write(structure, { values })[0]!.text;

/** Keywords by their path, "FORCE_EVAL/DFT/SCF/EPS_SCF"; without coordinates. */
function keywords(text: string): Record<string, string> {
  const path: string[] = [];
  const found: Record<string, string> = {};
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const [word, ...rest] = line.split(/\s+/) as [string, ...string[]];
    if (word === '&END') expect(path.pop()?.split(' ')[0]).toBe(rest[0]);
    else if (word.startsWith('&')) path.push([word.slice(1), ...rest].join(' '));
    else if (path.at(-1) !== 'COORD') found[[...path, word].join('/')] = rest.join(' ');
  }
  expect(path).toEqual([]);
  return found;
}

const DFT = 'FORCE_EVAL/DFT';

test('a replica cell: Gamma point, atomic energies, polarised, stopped by an SCF that does not converge', () => {
  const text = write(REPLICA);
  expect(keywords(text)).toMatchObject({
    [`${DFT}/UKS`]: 'T',
    [`${DFT}/MGRID/CUTOFF`]: '600',
    [`${DFT}/SCF/ADDED_MOS`]: '114 240',
    'FORCE_EVAL/PROPERTIES/ATOMIC/ENERGY': 'T',
    'FORCE_EVAL/SUBSYS/KIND Fe/MAGNETIZATION': '2.2',
  });
  expect(text).not.toMatch(/KPOINTS|IGNORE_CONVERGENCE_FAILURE/);
  expect(text).toMatch(/^# .*\n# Needs CP2K 2024\.1 or later/);
  expect(cp2kWriter.parameters.some(({ key }) => key === 'kSpacing')).toBe(false);
});

describe('multiplicity: unpaired electrons as the moments say, as even as the number of electrons', () => {
  const fe = (count: number) => ({
    ...THREE_ATOMS,
    species: Array<string>(count).fill('Fe'),
    position: new Float64Array(3 * count),
  });
  test.each([
    ['54 Fe of 2.2', fe(54), {}, '119', '108 226'],
    ['1 Fe of 2.2', fe(1), {}, '3', '2 4'],
    ['1 Fe without', fe(1), { moment: '' }, '1', '2 2'],
    ['odd: q15', fe(1), { moment: 'Fe=0', potential: 'Fe=GTH-PBE-q15' }, '2', '2 3'],
    ['odd: q15 of 2.2', fe(1), { potential: 'Fe=GTH-PBE-q15' }, '4', '2 5'],
    ['against each other', THREE_ATOMS, { moment: 'Fe=2 Cr=-4' }, '1', '6 6'],
  ])('%s', (_, structure, values, multiplicity, added) => {
    const found = keywords(
      write(structure, { basis: 'Fe=a Cr=b', potential: 'Fe=GTH-PBE-q16 Cr=GTH-PBE-q14', ...values }),
    );
    expect(found[`${DFT}/MULTIPLICITY`]).toBe(multiplicity);
    expect(found[`${DFT}/SCF/ADDED_MOS`]).toBe(added);
  });

  test('a potential that does not say its electrons is refused', () => {
    expect(() => write(REPLICA, { potential: 'Fe=GTH-PBE' })).toThrow('as GTH-PBE-q16, not "GTH-PBE"');
  });
});

test('a kind for each element', () => {
  const text = write(THREE_ATOMS, {
    basis: 'Fe=a Cr=b',
    potential: 'Fe=GTH-PBE-q16 Cr=GTH-PBE-q14',
    moment: 'Fe=2 Cr=-1',
  });
  expect(text).toContain(
    '    &KIND Cr\n      BASIS_SET b\n      POTENTIAL GTH-PBE-q14\n      MAGNETIZATION -1\n    &END KIND\n  &END SUBSYS',
  );
});

test.skipIf(!hasShared)(needsShared('against the input that CP2K has run for atom 1472: keywords and values'), () => {
  const reference = readFileSync(sharedPath('reference/dft/cp2k/fe54-replica001472-uks.inp'), 'utf8');
  const structure = replicaStructure(sharedPath('data/fe-gb-16k.dump.gz'), 1472, 'all-pairs');
  const text = write(structure, { basis: 'Fe=SZV-MOLOPT-SR-GTH', gridCutoff: 200, relCutoff: 40, emptyPerAtom: 0.8 });
  const known = keywords(reference);
  const ours = keywords(text);
  const cell = (key: string) => /SUBSYS\/CELL\/(ABC|A|B|C)$/.test(key);
  const plain = (all: Record<string, string>) => Object.keys(all).filter((key) => !cell(key));
  expect(plain(ours)).toEqual(plain(known));
  const others = plain(known).filter((key) => known[key] !== ours[key]);
  expect(others.map((key) => [key, known[key], ours[key]])).toEqual([
    ['GLOBAL/PROJECT', 'replica-001472', 'cell'],
    [`${DFT}/QS/EPS_DEFAULT`, '1.0E-10', '1.0E-12'],
    // The reference was made to be cheap.
    [`${DFT}/SCF/EPS_SCF`, '1.0E-4', '1.0E-6'],
    [`${DFT}/SCF/MAX_SCF`, '80', '300'],
    [`${DFT}/SCF/ADDED_MOS`, '48 140', '44 162'],
  ]);
  const atoms = (input: string) =>
    /&COORD\n([\s\S]*?)\n *&END COORD/
      .exec(input)![1]!
      .split('\n')
      .map((line) =>
        line
          .trim()
          .split(/\s+/)
          .map((word) => (word === 'Fe' ? word : Number(word).toFixed(5))),
      );
  expect(atoms(text)).toEqual(atoms(reference));
});
