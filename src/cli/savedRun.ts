import { existsSync, openAsBlob, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { MemoryLedger } from '#data/buffers.ts';
import { badInput } from '#data/errors.ts';
import type { ByteSource } from '#formats/format.ts';
import { blobSource } from '#formats/format.ts';
import { defaultParameters, type Parameters } from '#pipeline/parameters.ts';
import { STAGES } from '#pipeline/stages.ts';
import type { Found } from '#project/compareRuns.ts';
import type { Project } from '#project/project.ts';
import { openProjectFile, PROJECT_EXTENSION } from '#project/projectFile.ts';
import { fileSource } from './files.ts';
import { namedInputs } from './namedInputs.ts';
import { readManifest } from './restore.ts';

/** What somebody computed and saved: a project in one file, or the folder of a run of the command line. */
export interface SavedRun {
  readonly name: string;
  readonly parameters: Parameters;
  readonly found: Found;
  readonly milliseconds: Readonly<Record<string, number>>;
  readonly snapshot: { readonly name: string; readonly sha256: string };
  /** With the atoms in it; null for a folder, which only names its snapshot. */
  readonly project: Project | null;
  /** Where the snapshot's file may lie. */
  readonly places: readonly string[];
  /** The table that its energies came from; null where they came from elsewhere, or there are none. */
  readonly energies: ByteSource | null;
  readonly lists: ReadonlyMap<string, Uint32Array>;
  readonly potentials: ReadonlyMap<string, string>;
}

/** @throws Refusal where `target` is neither, or cannot be read whole. */
export async function openSavedRun(target: string): Promise<SavedRun> {
  const stats = statSync(target, { throwIfNoEntry: false });
  if (!stats) throw badInput({ file: target, message: 'there is no such file or folder' });
  return stats.isDirectory() ? ofFolder(target) : ofProject(target);
}

async function ofProject(path: string): Promise<SavedRun> {
  if (!path.toLowerCase().endsWith(PROJECT_EXTENSION)) {
    throw badInput({ file: path, expected: `a project (${PROJECT_EXTENSION}) or the folder of a run` });
  }
  const project = await openProjectFile(await openAsBlob(path), basename(path), new MemoryLedger());
  const { results, records, lists, potentials } = project.session;
  const table = results.energies?.table;
  return {
    name: path,
    parameters: project.parameters,
    found: Object.fromEntries(records.map(({ stage, summary }) => [stage, summary])),
    milliseconds: Object.fromEntries(records.map(({ stage, milliseconds }) => [stage, milliseconds])),
    snapshot: results.snapshot.snapshot.source,
    project,
    places: [],
    energies: table ? blobSource(new Blob([table.text]), table.name) : null,
    lists,
    potentials,
  };
}

function ofFolder(folder: string): SavedRun {
  const manifest = readManifest(folder);
  const { parameters, lists, potentials } = namedInputs({ ...defaultParameters(), ...manifest.parameters }, folder);
  const stages = STAGES.flatMap(({ name }) => (manifest.stages[name] ? [[name, manifest.stages[name]] as const] : []));
  const { name, path, relativePath, sha256 } = manifest.snapshot;
  const table = join(folder, 'energies.csv');
  return {
    name: folder,
    parameters,
    found: Object.fromEntries(stages.map(([stage, { summary }]) => [stage, summary])),
    milliseconds: Object.fromEntries(stages.map(([stage, { milliseconds }]) => [stage, milliseconds])),
    snapshot: { name, sha256 },
    project: null,
    places: [resolve(folder, relativePath ?? ''), path ?? '', join(resolve(folder, '..'), name)],
    energies: existsSync(table) ? fileSource(table) : null,
    lists,
    potentials,
  };
}
