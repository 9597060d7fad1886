import { basename, dirname } from 'node:path';
import { Command, Option } from 'commander';
import { inlineExecutor } from '#compute/inlineExecutor.ts';
import { setOfRows } from '#data/atomSet.ts';
import { MemoryLedger } from '#data/buffers.ts';
import { Control } from '#data/control.ts';
import { badParameter } from '#data/errors.ts';
import { ATOM_FILE_KINDS, ATOM_FILES, type AtomFileKind } from '#pipeline/atomFiles/index.ts';
import type { Parameters } from '#pipeline/parameters.ts';
import { Session } from '#pipeline/session.ts';
import { STAGES } from '#pipeline/stages.ts';
import { writeFiles } from '../files.ts';
import { rowsOfIdFile } from '../idRows.ts';
import { openSavedRun, type SavedRun } from '../savedRun.ts';
import { Workspace } from '../workspace.ts';

interface AtomsOptions {
  readonly as: AtomFileKind;
  readonly out: string;
  readonly atoms?: string;
}

/** `grainscope atoms`: atoms with everything that is known of them, as a file for another program. */
export function atomsCommand(): Command {
  const kinds = ATOM_FILE_KINDS.map((kind) => `${kind} (${ATOM_FILES[kind].note})`).join('; ');
  return new Command('atoms')
    .description('Write atoms with all that is known of them: for OVITO, ASE, LAMMPS, chemiscope or a spreadsheet.')
    .argument('<target>', 'project file, or the folder of an earlier run')
    .addOption(new Option('--as <kind>', kinds).choices(ATOM_FILE_KINDS).makeOptionMandatory())
    .requiredOption('--out <file>', 'where to write it')
    .option('--atoms <file>', 'only these, one id a line (default: all)')
    .action(writeAtoms);
}

async function writeAtoms(target: string, { as, out, atoms }: AtomsOptions): Promise<void> {
  const finished = await bringBack(target);
  try {
    const { session, parameters } = finished;
    const { ids } = session.results.snapshot!.snapshot;
    const rows = atoms === undefined ? ids.keys() : rowsOfIdFile(atoms, ids);
    const set = setOfRows(rows, ids.length);
    if (set.count === 0) throw badParameter(`--atoms ${atoms} names no atom`);
    const name = atoms === undefined ? 'all atoms' : basename(atoms);
    const chunks = session.atomFile(as, set, name, parameters);
    writeFiles(dirname(out), [{ path: basename(out), chunks }]);
    process.stderr.write(`${set.count} atoms in ${out}\n`);
  } finally {
    finished.dispose();
  }
}

/** What was finished, in memory: a project holds it, of a folder some has to be computed again. */
async function bringBack(target: string): Promise<{ session: Session; parameters: Parameters; dispose(): void }> {
  const saved = await openSavedRun(target);
  if (saved.project) return fromProject(saved, saved.project.session);
  const workspace = await Workspace.open(target, { given: {}, inMemory: true });
  try {
    // Replica cells say nothing of single atoms.
    for (const { name } of STAGES) if (saved.found[name] && name !== 'replicas') await workspace.bringTo(name);
  } catch (thrown) {
    workspace.dispose();
    throw thrown;
  }
  return workspace;
}

function fromProject({ name, parameters }: SavedRun, state: NonNullable<SavedRun['project']>['session']) {
  const session = new Session(inlineExecutor, new MemoryLedger());
  session.restore(state, new Control(), name);
  return { session, parameters, dispose() {} };
}
