import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { badParameter } from '#data/errors.ts';
import { writeStructureExtxyz } from '#formats/extxyz/write.ts';
import type { Structure } from '#formats/format.ts';
import type { EngineFacts } from '../input.ts';
import { type JobRecord, PACKAGE_SCHEMA, type PackageManifest } from './manifest.ts';
import { writeReadme } from './readme.ts';
import { SCRIPTS, writeScripts } from './scripts.ts';

/** A file of the package, with forward slashes, relative to its root. */
export interface PackageFile {
  readonly path: string;
  readonly text: string;
  /** A script: mode 755 where files have modes. */
  readonly executable?: boolean;
}

/** A cell to calculate. */
export interface PackageJob {
  readonly rank: number;
  /** Snapshot id of the centre; 0 for the bulk cell. */
  readonly id: number;
  readonly role: string;
  /** The centre is atom 1. */
  readonly structure: Structure;
  /** Input files of the engine, by their name in the job's directory. */
  readonly inputs: readonly { readonly path: string; readonly text: string }[];
}

export interface PackageRequest {
  readonly engine: EngineFacts;
  readonly snapshot: PackageManifest['snapshot'];
  readonly settings: PackageManifest['settings'];
  /** Files that all jobs refer to as `../../NAME`: a potential. */
  readonly shared?: readonly PackageFile[];
  /** What the README says besides, a sentence each. */
  readonly notes?: readonly string[];
  /** In the order of the package, the bulk cell (rank 0) first. Gone through once. */
  readonly jobs: Iterable<PackageJob>;
}

const RANK_DIGITS = 4;
const STRUCTURE = 'structure.extxyz';
/** What the scripts write beside the inputs. */
const MARKS: readonly string[] = ['DONE', 'FAILED', 'RUNNING', STRUCTURE];

/** What lies in the package beside scripts and jobs, or comes to lie there. */
const OWN: readonly string[] = ['jobs', 'jobs.txt', 'manifest.json', 'README.txt', 'results.csv', 'results.extxyz'];

/** A file name that shell, Python and every file system take as it is. */
function isPlainName(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_.+-]*$/.test(name);
}

/** `jobs/0000_bulk`, `jobs/0001_id483921`. */
export function jobDirectory(rank: number, id: number): string {
  return `jobs/${String(rank).padStart(RANK_DIGITS, '0')}_${rank === 0 ? 'bulk' : `id${id}`}`;
}

/**
 * The files of a package of calculations that runs on any cluster with nothing installed, one after the other: the
 * shared files, the jobs, then scripts, `jobs.txt`, `manifest.json` and `README.txt`. Of each cell only its record stays in memory.
 * @throws Refusal (`bad-parameter`) for two jobs in one directory and for file names that a shell would stumble over.
 */
export function packageFiles(request: PackageRequest): Generator<PackageFile> {
  checkEngine(request.engine);
  checkShared(request.shared ?? []);
  return makeFiles(request);
}

function* makeFiles(request: PackageRequest): Generator<PackageFile> {
  const { engine, snapshot, settings, shared = [], notes = [], jobs } = request;
  yield* shared;
  const records: JobRecord[] = [];
  const taken = new Set<string>();
  for (const job of jobs) {
    const directory = jobDirectory(job.rank, job.id);
    if (taken.has(directory)) throw badParameter(`Two jobs would both lie in ${directory}`);
    taken.add(directory);
    const files = [...job.inputs, { path: STRUCTURE, text: writeStructureExtxyz(job.structure) }];
    checkInputs(directory, job, engine);
    for (const { path, text } of files) yield { path: `${directory}/${path}`, text };
    records.push({
      rank: job.rank,
      id: job.id,
      role: job.role,
      directory,
      natoms: job.structure.species.length,
      cell: [...job.structure.cell.vectors],
      inputs: Object.fromEntries(files.map(({ path, text }) => [path, bytesToHex(sha256(utf8ToBytes(text)))])),
    });
  }
  yield* writeScripts(engine);
  yield { path: 'jobs.txt', text: records.map(({ directory }) => `${directory}\n`).join('') };
  const { code, partition, atomicEnergies, command, outputs } = engine;
  const manifest: PackageManifest = {
    schema: PACKAGE_SCHEMA,
    snapshot,
    engine: { code, partition, atomicEnergies, command, outputs },
    settings,
    jobs: records,
  };
  yield { path: 'manifest.json', text: `${JSON.stringify(manifest, null, 2)}\n` };
  yield { path: 'README.txt', text: writeReadme(engine, records.length, notes) };
}

function checkEngine({ command, outputs }: EngineFacts): void {
  if (/[\r\n]/.test(command) || command.trim() === '') throw badParameter('The run command must be one line');
  const odd = outputs.find((name) => !isPlainName(name));
  if (odd !== undefined) throw badParameter(`An output file may not be named ${JSON.stringify(odd)}`);
}

function checkShared(shared: readonly PackageFile[]): void {
  const names = new Set([...OWN, ...SCRIPTS]);
  for (const { path } of shared) {
    if (!isPlainName(path)) throw badParameter(`A file of the package may not be named ${JSON.stringify(path)}`);
    if (names.has(path)) throw badParameter(`The package has a file ${path} of its own: rename yours`);
  }
}

function checkInputs(directory: string, { inputs }: PackageJob, { outputs }: EngineFacts): void {
  const names = new Set<string>([...MARKS, ...outputs]);
  for (const { path } of inputs) {
    if (!isPlainName(path)) throw badParameter(`An input file may not be named ${JSON.stringify(path)}`);
    if (names.has(path)) throw badParameter(`${directory} would have two files named ${path}`);
    names.add(path);
  }
}
