import { proxy } from 'comlink';
import type { JobInspection } from '#campaign/inspectCell.ts';
import type { AtomSet } from '#data/atomSet.ts';
import { sharedMemoryAvailable } from '#data/buffers.ts';
import { Control, type Progress } from '#data/control.ts';
import { type Failure, Refusal } from '#data/errors.ts';
import type { AtomFileKind } from '#pipeline/atomFiles/index.ts';
import type { CalculationRequest } from '#pipeline/calculationRequest.ts';
import type { PackageKind } from '#pipeline/outputFiles.ts';
import type { Parameters, StageName } from '#pipeline/parameters.ts';
import type { StageReply } from '#pipeline/summaries.ts';
import type { ReplicaSweep } from '#pipeline/sweepReplicas.ts';
import type { ByteInput, ConductorApi, FolderInput, MeasuredColumn, Reply, StageInput } from './conductorApi.ts';
import type { ListedProject, PageProject, RestoredProject } from './keeper.ts';
import { type LivingWorker, livingWorker, type Remote } from './livingWorker.ts';
import { Silence } from './silence.ts';

/** Work on its way, a stage unless said. `reply` rejects with a `Refusal` for every expected failure, cancel included. */
export interface Job<T = StageReply> {
  readonly reply: Promise<T>;
  progress(): Progress;
  cancel(): void;
  /** Threads stand still for a moment, until they are released; without shared memory they cannot be told to. */
  hold(): void;
  release(): void;
}

/** A tenth of a millisecond each. */
const FILES_AT_ONCE = 100;
/** Serial parts look at the cancel flag every few ms; the session goes with a conductor that is ended. */
const CANCEL_PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 200;

/**
 * How long a conductor may take to start its threads, which takes a tenth of a second. In Firefox one in some thirty never
 * comes back from starting a worker within a worker; nothing says so, and it hears nothing any more.
 */
const START_PATIENCE_MS = 2500;
const MOST_STARTS = 4;

type Conductor = Remote<ConductorApi>;

/**
 * The page's side of the conductor: the only worker the main thread talks to. One that dies takes its session with it;
 * every call on its way rejects, another is started at once, and whoever shows results hears of it.
 */
export class ComputeClient {
  #living!: LivingWorker<ConductorApi>;
  /** Of a conductor that has answered. One that dies before that would do so again. */
  #threads: number | null = null;
  /** A conductor that comes later has to be told again. */
  readonly #potentials = new Map<string, string>();
  /** A new conductor answers calls in place of one that died, and knows of no snapshot yet. */
  onRevive: (failure: Failure) => void = () => {};

  constructor() {
    this.#start();
  }

  /**
   * Tell the conductor how many threads to start. One that runs but does not answer is replaced.
   * @throws Refusal (`worker-died`) where none answers.
   */
  async configure(threads: number): Promise<{ sharedMemory: boolean; threads: number }> {
    for (let starts = 1; starts < MOST_STARTS; starts++) {
      const { started, end } = this.#living;
      const platform = await inTime(this.#configure(threads), started, START_PATIENCE_MS);
      if (platform) return platform;
      end();
      this.#start();
    }
    const { started, giveUp } = this.#living;
    const answer = this.#configure(threads);
    if (!(await inTime(answer, started, START_PATIENCE_MS))) giveUp('it did not answer');
    return answer;
  }

  async #configure(threads: number): Promise<{ sharedMemory: boolean; threads: number }> {
    const { api, settle } = this.#living;
    const platform = await settle(api.configure(threads));
    this.#threads = threads;
    return platform;
  }

