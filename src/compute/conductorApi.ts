import type { JobInspection } from '#campaign/inspectCell.ts';
import type { AtomSet } from '#data/atomSet.ts';
import { MemoryLedger, sharedMemoryAvailable } from '#data/buffers.ts';
import type { Column } from '#data/column.ts';
import { Control, type Progress } from '#data/control.ts';
import { type Failure, Refusal, toFailure } from '#data/errors.ts';
import { blobSource, type StageSource } from '#formats/format.ts';
import type { AtomFileKind } from '#pipeline/atomFiles/index.ts';
import { calculationPackage } from '#pipeline/calculationPackage.ts';
import type { CalculationRequest } from '#pipeline/calculationRequest.ts';
import type { Executor } from '#pipeline/executor.ts';
import { inspectJob } from '#pipeline/inspectJob.ts';
import type { PackageKind } from '#pipeline/outputFiles.ts';
import type { Parameters, StageName } from '#pipeline/parameters.ts';
import { Session } from '#pipeline/session.ts';
import type { StageReply } from '#pipeline/summaries.ts';
import type { ReplicaSweep } from '#pipeline/sweepReplicas.ts';
import { inlineExecutor } from './inlineExecutor.ts';
import { Keeper, type ListedProject, type PageProject, type RestoredProject } from './keeper.ts';
import { spawnWebThread } from './webThread.ts';
import { WorkerPool } from './workerPool.ts';
import { zipFiles } from './zip.ts';

/** A file from outside: a `File` of the user, or the embedded sample. */
export interface ByteInput {
  readonly name: string;
  readonly blob: Blob;
}

/** Files that belong together: a folder of the user, or several that were chosen at once. */
export interface FolderInput {
  readonly name: string;
  readonly files: readonly FileInFolder[];
}

export interface FileInFolder {
  readonly path: string;
  readonly blob: Blob;
}

export type StageInput = ByteInput | FolderInput;

/** What goes with the call of a stage: a folder's files went before, some at a time. */
export type SentInput = ByteInput | Pick<FolderInput, 'name'>;

/** Files of the folder that the next stage is to read. */
let handedOver: FileInFolder[] = [];

function sourceOf(input: SentInput): StageSource {
  if ('blob' in input) return blobSource(input.blob, input.name);
  const { name } = input;
  const files = handedOver;
  handedOver = [];
  return { name, files: files.map(({ path, blob }) => ({ path, source: blobSource(blob, path) })) };
}

/** Comlink drops the fields of errors, so an expected failure travels as a value. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

type Report = (progress: Progress) => void;

/** A column that belongs to no stage of its own, and the bytes that the session holds with it. */
export interface MeasuredColumn {
  readonly column: Column;
  readonly memoryBytes: number;
}

let executor: Executor = inlineExecutor;
let session = new Session(executor, new MemoryLedger());
const keeper = new Keeper();
/** The stage that runs. Without shared memory the page cannot reach its control block, and a cancel is a message. */
let running: Control | null = null;

const REPORT_EVERY_MS = 100;

async function settle<T>(work: () => Promise<T>): Promise<Reply<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (thrown) {
    return { ok: false, failure: toFailure(thrown) };
  }
}

/** Work that the page can watch and cancel. */
function controlled<T>(
  words: Int32Array | null,
  report: Report | null,
  work: (control: Control) => Promise<T>,
): Promise<Reply<T>> {
  const control = words ? new Control(words) : new Control();
  const timer = report ? setInterval(() => report(control.progress), REPORT_EVERY_MS) : undefined;
  running = control;
  return settle(() => work(control)).finally(() => {
    clearInterval(timer);
    running = null;
  });
}

/** A column that no stage of the method makes, and what the session then holds. */
function measured(
  words: Int32Array | null,
  report: Report | null,
  measure: (control: Control) => Promise<Column>,
): Promise<Reply<MeasuredColumn>> {
  return controlled(words, report, async (control) => {
    const column = await measure(control);
    return { column, memoryBytes: session.memory.bytes };
  });
}

/**
 * What the page's one conductor exposes. It holds the session, runs the serial parts itself and hands the parallel
 * parts to the pool; only small plain data and shared arrays pass between it and the page.
 */
