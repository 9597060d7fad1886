import type { ComputeClient, Job } from '#compute/client.ts';
import type { ByteInput, MeasuredColumn, StageInput } from '#compute/conductorApi.ts';
import type { RestoredProject } from '#compute/keeper.ts';
import type { Column } from '#data/column.ts';
import { type Failure, toFailure } from '#data/errors.ts';
import { TYPES_DIFFER } from '#pipeline/compareTypes.ts';
import { BOUNDARY_DISTANCE } from '#pipeline/measureBoundary.ts';
import type { Parameters, StageName } from '#pipeline/parameters.ts';
import { fingerprint, upstreamOf } from '#pipeline/stages.ts';
import type { StageReply, StageSummaries } from '#pipeline/summaries.ts';
import type { ColumnRegistry } from '../columnRegistry.ts';
import { forecastSeconds } from '../forecast.ts';
import { sweepGround } from '../slices/replicaSweep.ts';
import { type Store, useStore } from '../store.ts';
import { dropColumn } from './dropColumn.ts';
import { forgetSnapshot } from './forgetSnapshot.ts';

/**
 * How often progress is looked at, ms: often enough to read, and no more, for without a graphics card every change of the
 * page costs the workers 15 ms of a core.
 */
const LOOK_EVERY_MS = 200;

/** True where the stage was finished from other parameters or inputs than those that now stand. */
export function isStale(store: Store, stage: StageName): boolean {
  const state = store.stages[stage];
  return state.fingerprint !== undefined && state.fingerprint !== fingerprint(stage, store.parameters, store.inputs);
}

/** True where the stage has a result that still fits its parameters. */
export function isFresh(store: Store, stage: StageName): boolean {
  return store.stages[stage].fingerprint !== undefined && !isStale(store, stage);
}

/** Drives the compute side and keeps the store in step with it. One job at a time: nothing ever runs twice. */
export class Runner {
  readonly #client: ComputeClient;
  readonly #columns: ColumnRegistry;
  /** A snapshot was read, and stands in the store next: what names atoms of the one before is to go. */
  onSnapshot: (snapshot: StageSummaries['snapshot']) => void = () => {};
  /** What a stage reads beside the results before it, where nobody hands it over. */
  inputOf: (stage: StageName) => StageInput | undefined = () => undefined;
  #job: Job<unknown> | null = null;

  constructor(client: ComputeClient, columns: ColumnRegistry) {
    this.#client = client;
    this.#columns = columns;
  }

  /** Open a snapshot file. What is loaded stays until the new one has been read. */
  async open(input: ByteInput): Promise<boolean> {
    return this.#runStage('snapshot', input);
  }

