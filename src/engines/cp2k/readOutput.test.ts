import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { EV_PER_UNIT } from '#chem/units.ts';
import { hasShared, needsShared, sharedPath } from '#tests/shared.ts';
import { readCalculation } from '../readers.ts';
import { refusalOf, silentCuts } from '../testSupport.ts';
import { cp2k } from './readOutput.ts';

const HARTREE = EV_PER_UNIT.Ha;

function load(path: string | URL): string {
  const bytes = readFileSync(path);
  return (String(path).endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

const fixture = (name: string) => load(new URL(`./fixtures/${name}.out.gz`, import.meta.url));
const converged = fixture('2025.1-al4-converged');
const notConverged = fixture('2025.1-al4-not-converged');
const fist = fixture('2023.1-fe54-fist');
const read = (text: string) => cp2k.read(text, 'cell.out', null);

test('the good case: energies, positions, species, total', () => {
  const { atoms, ...rest } = read(converged);
  expect(rest).toEqual({
    code: 'CP2K',
    version: '2025.1',
    partition: 'mulliken',
    convergence: 'converged',
    total_eV: -8.040546213657903 * HARTREE,
    line: 186,
    problems: [],
  });
  const printed = [-2.0108293203, -2.0104593962, -2.0099284549, -2.009329047];
  expect(Array.from(atoms.energy)).toEqual(printed.map((energy) => energy * HARTREE));
  expect(atoms.species).toEqual(['Al', 'Al', 'Al', 'Al']);
  expect(Array.from(atoms.position!.subarray(3, 9))).toEqual([0.02, 2.025, 2.045, 2.075, 0.01, 2.025]);
});

test('exit status 0 and a fitting sum, but no convergence', () => {
  const { convergence, problems, atoms } = read(notConverged);
  expect(convergence).toBe('not-converged');
  expect(problems).toEqual(['The SCF loop did not converge (line 521).']);
  expect(atoms.energy[0]).toBe(-2.010829323 * HARTREE);
});

test('an old table of a force field', () => {
  const { convergence, partition, problems, atoms, version } = read(fist);
  expect({ convergence, partition, problems, version }).toEqual({
    convergence: 'no-self-consistency',
    partition: 'classical',
    problems: [],
    version: '2023.1',
  });
  expect(atoms.energy).toHaveLength(54);
  expect(atoms.energy[0]).toBe(-0.0769194349 * HARTREE);
  expect(atoms.position).toBeNull();
});

test('an old table after an SCF loop, or of a method that has one, is refused', () => {
  const sentence =
    'CP2K before 2024.1 leaves the exchange-correlation part out of its atomic energies: compute the cell with 2024.1 or later.';
  const afterScf = fist.replace(' ENERGY|', ' SCF WAVEFUNCTION OPTIMIZATION\n ENERGY|');
  expect(refusalOf(() => read(afterScf))).toBe(`cell.out, line 263: ${sentence}`);
  expect(refusalOf(() => read(fist.replace('( FIST )', '( QS )')))).toBe(`cell.out, line 262: ${sentence}`);
});

test.each([
  ['a.u.]:  ', HARTREE],
  ['hartree]', HARTREE],
  ['eV]', 1],
  ['Ry]', HARTREE / 2],
  ['kcalmol]', 4184 / 96485.33212],
])('the energy of the cell in [%s', (spelling, unit) => {
  const text = converged.replace(/energy \[hartree\].*/, `energy [${spelling}    -2.5`);
  expect(read(text).total_eV).toBeCloseTo(-2.5 * unit, 12);
});

test('the energy of the cell in an unknown unit is taken from below the table', () => {
  const text = converged.replace('[hartree]', '[wavenumber]');
  expect(read(text).total_eV).toBe(-8.0405462136579 * HARTREE);
});

test.each([
  ['an atom that was edited', ['-2.0104593962', '-2.0104593000'], 'The rows of the table do not add up'],
  [
    'a total that differs',
    [
      'Total) :                                     -8.0405462136579',
      'Total) :                                     -8.0405562136579',
    ],
    'but the cell has -8.0405562136579 Ha',
  ],
  [
    'no verdict on the SCF loop',
    ['*** SCF run converged in    13 steps ***', ''],
    'does not say whether the SCF loop converged',
  ],
  ['no end', ['PROGRAM ENDED AT', ''], 'was killed, or is still running'],
] as const)('%s is a problem', (_, [before, after], sentence) => {
  expect(converged).toContain(before);
  const { problems } = read(converged.replace(before, after));
  expect(problems.join()).toContain(sentence);
});

test.each([
  [
    'a table that is cut off',
    converged.slice(0, converged.indexOf('     4     Al              2.025')),
    'line 188: the table of atomic energies is cut off after atom 3: CP2K was killed',
  ],
  [
    'a table without its sums',
    converged.slice(0, converged.indexOf(' Potential energy (Total)')),
    'line 192: the table of atomic energies is cut off after atom 4',
  ],
  [
    'no table at all',
    converged.replace(/ Mulliken Atomic Energies[\s\S]*?\n Difference.*/, ''),
    'came to its end without a table of atomic energies: the input needs FORCE_EVAL/PROPERTIES/ATOMIC with ENERGY T',
  ],
  ['a start that goes no further', converged.slice(0, 3000), 'the file just stops before the SCF loop'],
])('%s is refused', (_, text, sentence) => {
  expect(refusalOf(() => read(text))).toContain(sentence);
});

test('columns that touch are cut apart', () => {
  const text = converged.replace('2.075000    0.010000    2.025000', '2.075000 -110.010000-1102.025000');
  expect(Array.from(read(text).atoms.position!.subarray(6, 9))).toEqual([2.075, -110.01, -1102.025]);
});

test('a number that did not fit its columns is refused with its line', () => {
  const text = converged.replace('-2.0099284549', '*************');
  expect(refusalOf(() => read(text))).toContain('cell.out, line 188: expected the energy of atom 3');
});

test('of several single points the last counts, and different SCF loops are told', () => {
  const point = (text: string) => {
    const from = text.indexOf(' SCF WAVEFUNCTION');
    return text.slice(from, text.indexOf('\n', text.indexOf(' Difference  ')) + 1);
  };
  const insert = (text: string, other: string) => text.replace(' SCF WAVEFUNCTION', `${other} SCF WAVEFUNCTION`);
  expect(read(insert(converged, point(converged)))).toMatchObject({ convergence: 'converged', problems: [] });
  const mixed = read(insert(converged, point(notConverged)));
  expect(mixed.convergence).toBe('converged');
  expect(mixed.atoms.energy[0]).toBe(-2.0108293203 * HARTREE);
  expect(mixed.problems).toEqual([
    'The SCF loops of this run ended differently (not-converged, converged): the last whole table was taken.',
  ]);
});

test('a run that was appended to an earlier one counts alone', () => {
  expect(read(notConverged + converged)).toMatchObject({ convergence: 'converged', problems: [] });
  expect(refusalOf(() => read(converged + converged.slice(0, 6000)))).toContain('the file just stops');
});

describe('cut at every line', () => {
  test.each([
    ['converged', converged],
    ['not converged', notConverged],
    ['old, force field', fist],
  ])('%s', (_, text) => {
    expect(silentCuts(text, (cut) => readCalculation(cut, 'cell.out'))).toEqual([]);
  });
});

test('CRLF line ends and a byte order mark change nothing', () => {
  expect(read(`\uFEFF${converged.replaceAll('\n', '\r\n')}`)).toEqual(read(converged));
});

interface Expected {
  readonly version: string;
  readonly total: number | null;
  readonly block_format: '2023' | '2024+' | null;
  readonly block_line: number;
  readonly n_atoms: number;
  readonly atom1: { readonly energy_Ha: number };
  readonly last_atom_energy_Ha: number;
  readonly scf_not_converged_message: boolean;
  readonly usable: boolean;
}

/** Every real output, and why it is refused or what its problems say; [] is a good one. */
const REAL_OUTPUTS: [name: string, refusal: string | null, problems: string[]][] = [
  ['2023.1-al4-converged-checksum-abort.out.gz', 'leaves the exchange-correlation part out', []],
  ['2023.1-al4-notconverged-checksum-abort.out.gz', 'leaves the exchange-correlation part out', []],
  ['2023.1-fe54-replica001472-fist.out', null, []],
  ['2023.1-fe54-replica001472-xtb-notconverged-checksum-abort.out.gz', 'leaves the exchange-correlation part out', []],
  ['2025.1-al4-converged.out.gz', null, []],
  [
    '2025.1-al4-kpoints-abort.out.gz',
    'line 565: CP2K divides an energy among atoms at the Gamma point only, and aborted: Method not implemented for k-points (kpoint_transitional.F:51).',
    [],
  ],
  [
    '2025.1-al4-notconverged-abort.out.gz',
    'line 517: the SCF loop did not converge, and CP2K aborted: SCF run NOT converged. To continue the calculation regardless, please set the keyword IGNORE_CONVERGENCE_FAILURE (qs_scf.F:611).',
    [],
  ],
  [
    '2025.1-al4-notconverged-ignored-checksum-abort.out.gz',
    null,
    [
      'The SCF loop did not converge (line 514)',
      'relative difference 5.8e-4',
      'CP2K aborted after it printed the table: CPASSERT failed (force_env_methods.F:452) (line 558)',
    ],
  ],
  ['2025.1-al4-notconverged-ignored-exit0.out.gz', null, ['The SCF loop did not converge (line 521)']],
  ['2025.1-al4-printlow-converged.out', null, []],
  [
    '2025.1-al4-walltime-checksum-abort.out.gz',
    null,
    [
      'The time limit of the run ended the SCF loop before it converged (line 515)',
      'relative difference 1.4e-1',
      'CP2K aborted after',
    ],
  ],
  ['2025.1-fe54-replica001472-fist.out', null, []],
  [
    '2025.1-fe54-replica001472-rks10000K-notconverged-checksum-abort.out.gz',
    null,
    ['did not converge', 'relative difference 6.9e-6', 'CP2K aborted after'],
  ],
  [
    '2025.1-fe54-replica001472-rks3000K-notconverged-checksum-abort.out.gz',
    null,
    ['did not converge', 'relative difference 1.3e-5', 'CP2K aborted after'],
  ],
  [
    '2025.1-fe54-replica001472-uks-killed.out.gz',
    'the file just stops after SCF step 16: CP2K was killed, or is still running',
    [],
  ],
  ['2025.1-fe8-input-abort.out', 'CP2K aborted while it read its input: CPASSERT failed (qs_environment.F:1623)', []],
  ['2025.1-fe8-uks-killed.out.gz', 'the file just stops after SCF step 27', []],
];

describe.skipIf(!hasShared)(needsShared('real outputs'), () => {
  const expected: Record<string, Expected> = hasShared
    ? JSON.parse(readFileSync(sharedPath('reference/dft/expected.json'), 'utf8'))
    : {};

  test('all are in the table', () => {
    const names = Object.keys(expected).flatMap((path) => (path.startsWith('cp2k/') ? [path.slice(5)] : []));
    expect(REAL_OUTPUTS.map(([name]) => name).sort()).toEqual(names.sort());
  });

  test.each(REAL_OUTPUTS)('%s', (name, refusal, problems) => {
    const text = load(sharedPath(`reference/dft/cp2k/${name}`));
    const wanted = expected[`cp2k/${name}`]!;
    if (refusal !== null) {
      expect(wanted.usable).toBe(false);
      expect(refusalOf(() => readCalculation(text, name))).toContain(refusal);
      return;
    }
    const found = readCalculation(text, name);
    expect(found.problems).toHaveLength(problems.length);
    problems.forEach((part, index) => {
      expect(found.problems[index]).toContain(part);
    });
    expect(found.problems.length === 0).toBe(wanted.usable);
    expect(found.convergence === 'not-converged').toBe(wanted.scf_not_converged_message);
    expect(found.version).toBe(wanted.version);
    expect(found.total_eV).toBe(wanted.total! * HARTREE);
    expect(found.line).toBe(wanted.block_line + (wanted.block_format === '2023' ? 1 : 2));
    const { energy, species } = found.atoms;
    expect(energy).toHaveLength(wanted.n_atoms);
    expect(energy[0]).toBe(wanted.atom1.energy_Ha * HARTREE);
    expect(energy.at(-1)).toBe(wanted.last_atom_energy_Ha * HARTREE);
    expect(species === null).toBe(wanted.block_format === '2023');
  });
});
