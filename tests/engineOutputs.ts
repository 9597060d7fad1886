/**
 * Outputs of programs that are not here to be run, typed after their manuals and write statements (shared/spec/RIVALS.md,
 * "DFT codes that give per-atom energies"). Two iron atoms in a cube of 4 Å, the centre at 1 1 1.
 */

export const OPENMX_39 = `***********************************************************
  This calculation was performed by OpenMX Ver. 3.9.9
***********************************************************
scf.maxIter                 40
   SCF=    1  NormRD=  1.000000000000  Uele= -33.000000000000
   SCF=   17  NormRD=  0.000000012345  Uele= -33.043200000000

  Total energy (Hartree) = -178.250000000000
  Decomposed.energies.(Hartree).with.respect.to.atom

                 Utot              Utot(up)    Utot(dn)    Ukin(up)    Ukin(dn)
     1   Fe    -89.125000000000  -44.562500  -44.562500    2.076016    2.076016
     2   Fe    -89.125000000000  -44.562500  -44.562500    2.076016    2.076016

  Decomposed.energies.(Hartree).with.respect.to.atomic.orbital

     1   Fe
           s           0    -1.000000000000   -0.500000   -0.500000
     2   Fe
           s           0    -1.000000000000   -0.500000   -0.500000

<coordinates.forces
  2
    1    Fe     1.00000   1.00000   1.00000   -0.000000000000   0.000000000000   0.000000000000
    2    Fe     2.00000   2.50000   2.00000   -0.000000000000   0.000000000000   0.000000000000
coordinates.forces>

   Total Computational Time =      0        5.612           0        5.612
`;

export const OPENMX_38 = `  This calculation was performed by OpenMX Ver. 3.8
  Total energy (Hartree) = -178.250000000000
  Decomposed energies (Hartree) with respect to atom

                 Utot            Ukin         Una          Unl          UH1        Uxc      Ucore+UH0
     1   Fe    -89.250000000000  3.000000   -1.000000    0.100000     0.100000   -1.000000   -90.45
     2   Fe    -89.000000000000  3.000000   -1.000000    0.100000     0.100000   -1.000000   -90.20

  Decomposed energies (Hartree) with respect to atomic orbital
     1   Fe
`;

export const DFTB = ` Total charge:     0.00000000

 iSCC Total electronic   Diff electronic      SCC error
   12   -0.22000000E+01    0.00000000E+00    0.80000000E-06

 Atom resolved electronic energies
    1     -1.10000000 H      -29.932525 eV
    2     -1.10000000 H      -29.932525 eV

 Atom resolved repulsive energies
    1      0.10000000 H        2.721139 eV
    2      0.20000000 H        5.442277 eV

 Atom resolved total energies 
    1     -1.00000000 H      -27.211386 eV
    2     -0.90000000 H      -24.490248 eV

Total energy:                       -1.9000000000 H          -51.7016 eV
Total Mermin free energy:           -1.9010000000 H          -51.7288 eV

SCC converged
`;

const LSMS_ROW = (id: number, x: string, energy: string) =>
  `26 ${id} ${x} 26.0 0.0 0 0 1 0 0 0 0.0 79.1 ${energy} 2.2 2.2 2.2 2.3 2.6 -0.01 0.02\n`;

/** Positions in Bohr (1, 1, 1 and 2, 2.5, 2 Å), energies in Ry. */
export const LSMS = `# Z id x y z q m ex ey ez
# e_mix
-5081.5 -20.1 0.71 -0.3
${LSMS_ROW(0, '1.889726125 1.889726125 1.889726125', '-2540.5')}${LSMS_ROW(1, '3.779452249 4.724315312 3.779452249', '-2541.0')}`;

/** Rows of CP2K 2024.1 and later: energies in Ha at positions in Å. */
export function cp2kOutput(atoms: readonly { at: readonly number[]; energy: number }[]): string {
  const sum = atoms.reduce((total, { energy }) => total + energy, 0);
  const row = ({ at, energy }: (typeof atoms)[number], index: number) =>
    `${String(index + 1).padStart(6)}     Fe          ${at.map((x) => x.toFixed(6).padStart(12)).join('')}` +
    energy.toFixed(10).padStart(21);
  const total = sum.toFixed(13);
  return [
    '  **** **** ******  **  PROGRAM STARTED AT               2026-11-22 15:41:58.419',
    ' CP2K| version string:                                       CP2K version 2025.1',
    ' SCF WAVEFUNCTION OPTIMIZATION',
    '  *** SCF run converged in    13 steps ***',
    '',
    ` ENERGY| Total FORCE_EVAL ( QS ) energy [hartree]        ${total.padStart(24)}`,
    '',
    ' Mulliken Atomic Energies',
    '   Atom  Element             X           Y           Z              Energy[a.u.]',
    ...atoms.map(row),
    '',
    '',
    ` Potential energy (Atomic): ${total.padStart(52)}`,
    ` Potential energy (Total) : ${total.padStart(52)}`,
    ` Difference               : ${'0.0000000000000'.padStart(52)}`,
    '',
    '  **** **** ******  **  PROGRAM ENDED AT                 2026-11-22 15:42:01.034',
    '',
  ].join('\n');
}

/** What OpenMX 3.9 writes: energies in Ha at positions in Å. */
export function openmxOutput(atoms: readonly { at: readonly number[]; energy: number }[]): string {
  const sum = atoms.reduce((total, { energy }) => total + energy, 0);
  const index = (k: number) => String(k + 1).padStart(6);
  const rows = atoms.map(({ energy }, k) => `${index(k)}   Fe    ${energy.toFixed(12)}  -44.5  -44.5    2.0    2.0`);
  const places = atoms.map(
    ({ at }, k) => `${index(k)}    Fe    ${at.map((x) => x.toFixed(5)).join('   ')}   0.0  0.0  0.0`,
  );
  const [head, tail] = OPENMX_39.split(/ {5}1 {3}Fe {4}-89.*\n.*\n/) as [string, string];
  return `${head}${rows.join('\n')}\n${tail}`
    .replace('-178.250000000000', sum.toFixed(12))
    .replace('Uele= -33.000000000000', 'Uele= -33.043200000000')
    .replace(/<coordinates\.forces\n(.*\n)+coordinates\.forces>/, () =>
      ['<coordinates.forces', `  ${atoms.length}`, ...places, 'coordinates.forces>'].join('\n'),
    );
}
