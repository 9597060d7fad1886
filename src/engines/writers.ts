import type { Structure } from '#formats/format.ts';
import { cp2kWriter } from './cp2k/writeInput.ts';
import type { InputFile, InputSettings, InputWriter } from './input.ts';
import { lammpsWriter } from './lammps/writeInput.ts';
import { openmxWriter } from './openmx/writeInput.ts';
import { qeWriter } from './qe/writeInput.ts';
import { vaspWriter } from './vasp/writeInput.ts';

/** Every code that inputs are written for; those that divide the energy among atoms first. */
export const INPUT_WRITERS = [
  cp2kWriter,
  openmxWriter,
  lammpsWriter,
  vaspWriter,
  qeWriter,
] as const satisfies readonly InputWriter[];

/** What a package would hold for this cell: the same files. */
export function previewInput(writer: InputWriter, structure: Structure, settings?: InputSettings): InputFile[] {
  return writer.write(structure, settings);
}
