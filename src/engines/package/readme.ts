import type { EngineFacts } from '../input.ts';

/** `README.txt` of a package of calculations: what to supply, how to run, how to bring the energies back. */
export function writeReadme(engine: EngineFacts, jobCount: number, notes: readonly string[] = []): string {
  const { code, versions, partition, atomicEnergies, energyNote, command, outputs, supplies } = engine;
  const needs = [`${code} ${versions}.`, 'bash, and Python 3.6 or later without further packages.', ...supplies];
  return `${jobCount} calculations with ${code}
${'='.repeat(`${jobCount} calculations with ${code}`.length)}

Each folder of jobs/ is one cell. Only the energy of its atom 1, the centre, is wanted; jobs/0000_bulk is
the perfect crystal. The jobs do not depend on each other. Energies are divided among atoms by the
partition "${partition}": compare them only with energies of the same program and the same partition.
${paragraphs([energyNote, ...notes])}
You need
${needs.map((need) => `- ${need}`).join('\n')}

Before the first run, look at run_job.sh. It runs this line in every folder:
  ${command}
Modules, MPI and threads are set there, in that one place. The lines #SBATCH or #PBS at the top of
submit_slurm.sh and submit_pbs.sh hold time and cores. Try one job first: bash run_job.sh jobs/0000_bulk

Commands
1. Run:           bash submit_slurm.sh -k 20      (Slurm; 20 at a time)
          or      bash submit_pbs.sh              (PBS)
          or      bash run_local.sh -j 4          (this machine; 4 at a time)
          or      snakemake --cores 4 --keep-going --rerun-incomplete
2. Look:          bash status.sh
3. Again:         bash resubmit_failed.sh         (with --killed also jobs that were killed outright)
4. Collect:       python3 collect.py              (at any time; what is missing is listed)
5. Bring back:    open results.csv in Grainscope.

A job that is done has a file DONE and is never run again; to run it again all the same, remove DONE.
A job that failed has a file FAILED with the reason. Outputs of earlier attempts end in .1, .2, ...
${wrap(`${readWords(atomicEnergies, outputs)} ${REFUSED}`)}
`;
}

const REFUSED =
  'It takes no energy from a calculation that did not converge, was cut off, or whose atomic energies do not add up to ' +
  'its total; results.csv says why.';

/** collect.py looks for this file first, whatever the program. */
const BY_HAND = 'energies.extxyz';

function readWords(atomicEnergies: boolean, outputs: readonly string[]): string {
  if (atomicEnergies) return `collect.py reads ${outputs.join(' or ')}.`;
  return (
    `collect.py finds no energies of atoms in ${outputs.join(' or ')}: write those of your energy-density program to ` +
    `${BY_HAND} in the folder of each job, an extended XYZ of all atoms of the cell with a column atomic_energy ` +
    'in eV (Properties=species:S:1:pos:R:3:atomic_energy:R:1) and, for the check, energy=TOTAL in its comment.'
  );
}

const WIDTH = 105;

function paragraphs(texts: readonly string[]): string {
  return texts.map((text) => `\n${wrap(text)}\n`).join('');
}

function wrap(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join('\n');
}