export const conductorApi = {
  configure(threads: number): { sharedMemory: boolean; threads: number } {
    const sharedMemory = sharedMemoryAvailable();
    if (sharedMemory) {
      const pool = new WorkerPool(threads, spawnWebThread);
      // Where this never returns (see the client), nothing is lost yet.
      pool.start();
      executor = pool;
    } else {
      executor = inlineExecutor;
    }
    session = new Session(executor, new MemoryLedger());
    return { sharedMemory, threads: executor.threads };
  },

  run(
    stage: StageName,
    parameters: Parameters,
    input: SentInput | null,
    controlWords: Int32Array | null,
    report: Report | null,
  ): Promise<Reply<StageReply>> {
    const source = input ? sourceOf(input) : undefined;
    return controlled(controlWords, report, (control) => session.run(stage, parameters, control, source));
  },

  /** Some files of the folder that the next stage reads. */
  handOver(files: readonly FileInFolder[], first: boolean): void {
    handedOver = first ? [...files] : [...handedOver, ...files];
  },

  /** The boundary network, which is no stage of the method. */
  findNetwork(controlWords: Int32Array | null, report: Report | null): Promise<Reply<MeasuredColumn>> {
    return measured(controlWords, report, (control) => session.findNetwork(control));
  },

  /** Distance of every atom from the nearest one that is not BCC. */
  measureBoundary(controlWords: Int32Array | null, report: Report | null): Promise<Reply<MeasuredColumn>> {
    return measured(controlWords, report, (control) => session.measureBoundary(control));
  },

  /** Energy of every atom in place by the potential of the parameters. */
  energiesInPlace(
    parameters: Parameters,
    controlWords: Int32Array | null,
    report: Report | null,
  ): Promise<Reply<MeasuredColumn>> {
    return measured(controlWords, report, (control) => session.energiesInPlace(parameters, control));
  },

  /** Energies of the picks in cells of many sizes against those in place. */
  sweepReplicas(
    parameters: Parameters,
    controlWords: Int32Array | null,
    report: Report | null,
  ): Promise<Reply<ReplicaSweep>> {
    return controlled(controlWords, report, (control) => session.sweepReplicas(parameters, control));
  },

  /** Keep the text of a potential file for the parameters that refer to it. */
  providePotential(sha256: string, text: string): Promise<Reply<null>> {
    return settle(async () => {
      session.providePotential(sha256, text);
      return null;
    });
  },

  /** Keep a long list of atoms for the parameters that refer to it. */
  provideIds(sha256: string, ids: Uint32Array): Promise<Reply<null>> {
    return settle(async () => {
      session.provideIds(sha256, ids);
      return null;
    });
  },

  /** The atoms of a set as one file. */
  atomFile(kind: AtomFileKind, set: AtomSet, name: string, parameters: Parameters): Promise<Reply<Blob>> {
    return settle(async () => new Blob([...session.atomFile(kind, set, name, parameters)], { type: 'text/plain' }));
  },

  /** All files of a package as one zip. */
  pack(kind: PackageKind, parameters: Parameters): Promise<Reply<Blob>> {
    return settle(() => zipFiles(session.files(kind, parameters)));
  },

  /** A package of calculations with one program as one zip. */
  packCalculations(request: CalculationRequest, parameters: Parameters): Promise<Reply<Blob>> {
    return settle(() =>
      zipFiles(calculationPackage(session.finished(parameters), request, { memory: session.memory })),
    );
  },

  /** A job of the replica cells, by its rank. */
  inspectJob(rank: number, parameters: Parameters): Promise<Reply<JobInspection>> {
    return settle(async () => inspectJob(session.finished(parameters).results, parameters, rank));
  },

  /** The projects that this browser keeps. */
  projects(): Promise<Reply<readonly ListedProject[]>> {
    return settle(() => keeper.list());
  },

  removeProject(id: string): Promise<Reply<null>> {
    return settle(async () => {
      await keeper.remove(id);
      return null;
    });
  },

  /** Keep what was finished and what the page says; the id of the project, or null where there is none yet. */
  keep(said: PageProject): Promise<Reply<string | null>> {
    return settle(() => keeper.save(session, said));
  },

  /** Take up a project, kept or in a file, in place of what is there. */
  restore(
    from: string | ByteInput,
    controlWords: Int32Array | null,
    report: Report | null,
  ): Promise<Reply<RestoredProject>> {
    return controlled(controlWords, report, (control) =>
      typeof from === 'string'
        ? keeper.restore(from, session, control)
        : keeper.open(from.blob, from.name, session, control),
    );
  },

  /** The project as one file. */
  projectFile(said: PageProject): Promise<Reply<Blob>> {
    return settle(async () => {
      const file = await keeper.file(session, said, executor.threads);
      if (file) return file;
      throw new Refusal({ tag: 'not-ready', message: 'Nothing to save: open a snapshot first' });
    });
  },

  cancel(): void {
    running?.cancel();
  },
};
export type ConductorApi = typeof conductorApi;
