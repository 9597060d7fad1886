import { proxy, type Remote, wrap } from 'comlink';
import type { JobInspection } from '#campaign/inspectCell.ts';
import type { AtomSet } from '#data/atomSet.ts';
import { sharedMemoryAvailable } from '#data/buffers.ts';
import { Control, type Progress } from '#data/control.ts';
import { type Failure, Refusal } from '#data/errors.ts';
import type { AtomFileKind } from '#pipeline/atomFiles.ts';
import type { CalculationRequest } from '#pipeline/calculationRequest.ts';
import type { PackageKind } from '#pipeline/outputFiles.ts';
import type { Parameters, StageName } from '#pipeline/parameters.ts';
import type { StageReply } from '#pipeline/summaries.ts';
import type { ReplicaSweep } from '#pipeline/sweepReplicas.ts';
import type { ConductorApi, FolderInput, MeasuredColumn, Reply, StageInput } from './conductorApi.ts';

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

/** The page's side of the conductor: the only worker the main thread talks to. */
export class ComputeClient {
  #worker!: Worker;
  #api!: Remote<ConductorApi>;
  /** Rejects when the conductor dies: comlink alone would leave every promise pending for ever. */
  #death!: Promise<never>;

  constructor() {
    this.#start();
  }

  async configure(threads: number): Promise<{ sharedMemory: boolean; threads: number }> {
    return Promise.race([this.#api.configure(threads), this.#death]);
  }

  start(stage: StageName, parameters: Parameters, input?: StageInput): Job {
    return this.#job(async (words, report) => {
      if (input && 'files' in input) await this.#handOver(input);
      const sent = input && ('files' in input ? { name: input.name } : input);
      return this.#api.run(stage, parameters, sent ?? null, words, report);
    });
  }

  findNetwork(): Job<MeasuredColumn> {
    return this.#job((words, report) => this.#api.findNetwork(words, report));
  }

  /** Distance of every atom from the nearest one that is not BCC. */
  measureBoundary(): Job<MeasuredColumn> {
    return this.#job((words, report) => this.#api.measureBoundary(words, report));
  }

  /** Energy of every atom in place by the potential of the parameters. */
  energiesInPlace(parameters: Parameters): Job<MeasuredColumn> {
    return this.#job((words, report) => this.#api.energiesInPlace(parameters, words, report));
  }

  /** Energies of the picks in cells of many sizes against those in place. */
  sweepReplicas(parameters: Parameters): Job<ReplicaSweep> {
    return this.#job((words, report) => this.#api.sweepReplicas(parameters, words, report));
  }

  /** Hand over the text of a potential file, to which parameters then refer. */
  async providePotential(sha256: string, text: string): Promise<void> {
    await this.#settle(this.#api.providePotential(sha256, text));
  }

  /** Hand over a long list of atoms, to which parameters then refer. */
  async provideIds(sha256: string, ids: Uint32Array): Promise<void> {
    await this.#settle(this.#api.provideIds(sha256, ids));
  }

  /** The atoms of a set as one file. */
  atomFile(kind: AtomFileKind, set: AtomSet, name: string, parameters: Parameters): Promise<Blob> {
    return this.#settle(this.#api.atomFile(kind, set, name, parameters));
  }

  /** The files of a package as one zip. */
  pack(kind: PackageKind, parameters: Parameters): Promise<Blob> {
    return this.#settle(this.#api.pack(kind, parameters));
  }

  /** A package of calculations with one program as one zip. */
  packCalculations(request: CalculationRequest, parameters: Parameters): Promise<Blob> {
    return this.#settle(this.#api.packCalculations(request, parameters));
  }

  /** A job of the replica cells, by its rank. */
  inspectJob(rank: number, parameters: Parameters): Promise<JobInspection> {
    return this.#settle(this.#api.inspectJob(rank, parameters));
  }

  /** The browser asks for each file on the disk when it is sent: a thousand at once would hold the page up. */
  async #handOver({ files }: FolderInput): Promise<void> {
    for (let from = 0; from === 0 || from < files.length; from += FILES_AT_ONCE) {
      await this.#api.handOver(files.slice(from, from + FILES_AT_ONCE), from === 0);
    }
  }

  #job<T>(call: (words: Int32Array | null, report: ReturnType<typeof reporter> | null) => Promise<Reply<T>>): Job<T> {
    const shared = sharedMemoryAvailable();
    const control = shared ? Control.shared() : new Control();
    let reported = control.progress;
    const report = shared ? null : reporter((progress) => (reported = progress));
    return {
      reply: this.#settle(call(shared ? control.words : null, report)),
      progress: () => (shared ? control.progress : reported),
      cancel: () => {
        control.cancel();
        if (!shared) void this.#api.cancel();
      },
      hold: () => control.hold(),
      release: () => control.release(),
    };
  }

  async #settle<T>(call: Promise<Reply<T>>): Promise<T> {
    const reply = await Promise.race([call, this.#death]);
    if (reply.ok) return reply.value;
    throw new Refusal(reply.failure);
  }

  #start(): void {
    this.#worker = new Worker(new URL('../../workers/conductor.worker.ts', import.meta.url), { type: 'module' });
    this.#api = wrap<ConductorApi>(this.#worker);
    this.#death = new Promise((_, reject) => {
      const die = (reason: string) => {
        const failure: Failure = {
          tag: 'worker-died',
          message: `The compute worker died (${reason}). Reload the page`,
        };
        reject(new Refusal(failure));
      };
      this.#worker.addEventListener('error', (event) => die(event.message || 'it could not be started'));
      this.#worker.addEventListener('messageerror', () => die('it sent something unreadable'));
    });
    // Nobody may be waiting when it happens; the next call will see it.
    this.#death.catch(() => {});
  }
}

function reporter(hear: (progress: Progress) => void) {
  return proxy(hear);
}
