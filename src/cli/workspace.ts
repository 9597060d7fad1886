import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { WorkerPool } from '#compute/workerPool.ts';
import { MemoryLedger } from '#data/buffers.ts';
import { Control } from '#data/control.ts';
import { badInput, badParameter } from '#data/errors.ts';
import type { StageSource } from '#formats/format.ts';
import { CHUNKS, type Context } from '#pipeline/executor.ts';
import { FILES_OF_STAGE } from '#pipeline/outputFiles.ts';
import { defaultParameters, type Parameters, type StageName } from '#pipeline/parameters.ts';
import { Session } from '#pipeline/session.ts';
import { stageOf } from '#pipeline/stages.ts';
import { fileSource, pathSource, writeFiles } from './files.ts';
import { type NamedInputs, namedInputs } from './namedInputs.ts';
import { spawnNodeThread } from './nodeThread.ts';
import { withProgress } from './progress.ts';
import { readManifest, rememberStages, restoreStages } from './restore.ts';

/** Arrays may take what the machine or its container has, less a tenth: the ledger has to speak before the system does. */
function memoryBudget(): number {
  // Without a limit this is 0, or more than any machine has.
  const limit = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  return 0.9 * Math.min(totalmem(), limit);
}

export interface WorkspaceOptions {
  readonly out?: string;
  /** A snapshot may do without a folder: its results are not saved. */
  readonly onlyRead?: boolean;
  /** Results are wanted in memory: that their files lie in the folder is not enough. Not to be saved there. */
  readonly inMemory?: boolean;
  readonly threads?: number;
  readonly given: Partial<Parameters>;
}

/** One run of the command line: a session, the folder its results go to, and where its inputs come from. */
export class Workspace {
  readonly session: Session;
  readonly control = Control.shared();
  readonly folder: string;
  readonly parameters: Parameters;
  /** True for the folder of an earlier run. */
  readonly continued: boolean;
  readonly #pool: WorkerPool;
  readonly #sources: Partial<Record<StageName, StageSource>>;
  readonly #snapshotPath: string;

  private constructor(
    options: NamedInputs & { folder: string; snapshotPath: string; threads: number; continued?: boolean },
  ) {
    this.folder = options.folder;
    this.continued = options.continued ?? false;
    this.parameters = options.parameters;
    this.#snapshotPath = options.snapshotPath;
    this.#sources = { snapshot: fileSource(options.snapshotPath) };
    this.#pool = new WorkerPool(options.threads, spawnNodeThread);
    this.session = new Session(this.#pool, new MemoryLedger({ budgetBytes: memoryBudget() }));
    for (const [sha256, ids] of options.lists) this.session.provideIds(sha256, ids);
    for (const [sha256, text] of options.potentials) this.session.providePotential(sha256, text);
    process.once('SIGINT', () => this.control.cancel());
  }

  /**
   * Start in a new folder from a snapshot file, or continue in the folder of an earlier run.
   * @throws Refusal where neither is there, or the snapshot is not the one the folder was made from.
   */
  static async open(target: string, options: WorkspaceOptions): Promise<Workspace> {
    const threads = Math.min(options.threads ?? availableParallelism(), CHUNKS);
    const stats = statSync(target, { throwIfNoEntry: false });
    if (!stats) throw badInput({ file: target, message: 'there is no such file or folder' });
    if (stats.isDirectory()) return Workspace.#continue(target, threads, options);
    const named = namedInputs({ ...defaultParameters(), ...options.given });
    if (options.onlyRead) return new Workspace({ folder: '.', snapshotPath: resolve(target), ...named, threads });
    if (!options.out) throw badParameter('Where do the results go? Name a folder with --out DIR');
    if (statSync(options.out, { throwIfNoEntry: false })?.isFile()) {
      throw badParameter(`--out ${options.out} is a file: name a folder`);
    }
    mkdirSync(options.out, { recursive: true });
    return new Workspace({ folder: options.out, snapshotPath: resolve(target), ...named, threads });
  }

  static async #continue(folder: string, threads: number, options: WorkspaceOptions): Promise<Workspace> {
    const manifest = readManifest(folder);
    const { name, path, relativePath } = manifest.snapshot;
    const beside = join(dirname(resolve(folder)), name);
    const snapshotPath = [resolve(folder, relativePath ?? ''), path ?? '', beside].find((place) =>
      statSync(place, { throwIfNoEntry: false })?.isFile(),
    );
    if (!snapshotPath) {
      const places = path === undefined ? beside : `${path} nor ${beside}`;
      throw badInput({ file: join(folder, 'manifest.json'), message: `its snapshot is not at ${places}` });
    }
    const named = namedInputs({ ...defaultParameters(), ...manifest.parameters, ...options.given }, folder);
    const { parameters } = named;
    const workspace = new Workspace({
      folder: options.out ?? folder,
      snapshotPath,
      ...named,
      threads,
      continued: true,
    });
    await workspace.bringTo('snapshot');
    const sha256 = workspace.session.results.snapshot!.snapshot.source.sha256;
    if (sha256 !== manifest.snapshot.sha256) {
      throw badInput({
        file: snapshotPath,
        message: `is not the snapshot that ${folder} was made from`,
        expected: `SHA-256 ${manifest.snapshot.sha256}`,
        found: sha256,
      });
    }
    restoreStages(workspace.session, folder, manifest, parameters);
    // What lies in this folder and still fits need not be made again; elsewhere it would be missing.
    if (!options.inMemory && resolve(workspace.folder) === resolve(folder)) rememberStages(workspace.session, manifest);
    const table = join(folder, 'energies.csv');
    const byTable = parameters.labelColumn === null && parameters.potential === null;
    if (byTable && existsSync(table)) workspace.#sources.energies = fileSource(table);
    return workspace;
  }

