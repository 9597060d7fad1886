import { writeLammpsData } from '#formats/lammpsData/write.ts';
import { defineWriter } from '../defineWriter.ts';
import { CELL_PLACEHOLDERS } from '../placeholders.ts';
import { pairStyleOf } from './pairStyle.ts';
import { IN_REPLICA } from './template.ts';

export const lammpsWriter = defineWriter({
  id: 'lammps',
  code: 'LAMMPS',
  versions: 'of 2020 or later',
  partition: 'classical',
  atomicEnergies: true,
  energyNote: 'The energies are those of a classical potential: good to try the whole way with, no substitute for DFT.',
  parameters: [
    {
      kind: 'text',
      key: 'potential',
      label: 'potential file',
      default: '../../Fe_mm.eam.fs',
      help: 'As seen from the folder of a cell, or a name that LAMMPS finds by LAMMPS_POTENTIALS.',
    },
    {
      kind: 'text',
      key: 'pairStyle',
      label: 'pair style',
      default: '',
      help: 'Empty: by the name of the potential file.',
    },
  ],
  carries: 'potential',
  templates: [{ file: 'in.replica', text: IN_REPLICA }],
  placeholders: [
    ...CELL_PLACEHOLDERS,
    {
      name: 'pairStyle',
      description: 'pair style, set or by the name of the potential file',
      value: ({ settings }) => settings.text('pairStyle') || pairStyleOf(settings.text('potential')),
    },
    {
      name: 'potential',
      description: 'potential file, in quotation marks where its name has blanks',
      value: ({ settings }) => settings.text('potential').replace(/^.*\s.*$/, '"$&"'),
    },
  ],
  whole: { 'cell.data': ({ structure }) => writeLammpsData(structure) },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell fills it in.
  command: '${LMP:-lmp} -in in.replica -log log.lammps -screen none',
  outputs: ['all.dump', 'centre.dump'],
  supplies: [],
});
