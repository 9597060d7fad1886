import type { InputParameter } from './input.ts';

/** The paper's cut-off for the valence wave function, 40 Ry. */
export const CUTOFF: InputParameter = {
  kind: 'number',
  key: 'cutoff',
  label: 'plane-wave cut-off',
  unit: 'eV',
  default: 544,
  above: 0,
  help: 'Of the wave functions. 544 eV is 40 Ry.',
};

/** 0.4 gives 2 x 2 x 2 points for any edge from 7.9 to 15.7 Å, so for the 10 Å cell and the bulk cell alike. */
export const K_SPACING: InputParameter = {
  kind: 'number',
  key: 'kSpacing',
  label: 'spacing of k-points',
  unit: '1/Å',
  default: 0.4,
  above: 0,
  help: 'Largest distance of mesh points with the factor 2π, as KSPACING of VASP. Counts are rounded up: 2 x 2 x 2 for 10 Å.',
};

export const SMEARING_WIDTH: InputParameter = {
  kind: 'number',
  key: 'smearing',
  label: 'smearing width',
  unit: 'eV',
  default: 0.2,
  above: 0,
  help: 'Methfessel-Paxton of first order.',
};

/** @param moment Of Fe; calculations start above the moment they end with. */
export function momentParameter(moment: number): InputParameter {
  return {
    kind: 'elements',
    key: 'moment',
    label: 'initial magnetic moments',
    default: `Fe=${moment}`,
    help: 'In Bohr magnetons an atom. Elements that are not named start without one.',
  };
}

export function fermiTemperature(kelvin: number): InputParameter {
  return {
    kind: 'number',
    key: 'temperature',
    label: 'electronic temperature',
    unit: 'K',
    default: kelvin,
    above: 0,
    help: 'Fermi-Dirac smearing. 1000 K is 0.086 eV.',
  };
}