  /** Take energies from this file when the energies stage runs. */
  takeEnergies(path: string): void {
    this.#sources.energies = pathSource(path);
    this.session.expire('energies');
  }

  /** Take descriptors from this file when the descriptor stage runs. */
  takeDescriptors(path: string): void {
    this.#sources.descriptor = fileSource(path);
    // Whether it is the matrix of an earlier run shows when it is read.
    for (const stage of ['descriptor', 'pool'] as const) this.session.expire(stage);
  }

  get hasEnergies(): boolean {
    return (
      this.#sources.energies !== undefined ||
      this.parameters.labelColumn !== null ||
      this.parameters.potential !== null ||
      this.session.results.energies !== undefined
    );
  }

  /** Bring a stage up to date, with a bar on standard error. */
  async bringTo(stage: StageName): Promise<void> {
    let current = stage;
    await withProgress(
      this.control,
      () => stageOf(current).title.padEnd(10),
      () =>
        this.session.bringTo(stage, this.parameters, this.control, this.#sources, (next) => {
          current = next;
        }),
    );
  }

  /** Write everything that is finished into the folder. */
  save(): void {
    const path = this.#snapshotPath;
    const place = { path, relativePath: relative(resolve(this.folder), path) };
    const written = writeFiles(this.folder, this.session.files('results', this.parameters, place));
    for (const [stage, files] of Object.entries(FILES_OF_STAGE) as [StageName, RegExp][]) {
      // A stage that fits and was not computed again has its files from an earlier run.
      if (this.session.fits(stage, this.parameters) && !this.session.results[stage]) continue;
      const stale = readdirSync(this.folder).filter((file) => files.test(file) && !written.has(file));
      for (const file of stale) rmSync(join(this.folder, file));
    }
    if (written.has('jobs.csv')) this.#warnOfLeftovers(written);
  }

  /** Cells of an earlier selection stay, since calculations may lie in them; jobs.csv does not name them. */
  #warnOfLeftovers(written: ReadonlySet<string>): void {
    const folders = readdirSync(join(this.folder, 'replicas'));
    const left = folders.filter((name) => !written.has(`replicas/${name}/POSCAR`));
    if (left.length === 0) return;
    process.stderr.write(
      `Note: replicas/ holds ${left.length} folders of an earlier selection (${left[0]} …); jobs.csv says which count.\n`,
    );
  }

  /** For work outside the stages. */
  get context(): Context {
    return { executor: this.#pool, control: this.control, memory: this.session.memory, ...this.session.inputs };
  }

  dispose(): void {
    this.#pool.dispose();
  }
}
