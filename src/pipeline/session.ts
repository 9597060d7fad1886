import type { AtomSet } from '#data/atomSet.ts';
import type { MemoryLedger } from '#data/buffers.ts';
import type { Column } from '#data/column.ts';
import type { Control } from '#data/control.ts';
import { Refusal } from '#data/errors.ts';
import type { StageSource } from '#formats/format.ts';
import { ATOM_FILES, type AtomFileKind } from './atomFiles/index.ts';
import { keepEarlier } from './earlierEnergies.ts';
import type { Context, Executor } from './executor.ts';
import { findNetwork } from './findNetwork.ts';
import { InPlaceColumn } from './inPlaceColumn.ts';
import { sortByCell } from './load.ts';
import type { SnapshotPlace } from './manifest.ts';
import { measureBoundary } from './measureBoundary.ts';
import { checkForecast, forecastMemory } from './memoryForecast.ts';
import type { OutputFile } from './outputFile.ts';
import { type OutputRequest, outputFiles, type PackageKind } from './outputFiles.ts';
import type { Parameters, StageName } from './parameters.ts';
import type { Outcome, Results, StageWork } from './results.ts';
import { buffersIn, checkSessionState, type SessionState } from './sessionState.ts';
import { checkParametersOf, downstreamOf, fingerprint, STAGES, stageOf } from './stages.ts';
import { WORK } from './stageWork.ts';
import type { StageReply, StageSummaries } from './summaries.ts';
import { type ReplicaSweep, sweepReplicas } from './sweepReplicas.ts';

/**
 * The method on one snapshot, stage by stage: the same in the page's conductor and on the command line. It owns the
 * memory of its results; a stage that fails or is cancelled leaves everything as it was.
 */
export class Session {
  readonly #executor: Executor;
  readonly #memory: MemoryLedger;
  readonly #results: Results = {};
  readonly #records = new Map<StageName, StageReply>();
  readonly #owned = new Map<StageName, ReadonlySet<ArrayBufferLike>>();
  readonly #lists = new Map<string, Uint32Array>();
  readonly #potentials = new Map<string, string>();
  readonly #inPlace = new InPlaceColumn();

  constructor(executor: Executor, memory: MemoryLedger) {
    this.#executor = executor;
    this.#memory = memory;
  }

  get results(): Readonly<Results> {
    return this.#results;
  }

  get records(): ReadonlyMap<StageName, StageReply> {
    return this.#records;
  }

  /** True where the stage was finished from just these parameters and from what now lies before it. */
  isFresh(stage: StageName, parameters: Parameters): boolean {
    return this.#results[stage] !== undefined && this.fits(stage, parameters);
  }

  /** The same, but its results may lie only on disk. */
  fits(stage: StageName, parameters: Parameters): boolean {
    return this.#records.get(stage)?.fingerprint === this.#fingerprint(stage, parameters);
  }