  start(stage: StageName, parameters: Parameters, input?: StageInput): Job {
    return this.#job(async (api, words, report) => {
      if (input && 'files' in input) await handOverFiles(api, input);
      const sent = input && ('files' in input ? { name: input.name } : input);
      return api.run(stage, parameters, sent ?? null, words, report);
    });
  }

  findNetwork(): Job<MeasuredColumn> {
    return this.#job((api, words, report) => api.findNetwork(words, report));
  }

  /** Distance of every atom from the nearest one that is not BCC. */
  measureBoundary(): Job<MeasuredColumn> {
    return this.#job((api, words, report) => api.measureBoundary(words, report));
  }

  /** Energy of every atom in place by the potential of the parameters. */
  energiesInPlace(parameters: Parameters): Job<MeasuredColumn> {
    return this.#job((api, words, report) => api.energiesInPlace(parameters, words, report));
  }

  /** Energies of the picks in cells of many sizes against those in place. */
  sweepReplicas(parameters: Parameters): Job<ReplicaSweep> {
    return this.#job((api, words, report) => api.sweepReplicas(parameters, words, report));
  }

  /** Hand over the text of a potential file, to which parameters then refer. */
  async providePotential(sha256: string, text: string): Promise<void> {
    this.#potentials.set(sha256, text);
    await this.#ask((api) => api.providePotential(sha256, text));
  }

  /** Hand over a long list of atoms, to which parameters then refer. */
  async provideIds(sha256: string, ids: Uint32Array): Promise<void> {
    await this.#ask((api) => api.provideIds(sha256, ids));
  }

  /** The atoms of a set as one file. */
  atomFile(kind: AtomFileKind, set: AtomSet, name: string, parameters: Parameters): Promise<Blob> {
    return this.#ask((api) => api.atomFile(kind, set, name, parameters));
  }

  /** The files of a package as one zip. */
  pack(kind: PackageKind, parameters: Parameters): Promise<Blob> {
    return this.#ask((api) => api.pack(kind, parameters));
  }

  /** A package of calculations with one program as one zip. */
  packCalculations(request: CalculationRequest, parameters: Parameters): Promise<Blob> {
    return this.#ask((api) => api.packCalculations(request, parameters));
  }

  /** A job of the replica cells, by its rank. */
  inspectJob(rank: number, parameters: Parameters): Promise<JobInspection> {
    return this.#ask((api) => api.inspectJob(rank, parameters));
  }

  /** The projects that this browser keeps, the last saved first. */
  projects(): Promise<readonly ListedProject[]> {
    return this.#ask((api) => api.projects());
  }

  async removeProject(id: string): Promise<void> {
    await this.#ask((api) => api.removeProject(id));
  }

  /** Keep what was finished and what the page says; the id of the project, or null where there is none yet. */
  keep(said: PageProject): Promise<string | null> {
    return this.#ask((api) => api.keep(said));
  }

  /** Take up a project, kept (by its id) or in a file, in place of what is there. */
  restore(from: string | ByteInput): Job<RestoredProject> {
    return this.#job((api, words, report) => api.restore(from, words, report));
  }

  /** The project as one file. */
  projectFile(said: PageProject): Promise<Blob> {
    return this.#ask((api) => api.projectFile(said));
  }

  #job<T>(call: (api: Conductor, words: Int32Array | null, report: Report | null) => Promise<Reply<T>>): Job<T> {
    const shared = sharedMemoryAvailable();
    const control = shared ? Control.shared() : new Control();
    const { api, giveUp } = this.#living;
    let reported = control.progress;
    const report = shared ? null : reporter((progress) => (reported = progress));
    const reply = this.#ask(() => call(api, shared ? control.words : null, report));
    return {
      reply,
      progress: () => (shared ? control.progress : reported),
      cancel: () => {
        control.cancel();
        if (shared) giveUpSilent(reply, control, giveUp);
        else void api.cancel();
      },
      hold: () => control.hold(),
      release: () => control.release(),
    };
  }

  /** Whatever it takes, it is asked of one conductor: the next one knows nothing of what was said before. */
  async #ask<T>(call: (api: Conductor) => Promise<Reply<T>>): Promise<T> {
    const { api, settle } = this.#living;
    const reply = await settle(call(api));
    if (reply.ok) return reply.value;
    throw new Refusal(reply.failure);
  }

  #start(): void {
    const start = (name: string) =>
      new Worker(new URL('../../workers/conductor.worker.ts', import.meta.url), { type: 'module', name });
    this.#living = livingWorker<ConductorApi>(start, {
      words: (reason) =>
        this.#threads === null
          ? `The compute worker died (${reason}). Reload the page`
          : `The compute worker died (${reason}). Run the step again`,
      onDeath: (failure) => this.#revive(failure),
    });
  }

  #revive(failure: Failure): void {
    const threads = this.#threads;
    if (threads === null) return;
    this.#threads = null;
    this.#start();
    // Messages keep their order: what is asked for from now on is answered after these.
    const told = [
      this.#configure(threads),
      ...[...this.#potentials].map(([sha256, text]) => this.#ask((api) => api.providePotential(sha256, text))),
    ];
    // Where this one dies too, the next call says so.
    Promise.all(told).catch(() => {});
    this.onRevive(failure);
  }
}

type Report = ReturnType<typeof reporter>;

function reporter(hear: (progress: Progress) => void) {
  return proxy(hear);
}

/** A conductor that neither answers a cancel nor gives a sign of life would keep its page busy for ever. */
function giveUpSilent(reply: Promise<unknown>, control: Control, giveUp: (reason: string) => void): void {
  const silence = new Silence();
  const timer = setInterval(() => {
    if (silence.look(control.beat, performance.now()) < CANCEL_PATIENCE_MS) return;
    clearInterval(timer);
    giveUp('it did not answer a cancel');
  }, LOOK_EVERY_MS);
  const stop = () => clearInterval(timer);
  reply.then(stop, stop);
}

/** The browser asks for each file on the disk when it is sent: a thousand at once would hold the page up. */
async function handOverFiles(api: Conductor, { files }: FolderInput): Promise<void> {
  for (let from = 0; from === 0 || from < files.length; from += FILES_AT_ONCE) {
    await api.handOver(files.slice(from, from + FILES_AT_ONCE), from === 0);
  }
}

/** What is promised, or null where it does not come within some time after the start. */
async function inTime<T>(promise: Promise<T>, start: Promise<void>, milliseconds: number): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let over = false;
  const late = start.then(
    () =>
      new Promise<null>((resolve) => {
        if (!over) timer = setTimeout(() => resolve(null), milliseconds);
      }),
  );
  try {
    return await Promise.race([promise, late]);
  } finally {
    over = true;
    clearTimeout(timer);
  }
}
