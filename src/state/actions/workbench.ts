import type { JobInspection } from '#campaign/inspectCell.ts';
import type { ComputeClient } from '#compute/client.ts';
import type { ByteInput, StageInput } from '#compute/conductorApi.ts';
import type { PageProject } from '#compute/keeper.ts';
import { type AtomSet, rowsOf, setOfRows, union } from '#data/atomSet.ts';
import { inTurns } from '#data/background.ts';
import { type Failure, toFailure } from '#data/errors.ts';
import { rowOfId } from '#data/snapshot.ts';
import type { AtomFileKind } from '#pipeline/atomFiles/index.ts';
import type { CalculationRequest } from '#pipeline/calculationRequest.ts';
import { hashOfIds, type IdList, idsOf, isListRef, LONGEST_INLINE } from '#pipeline/idLists.ts';
import { WITH_NEW_ENERGIES } from '#pipeline/newEnergies.ts';
import type { PackageKind } from '#pipeline/outputFiles.ts';
import type { StageName } from '#pipeline/parameters.ts';
import { AtomSets } from '../atomSets.ts';
import type { ColumnRegistry } from '../columnRegistry.ts';
import { FlagsKeeper } from '../flagsKeeper.ts';
import { history } from '../history.ts';
import { checkPageState } from '../pageState.ts';
import { useStore } from '../store.ts';
import { dropMissingColumns } from './dropMissingColumns.ts';
import { forgetAll } from './forgetSnapshot.ts';
import { GivenMatrix } from './givenMatrix.ts';
import { fetchSnapshot, SAMPLE_ADDRESS } from './openAddress.ts';
import { Projects } from './projects.ts';
import { isStale, type Runner } from './run.ts';
import { takeByPotential } from './runPotential.ts';
import { SetActions } from './setActions.ts';
import { tryParameters } from './tryParameters.ts';

/** Column of the embedded sample that holds the energy of every atom. */
const SAMPLE_LABELS = 'c_pe';

/**
 * What a person can ask of the page. It keeps the files that were given, so that a changed frame or a bulk energy that
 * was missing does not mean choosing them again, and lets actions wait for one another: what is asked for while something
 * runs comes next.
 */
export class Workbench {
  readonly columns: ColumnRegistry;
  readonly sets = new SetActions(new AtomSets(), history);
  readonly flags: FlagsKeeper;
  readonly projects: Projects;
  readonly #colourMaps: readonly string[];
  /** Long lists of atoms that parameters refer to, ids ascending, by their SHA-256. */
  readonly #lists = new Map<string, Uint32Array>();
  readonly #client: ComputeClient;
  readonly #runner: Runner;
  #snapshot: ByteInput | null = null;
  /** A compute side that dies of what it takes up is not given it again. */
  #reviving = false;
  /** A table that was refused, perhaps only because no bulk energy was given. */
  #refused: StageInput | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  /** Raised by a cancel: whatever was waiting then is not wanted any more. */
  #epoch = 0;
  readonly #matrix = new GivenMatrix();

  /** @param colourMaps Names of the maps that exist: a project may name one that does not. */
  constructor(client: ComputeClient, runner: Runner, columns: ColumnRegistry, colourMaps: readonly string[]) {
    this.projects = new Projects(client, this.sets);
    this.#colourMaps = colourMaps;
    this.#client = client;
    this.#runner = runner;
    this.columns = columns;
    this.flags = new FlagsKeeper(columns, this.sets);
    runner.onSnapshot = ({ count }) => this.#forgetAtoms(count);
    runner.inputOf = (stage) => this.#matrix.inputOf(stage);
  }

  /** Open a snapshot and classify its atoms, which is what one wants to see of it first. */
  open(input: ByteInput, sample = false): Promise<boolean> {
    return this.#inTurn(async () => {
      // A number names a frame of the file that was open.
      const { frame } = useStore.getState().parameters;
      const anew = this.#snapshot !== null && /^\d+$/.test(frame) ? { frame: 'last' } : {};
      if (!(await tryParameters(anew, () => this.#runner.open(input)))) return false;
      this.#snapshot = input;
      this.#setRefused(null);
      dropMissingColumns({ anotherFile: true });
      this.#matrix.forget();
      useStore.getState().setView({ sample });
      return this.#runner.run('structure');
    });
  }

  /** Read another frame, counted from 0, of the file that is open. */
  readFrame(frame: number): Promise<boolean> {
    return this.#inTurn(async () => {
      if (!(await tryParameters({ frame: String(frame) }, () => this.#renewSnapshot()))) return false;
      dropMissingColumns({ anotherFile: false });
      this.#matrix.forget();
      return this.#runner.run('structure');
    });
  }

  /** Take up a project, kept (by its id) or in a file, as it was left; false where that failed, which is then said. */
  restore(from: string | ByteInput): Promise<boolean> {
    return this.#inTurn(async () => {
      // What was done last may not be kept yet.
      await this.projects.keep();
      return this.#takeUp(from);
    });
  }