  /**
   * Run one stage; the stages it needs must be fresh.
   * @throws Refusal whatever the stage refuses, `not-ready` where something before it is missing, or `no-memory` where
   * the stage would not fit.
   */
  async run<S extends StageName>(
    stage: S,
    parameters: Parameters,
    control: Control,
    source?: StageSource,
  ): Promise<StageReply<S>> {
    checkParametersOf(stage, parameters);
    for (const need of stageOf(stage).needs) {
      if (!this.#results[need]) {
        throw new Refusal({
          tag: 'not-ready',
          message: `${stageOf(stage).title} needs ${stageOf(need).title} first`,
        });
      }
    }
    const started = performance.now();
    const forecast = await forecastMemory(stage, this.#results, parameters, source);
    checkForecast(stage, forecast, this.#executor.threads, this.#memory);
    const before = this.#memory.buffers;
    this.#memory.restartPeak();
    try {
      const context = this.#context(control);
      const outcome = await (WORK[stage] as StageWork<S>)(this.#results, parameters, context, source);
      control.throwIfCancelled();
      return this.#accept(stage, parameters, outcome, before, performance.now() - started);
    } catch (thrown) {
      this.#memory.forget(this.#madeSince(before));
      throw thrown;
    }
  }

  /** Bring a stage up to date: first whatever it needs and is missing or stale. Calls back before each stage that runs. */
  async bringTo(
    stage: StageName,
    parameters: Parameters,
    control: Control,
    sources: Readonly<Partial<Record<StageName, StageSource>>>,
    onStage: (stage: StageName) => void = () => {},
  ): Promise<void> {
    if (this.isFresh(stage, parameters)) return;
    for (const need of stageOf(stage).needs) await this.bringTo(need, parameters, control, sources, onStage);
    if (this.isFresh(stage, parameters)) return;
    onStage(stage);
    await this.run(stage, parameters, control, sources[stage]);
  }

  /**
   * Distance of every atom from the boundary: no stage, for nothing is computed from it. It goes with the structure types.
   * @throws Refusal as `measureBoundary` does.
   */
  async measureBoundary(control: Control): Promise<Column> {
    return this.#keepWithStructure(() => measureBoundary(this.#results, this.#context(control)));
  }

  /** Take over a stage that an earlier run finished. */
  adopt<S extends StageName>(stage: S, result: NonNullable<Results[S]>, record: StageReply): void {
    this.#results[stage] = result as Results[S];
    this.#records.set(stage, record);
  }

  /** Everything that was finished, for `restore`; null before a snapshot is open. */
  get state(): SessionState | null {
    const { snapshot, ...others } = this.#results;
    if (!snapshot) return null;
    return {
      results: { ...others, snapshot: { snapshot: snapshot.snapshot } },
      records: [...this.#records.values()].filter(({ stage }) => this.#results[stage]),
      lists: new Map(this.#lists),
      potentials: new Map(this.#potentials),
    };
  }

  /**
   * Take over what another session left. Arrays that this session's ledger does not know yet are counted from now on.
   * @throws Refusal where the parts do not fit together, or there is no memory for what is made anew; the session is
   * then as it was.
   */
  restore(state: SessionState, control: Control, file = 'the project'): void {
    checkSessionState(state, file);
    const { snapshot } = state.results.snapshot;
    const list = sortByCell(snapshot, this.#memory, control);
    for (const { name } of STAGES) this.#drop(name);
    this.#dropLists();
    this.#inPlace.drop(this.#memory);
    const known = new Set<ArrayBufferLike>();
    for (const { name } of STAGES) {
      const record = state.records.find(({ stage }) => stage === name);
      if (!record) continue;
      const result = name === 'snapshot' ? { snapshot, list } : state.results[name];
      const made = new Set(buffersIn([result, record.columns]));
      for (const buffer of known) made.delete(buffer);
      for (const buffer of made) {
        known.add(buffer);
        this.#memory.hold(stageOf(name).title, buffer);
      }
      this.#results[name] = result as never;
      this.#records.set(name, record);
      this.#owned.set(name, made);
    }
    for (const [sha256, ids] of state.lists) this.provideIds(sha256, ids);
    for (const [sha256, text] of state.potentials) this.providePotential(sha256, text);
  }

  /** Take over only what is known of a stage: its results lie on disk and are not needed. */
  remember(record: StageReply): void {
    this.#records.set(record.stage, record);
  }

  /** The files of a package, made as they are asked for. */
  files(kind: PackageKind, parameters: Parameters, place?: SnapshotPlace): Iterable<OutputFile> {
    return outputFiles(kind, this.finished(parameters, place));
  }

  /**
   * What was finished from just these parameters, for whoever writes files of it.
   * @throws Refusal (`not-ready`) before a snapshot is open.
   */
  finished(parameters: Parameters, place?: SnapshotPlace): OutputRequest {
    if (!this.#results.snapshot) {
      throw new Refusal({ tag: 'not-ready', message: 'Nothing to export: open a snapshot first' });
    }
    return {
      results: this.#fitting(parameters),
      records: new Map([...this.#records].filter(([stage]) => this.fits(stage, parameters))),
      parameters,
      ...this.inputs,
      threads: this.#executor.threads,
      ...(place ? { place } : {}),
    };
  }

  /** Keep a long list of atoms, by the SHA-256 that parameters refer to it with, until another snapshot is opened. */
  provideIds(sha256: string, ids: Uint32Array): void {
    if (!this.#lists.has(sha256)) this.#lists.set(sha256, this.#memory.adopt('named atoms', 'uint32', ids));
  }

  /** Keep the text of a potential file, by the SHA-256 that parameters refer to it with. */
  providePotential(sha256: string, text: string): void {
    this.#potentials.set(sha256, text);
  }

  /** Energy of every atom in place, by the potential in force, as a column. @throws Refusal as `InPlaceColumn` does. */
  energiesInPlace({ potential }: Parameters, control: Control): Promise<Column> {
    return this.#inPlace.make(this.#results.snapshot, potential, this.#context(control));
  }

  /** How far energies in cells of many sizes are from those in place. @throws Refusal as `sweepReplicas` does. */
  sweepReplicas(parameters: Parameters, control: Control): Promise<ReplicaSweep> {
    return sweepReplicas(this.#results, parameters, this.#context(control));
  }

  /**
   * The boundary network of the classified atoms: no stage, since nothing after it needs it, but found where somebody
   * wants to see it. Its memory goes with that of the classification.
   * @throws Refusal `not-ready` before the classification, and what a stage throws.
   */
  async findNetwork(control: Control): Promise<Column<Uint8Array>> {
    const { snapshot, structure } = this.#results;
    if (!snapshot || !structure) {
      throw new Refusal({ tag: 'not-ready', message: 'The boundary network needs the structure types first' });
    }
    return this.#keepWithStructure(async () => {
      const found = await findNetwork(snapshot, structure, this.#context(control));
      control.throwIfCancelled();
      return found;
    });
  }

  /** The atoms of a set as a file, made as it is asked for; results that no longer fit the parameters are left out. */
  atomFile(kind: AtomFileKind, set: AtomSet, name: string, parameters: Parameters): Iterable<string> {
    if (!this.#results.snapshot) {
      throw new Refusal({ tag: 'not-ready', message: 'Nothing to export: open a snapshot first' });
    }
    const results = this.#fitting(parameters);
    return ATOM_FILES[kind].write({ results, parameters, set, name, memory: this.#memory });
  }

  /** Forget that a stage is up to date: what it takes from outside has changed. */
  expire(stage: StageName): void {
    const record = this.#records.get(stage);
    if (record) this.#records.set(stage, { ...record, fingerprint: '' });
  }

  /** What parameters refer to by a hash. */
  get inputs(): Pick<Context, 'lists' | 'potentials'> {
    return { lists: this.#lists, potentials: this.#potentials };
  }

  get memory(): MemoryLedger {
    return this.#memory;
  }

  #accept<S extends StageName>(
    stage: S,
    parameters: Parameters,
    outcome: Outcome<S>,
    before: ReadonlySet<ArrayBufferLike>,
    milliseconds: number,
  ): StageReply<S> {
    const made = new Set(this.#madeSince(before));
    // Lists name atoms of the snapshot that goes.
    if (stage === 'snapshot' && this.#results.snapshot) this.#dropLists();
    // Results after this one may point into what it replaces, so only now, with the new ones at hand, are they let go.
    const replaced = this.#records.get(stage);
    this.#drop(stage);
    if (stage === 'snapshot') this.#inPlace.drop(this.#memory);
    if (stage === 'snapshot') for (const later of downstreamOf(stage)) this.#drop(later);
    this.#results[stage] = outcome.result as Results[S];
    this.#owned.set(stage, made);
    const input = outcome.input ?? '';
    const reply: StageReply<S> = {
      stage,
      summary: summaryOf(stage, outcome, replaced),
      columns: outcome.columns,
      warnings: outcome.warnings,
      input,
      milliseconds,
      memoryBytes: this.#memory.bytes,
      peakBytes: this.#memory.peakBytes,
      fingerprint: this.#fingerprint(stage, parameters, input),
    };
    this.#records.set(stage, reply);
    return reply;
  }

  /** Make a column that goes when the structure types go; where that fails, what it allocated goes at once. */
  async #keepWithStructure<T>(make: () => Promise<T>): Promise<T> {
    const before = this.#memory.buffers;
    try {
      const column = await make();
      this.#owned.set('structure', new Set([...(this.#owned.get('structure') ?? []), ...this.#madeSince(before)]));
      return column;
    } catch (thrown) {
      this.#memory.forget(this.#madeSince(before));
      throw thrown;
    }
  }

  #drop(stage: StageName): void {
    this.#memory.forget(this.#owned.get(stage) ?? []);
    this.#owned.delete(stage);
    this.#records.delete(stage);
    delete this.#results[stage];
  }

  /** Results of the stages that were finished from just these parameters. */
  #fitting(parameters: Parameters): Results {
    const fitting = STAGES.map((stage) => stage.name).filter((stage) => this.fits(stage, parameters));
    return Object.fromEntries(fitting.map((stage) => [stage, this.#results[stage]])) as Results;
  }

  #dropLists(): void {
    this.#memory.release(...this.#lists.values());
    this.#lists.clear();
  }

  #context(control: Control): Context {
    return { executor: this.#executor, control, memory: this.#memory, ...this.inputs };
  }

  #fingerprint(stage: StageName, parameters: Parameters, input?: string): string {
    const inputs = Object.fromEntries([...this.#records].map(([name, record]) => [name, record.input]));
    return fingerprint(stage, parameters, input === undefined ? inputs : { ...inputs, [stage]: input });
  }

  #madeSince(before: ReadonlySet<ArrayBufferLike>): ArrayBufferLike[] {
    return [...this.#memory.buffers].filter((buffer) => !before.has(buffer));
  }
}

/** Energies that are replaced stay known. */
function summaryOf<S extends StageName>(stage: S, { summary, input = '' }: Outcome<S>, replaced?: StageReply) {
  if (stage !== 'energies') return summary;
  const energies = summary as StageSummaries['energies'];
  return keepEarlier(energies, input, replaced as StageReply<'energies'> | undefined) as StageSummaries[S];
}
