import { badInput } from '#data/errors.ts';
import type { OutputReader } from '../calculation.ts';

/** Known only to say why it cannot be used. */
export const vasp: OutputReader = {
  code: 'VASP',
  recognises: (head) => /^\s*vasp\.\d/m.test(head),
  read(_text, file) {
    const message =
      'VASP prints the energy of the whole cell only: energies of atoms need its energy density patch, whose ' +
      'integrals come in as a table';
    throw badInput({ file, message });
  },
};