  /** @param now What the page is to say in place of what is kept. */
  async #takeUp(from: string | ByteInput, now?: Pick<PageProject, 'parameters' | 'page'>): Promise<boolean> {
    const project = await this.#runner.restore(from, now?.parameters);
    if (!project) return false;
    this.#snapshot = null;
    this.#setRefused(null);
    for (const [sha256, ids] of project.lists) this.#lists.set(sha256, ids);
    this.#showPage(now ? now.page : project.page);
    if (project.copied) {
      const { stages, setSession } = useStore.getState();
      const message = `${stages.snapshot.summary?.name} is open in another tab: this one goes on with a copy of the project`;
      setSession({ notice: { tag: 'not-ready', message } });
    }
    return true;
  }

  /** What was looked at, and which atoms were named. */
  #showPage(said: unknown): void {
    const { stages, setSession } = useStore.getState();
    try {
      const page = checkPageState(said, stages.snapshot.summary!.count, this.#colourMaps);
      if (!page) return;
      const { view, camera, sets, current, only, filters, bits, calculations, ...others } = page;
      this.sets.restore({ sets, current, only, filters, bits });
      useStore.setState({ ...calculations, ...view, ...others });
      if (camera) this.projects.showCamera(camera);
    } catch (thrown) {
      setSession({ notice: toFailure(thrown) });
    }
  }

  /** Bring a step up to date, with all it needs. */
  run(stage: StageName): Promise<boolean> {
    return this.#inTurn(() => this.#bring(stage));
  }

  /** The page draws something that takes long enough to be felt while threads are on every core. */
  makeWay(drawn: Promise<unknown>): void {
    this.#runner.makeWay(drawn);
  }

  /** Take descriptors that another program computed in place of SOAP. */
  describeFrom(file: ByteInput): Promise<boolean> {
    return this.#inTurn(async () => {
      if (!(await this.#renewSnapshot())) return false;
      this.#matrix.take(file);
      return this.#runner.run('descriptor');
    });
  }

  /** Distance of every atom from the boundary, as a column. */
  measureBoundary(): Promise<boolean> {
    return this.#inTurn(async () => (await this.#renewSnapshot()) && this.#runner.measureBoundary());
  }

  /** Energies by a classical potential, in place of a table or a column. */
  runPotential(input: ByteInput): Promise<boolean> {
    return this.#inTurn(async () => {
      if (!(await this.#renewSnapshot())) return false;
      return takeByPotential(input, this.#client, this.columns, () => this.#runner.run('energies'));
    });
  }

  /** Energy of every atom in place, as a column, by the potential in force. */
  energiesInPlace(): Promise<boolean> {
    return this.#inTurn(async () => (await this.#renewSnapshot()) && this.#runner.energiesInPlace());
  }

  /** Energies of the picks in cells of many sizes, by the potential in force. */
  sweepReplicas(): Promise<boolean> {
    return this.#inTurn(async () => (await this.#renewSnapshot()) && this.#runner.sweepReplicas());
  }

  /** Everything that can be computed: to the replica cells and, where there are energies, to the model. */
  runWholeLoop(): Promise<boolean> {
    return this.#inTurn(async () => {
      const { sample, setParameter } = useStore.getState();
      if (sample && !this.hasEnergies) setParameter('labelColumn', SAMPLE_LABELS);
      if (!(await this.#bring('replicas'))) return false;
      if (!this.hasEnergies) return true;
      if (!(await this.#bring('model'))) return false;
      const { colourBy, setView } = useStore.getState();
      setView({ plotTab: 'parity', ...(colourBy === 'structure.type' ? { colourBy: 'model.energy' } : {}) });
      return true;
    });
  }

  /** Take energies from a table, or from outputs of calculations; they then stand in place of a label column. */
  importEnergies(input: StageInput): Promise<boolean> {
    return this.#inTurn(async () => {
      const taken = async () => (await this.#renewSnapshot()) && this.#takeTable(input);
      // A table that was refused changes nothing: a column that was in force stays so.
      if (!(await tryParameters(WITH_NEW_ENERGIES, taken))) return false;
      // A model that was there is to be that of these energies: more of them may have come back.
      const fitted = useStore.getState().stages.model.fingerprint !== undefined;
      return !fitted || this.#bring('model');
    });
  }

  /**
   * Use the energy of an atom, or leave it out, and fit again: "what if this job was wrong?". One that was put aside is
   * accepted when it is to be used.
   */
  setEnergyUse(id: number, use: boolean): Promise<boolean> {
    const { parameters, stages, setParameter } = useStore.getState();
    const entry = stages.energies.summary?.entries.find((one) => one.id === id);
    const [name, listed] =
      entry && entry.state !== 'ok' ? (['acceptedEnergies', use] as const) : (['leftOut', !use] as const);
    const others = (parameters[name] ?? []).filter((other) => other !== id);
    const ids = listed ? [...others, id].sort((a, b) => a - b) : others;
    setParameter(name, ids.length > 0 ? ids : null);
    return this.run('model');
  }

  /** True where something says what the energies are: a label column, a potential or energies that were read. */
  get hasEnergies(): boolean {
    const { parameters, stages } = useStore.getState();
    return (
      parameters.labelColumn !== null || parameters.potential !== null || stages.energies.fingerprint !== undefined
    );
  }

  cancel(): void {
    this.#epoch++;
    this.#runner.cancel();
  }

  /** The files of a package as one zip; null where it failed, which is then said in a notice. */
  async pack(kind: PackageKind): Promise<Blob | null> {
    const { parameters, setSession } = useStore.getState();
    try {
      return await this.#client.pack(kind, parameters);
    } catch (thrown) {
      setSession({ notice: toFailure(thrown) });
      return null;
    }
  }

  /**
   * A package of calculations as one zip.
   * @throws Refusal
   */
  packCalculations(request: CalculationRequest): Promise<Blob> {
    return this.#client.packCalculations(request, useStore.getState().parameters);
  }

  /**
   * What the cell of a job is like.
   * @throws Refusal
   */
  inspectJob(rank: number): Promise<JobInspection> {
    return this.#client.inspectJob(rank, useStore.getState().parameters);
  }

  /** Bring in the boundary network, which a filter and a selection use. */
  findNetwork(): Promise<boolean> {
    return this.#inTurn(async () => (await this.#renewSnapshot()) && this.#runner.findNetwork());
  }

  /** The atoms of a set as one file; null where that failed, which is then said in a notice. */
  async atomFile(kind: AtomFileKind, id: string, name: string): Promise<Blob | null> {
    const { parameters, setSession } = useStore.getState();
    try {
      return await this.#client.atomFile(kind, this.sets.find(id), name, parameters);
    } catch (thrown) {
      setSession({ notice: toFailure(thrown) });
      return null;
    }
  }

  /** Let the selection pick among the atoms of a set only. */
  pickAmong(id: string, name: string): Promise<boolean> {
    return this.#nameAtoms('candidates', this.sets.find(id), name);
  }

  /** Bar the atoms of a set from being picked, besides those that are barred already. */
  exclude(id: string, name: string): Promise<boolean> {
    const before = useStore.getState().parameters.exclude;
    const barred = before === null ? null : this.#setOf(before);
    const atoms = this.sets.find(id);
    const names = isListRef(before) ? `${before.name}, ${name}` : name;
    return this.#nameAtoms('exclude', barred ? union(barred, atoms) : atoms, names);
  }

  #setOf(list: IdList): AtomSet {
    const all = this.columns.find('atoms.id')!.array as Uint32Array;
    const rows = Array.from(idsOf(list, this.#lists, ''), (id) => rowOfId(all, id));
    // Ids that were typed need not exist; the selection says so.
    return setOfRows(
      rows.filter((row) => row >= 0),
      all.length,
    );
  }

  async #nameAtoms(parameter: 'candidates' | 'exclude', atoms: AtomSet, name: string): Promise<boolean> {
    const all = this.columns.find('atoms.id')!.array;
    const ids = rowsOf(atoms).map((row) => all[row]!);
    const { setParameter } = useStore.getState();
    if (ids.length <= LONGEST_INLINE) {
      setParameter(parameter, [...ids]);
      return true;
    }
    const sha256 = await inTurns(hashOfIds(ids));
    return this.#inTurn(async () => {
      // Another snapshot may have been opened meanwhile.
      if (this.columns.find('atoms.id')?.array !== all) return false;
      try {
        await this.#client.provideIds(sha256, ids);
      } catch (thrown) {
        useStore.getState().setSession({ notice: toFailure(thrown) });
        return false;
      }
      this.#lists.set(sha256, ids);
      setParameter(parameter, { name, count: ids.length, sha256 });
      return true;
    });
  }

  /**
   * The compute side died with all that it held: nothing stands as if it were there. What is kept of the project is taken
   * up again, with the page as it is now; where nothing is, the snapshot is read again.
   */
  loseComputed(failure: Failure): void {
    const { keeping, sample, setSession } = useStore.getState();
    const { parameters, page } = this.projects.said;
    forgetAll(this.columns, failure);
    this.#forgetAtoms(0);
    const lost = this.#snapshot;
    // What kills whoever reads it is not read again and again.
    this.#snapshot = null;
    if (keeping.status === 'kept' && !this.#reviving) {
      this.#reviving = true;
      void this.#inTurn(async () => {
        const restored = await this.#takeUp(keeping.id, { parameters, page });
        this.#reviving = false;
        this.#snapshot = lost;
        setSession({ notice: failure });
        return restored || (lost !== null && (await this.#runner.open(lost)) && this.#runner.run('structure'));
      });
      return;
    }
    this.#reviving = false;
    const message = `${failure.message}: what it had computed is lost`;
    setSession({ notice: { ...failure, message } });
    if (lost) void this.open(lost, sample);
  }

  /** Sets, and lists that parameters refer to, name atoms of the snapshot that is gone. */
  #forgetAtoms(count: number): void {
    this.sets.restart(count);
    this.#lists.clear();
    const { parameters, setParameter } = useStore.getState();
    for (const name of ['candidates', 'exclude'] as const) if (isListRef(parameters[name])) setParameter(name, null);
  }

  async #bring(stage: StageName): Promise<boolean> {
    if (stage === 'snapshot') return (await this.#renewSnapshot()) && this.#runner.run('structure');
    if (!(await this.#renewSnapshot())) return false;
    const { labelColumn, potential } = useStore.getState().parameters;
    const byTable = labelColumn === null && potential === null;
    if (stage === 'energies' && byTable && this.#refused) return this.#takeTable(this.#refused);
    return this.#runner.run(stage);
  }

  /** A snapshot whose frame or elements were changed has to be read again, from the file that is still at hand. */
  async #renewSnapshot(): Promise<boolean> {
    const { sample, stages, setSession } = useStore.getState();
    if (!isStale(useStore.getState(), 'snapshot')) return true;
    if (!this.#snapshot && sample) this.#snapshot = await fetchSnapshot(SAMPLE_ADDRESS, document.baseURI);
    if (this.#snapshot) return this.#runner.open(this.#snapshot);
    // A project holds the atoms of one frame, and not the file.
    const message = `The file has to be read again for this: open ${stages.snapshot.summary?.name} once more`;
    setSession({ notice: { tag: 'not-ready', message } });
    return false;
  }

  async #takeTable(input: StageInput): Promise<boolean> {
    // Where energies are in force already, a refused table is forgotten: nothing is waiting for it.
    const inForce = useStore.getState().stages.energies.fingerprint !== undefined;
    const taken = await this.#runner.importEnergies(input);
    this.#setRefused(taken || inForce ? null : input);
    return taken;
  }

  #setRefused(input: StageInput | null): void {
    this.#refused = input;
    useStore.getState().setView({ refusedTable: input?.name ?? null });
  }

  #inTurn(work: () => Promise<boolean>): Promise<boolean> {
    const epoch = this.#epoch;
    const mine = this.#turn.then(() => (epoch === this.#epoch ? work() : false));
    // A bug in one action must not keep the next from its turn; whoever asked sees it.
    this.#turn = mine.catch(() => {});
    return mine;
  }
}
