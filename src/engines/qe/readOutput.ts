import { badInput } from '#data/errors.ts';
import type { OutputReader } from '../calculation.ts';

/** Known only to say why it cannot be used. */
export const qe: OutputReader = {
  code: 'Quantum ESPRESSO',
  recognises: (head) => /Program PWSCF/.test(head),
  read(_text, file) {
    const message =
      'pw.x prints the energy of the whole cell only: energies of atoms need a code with an energy density or a ' +
      'decomposition, such as CP2K or OpenMX';
    throw badInput({ file, message });
  },
};