  /** Take energies from a file or folder; without one, from the label column named in the parameters. */
  async importEnergies(input: StageInput): Promise<boolean> {
    if (!(await this.#prepare('energies'))) return false;
    return this.#runStage('energies', input);
  }

  /** Bring a stage up to date: it, and before it whatever it needs and is missing or stale. */
  async run(stage: StageName): Promise<boolean> {
    return (await this.#prepare(stage)) && this.#runStage(stage);
  }

  /**
   * Take up a project in place of what is there: its parameters, and every stage that it holds.
   * @param parameters In place of those of the project.
   */
  async restore(from: string | ByteInput, parameters?: Parameters): Promise<RestoredProject | null> {
    let restored: RestoredProject | null = null;
    const start = () => this.#client.restore(from);
    await this.#watched('snapshot', start, (project) => {
      const [first, ...others] = project.records;
      // The snapshot first: with it everything goes that belongs to the one before.
      this.#accept(first!);
      useStore.setState({ parameters: parameters ?? project.parameters });
      for (const reply of others) this.#accept(reply);
      useStore.getState().setSession({ memoryBytes: project.memoryBytes });
      restored = project;
    });
    return restored;
  }

  /** Find the boundary network, once a snapshot, as `structure.network`. */
  findNetwork(): Promise<boolean> {
    return this.#derive('structure.network', () => this.#client.findNetwork());
  }

  /** Distance of every atom from the boundary, once a snapshot. */
  measureBoundary(): Promise<boolean> {
    return this.#derive(BOUNDARY_DISTANCE, () => this.#client.measureBoundary());
  }

  /** Energy of every atom in place by the potential in force. */
  energiesInPlace(): Promise<boolean> {
    const start = () => this.#client.energiesInPlace(useStore.getState().parameters);
    return this.#watched('energies', start, (made) => this.#take(made));
  }

  /** Energies of the picks in cells of many sizes, by the potential in force. */
  async sweepReplicas(): Promise<boolean> {
    if (!(await this.#prepare('energies'))) return false;
    const { parameters, setReplicaSweep } = useStore.getState();
    const from = sweepGround(useStore.getState());
    return this.#watched(
      'energies',
      () => this.#client.sweepReplicas(parameters),
      (sweep) => setReplicaSweep({ sweep, from }),
    );
  }

  /**
   * Have a column computed from the structure types that is no stage of the method, and publish it.
   * @returns True where it is there.
   */
  async #derive(name: string, start: () => Job<MeasuredColumn>): Promise<boolean> {
    if (!(await this.#prepare('structure'))) return false;
    if (!isFresh(useStore.getState(), 'structure') && !(await this.#runStage('structure'))) return false;
    return this.#columns.find(name) !== undefined || this.#watched('structure', start, (made) => this.#take(made));
  }

  #take({ column, memoryBytes }: MeasuredColumn): void {
    this.#publish([column]);
    useStore.getState().setSession({ memoryBytes });
  }

  /**
   * Work that is no stage, shown as part of one.
   * @returns True where it came to its end; a failure is said in a notice.
   */
  async #watched<T>(stage: StageName, start: () => Job<T>, accept: (reply: T) => void): Promise<boolean> {
    if (this.#job) return false;
    const { setSession } = useStore.getState();
    const job = start();
    this.#job = job;
    const stopWatching = this.#watch(job, stage, performance.now());
    try {
      accept(await job.reply);
      return true;
    } catch (thrown) {
      const failure = toFailure(thrown);
      if (failure.tag !== 'cancelled') setSession({ notice: failure });
      return false;
    } finally {
      stopWatching();
      this.#job = null;
      setSession({ job: null });
    }
  }

  cancel(): void {
    const { job, setSession } = useStore.getState();
    if (job) setSession({ job: { ...job, cancelling: true } });
    this.#job?.cancel();
  }

  /** Have the threads of the job that runs stand still until the page has drawn something. */
  makeWay(drawn: Promise<unknown>): void {
    const job = this.#job;
    if (!job) return;
    job.hold();
    const release = () => job.release();
    drawn.then(release, release);
  }

  async #prepare(stage: StageName): Promise<boolean> {
    for (const need of upstreamOf(stage)) {
      if (need === 'snapshot' && useStore.getState().stages.snapshot.fingerprint === undefined) return false;
      if (!isFresh(useStore.getState(), need) && !(await this.#runStage(need))) return false;
    }
    return true;
  }

  async #runStage(stage: StageName, input?: StageInput): Promise<boolean> {
    if (this.#job) return false;
    const { parameters, setStage, setSession } = useStore.getState();
    const startedAt = performance.now();
    setStage(stage, { status: 'running' });
    const job = this.#client.start(stage, parameters, input ?? this.inputOf(stage));
    this.#job = job;
    const stopWatching = this.#watch(job, stage, startedAt);
    try {
      this.#accept(await job.reply);
      return true;
    } catch (thrown) {
      this.#refuse(stage, toFailure(thrown));
      return false;
    } finally {
      stopWatching();
      this.#job = null;
      setSession({ job: null });
    }
  }

  #watch(job: Job<unknown>, stage: StageName, startedAt: number): () => void {
    const { setSession } = useStore.getState();
    let phaseStarted = startedAt;
    let phase = '';
    const look = () => {
      const progress = job.progress();
      if (progress.phase !== phase) {
        phase = progress.phase;
        phaseStarted = performance.now();
      }
      const secondsLeft = forecastSeconds(progress, (performance.now() - phaseStarted) / 1000);
      const cancelling = useStore.getState().job?.cancelling ?? false;
      setSession({ job: { stage, startedAt, progress, secondsLeft, cancelling } });
    };
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }

  #accept(reply: StageReply): void {
    if (reply.stage === 'snapshot') {
      forgetSnapshot(this.#columns);
      this.onSnapshot(reply.summary as StageSummaries['snapshot']);
    }
    const differs = reply.columns.some(({ name }) => name === TYPES_DIFFER);
    if (reply.stage === 'structure' && !differs) dropColumn(TYPES_DIFFER, this.#columns);
    this.#publish(reply.columns);
    const { setSession, setStage, setInput } = useStore.getState();
    setSession({ memoryBytes: reply.memoryBytes });
    setInput(reply.stage, reply.input);
    setStage(reply.stage, {
      status: 'done',
      summary: reply.summary,
      fingerprint: reply.fingerprint,
      milliseconds: reply.milliseconds,
      peakBytes: reply.peakBytes,
      warnings: reply.warnings,
      failure: undefined,
    });
  }

  #publish(columns: readonly Column[]): void {
    const published = Object.fromEntries(
      columns.map((column) => [
        column.name,
        { ...this.#columns.publish(column), unit: column.unit, width: column.shape[1] ?? 1 },
      ]),
    );
    const { setSession } = useStore.getState();
    setSession({ columns: { ...useStore.getState().columns, ...published } });
  }

  #refuse(stage: StageName, failure: Failure): void {
    const { stages, setStage } = useStore.getState();
    const had = stages[stage].fingerprint !== undefined;
    const status = failure.tag === 'cancelled' ? (had ? 'done' : 'idle') : 'failed';
    setStage(stage, { status, failure: failure.tag === 'cancelled' ? undefined : failure });
  }
}
