import type { ComputeClient } from '#compute/client.ts';
import type { ListedProject, PageProject } from '#compute/keeper.ts';
import { describeFailure, toFailure } from '#data/errors.ts';
import { defaultParameters } from '#pipeline/parameters.ts';
import { STAGES } from '#pipeline/stages.ts';
import { readPageState } from '../pageState.ts';
import { tabMemory } from '../remembered.ts';
import { type Store, useStore } from '../store.ts';
import type { LinkedCamera } from '../viewLink.ts';
import type { SetActions } from './setActions.ts';

/** After a change of the view, before it is kept: a slider makes many. */
const KEEP_AFTER_MS = 800;

/** Keeps the project of this tab in the browser's storage while one works, and knows of the others. */
export class Projects {
  /** Where the camera is, and how to put it there: the picture knows. */
  camera: () => LinkedCamera | null = () => null;
  showCamera: (camera: LinkedCamera) => void = () => {};
  readonly #client: ComputeClient;
  readonly #sets: SetActions;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #kept = '';
  /** Fingerprints of the steps that are kept. */
  #keptSteps = '';
  #turn: Promise<void> = Promise.resolve();

  constructor(client: ComputeClient, sets: SetActions) {
    this.#client = client;
    this.#sets = sets;
  }

  /** @returns Ends it. */
  start(): () => void {
    const stop = useStore.subscribe((now, before) => {
      // What took long to compute is kept at once.
      if (hasFinished(now, before)) void this.keep();
      else if (now !== before && now.job === before.job) this.keepSoon();
    });
    const hidden = () => {
      if (document.visibilityState === 'hidden') void this.keep();
    };
    const moved = () => this.keepSoon();
    document.addEventListener('visibilitychange', hidden);
    // The camera is moved by hand, and stands in no store.
    for (const event of ['pointerup', 'keyup', 'wheel'] as const) addEventListener(event, moved, { passive: true });
    return () => {
      stop();
      document.removeEventListener('visibilitychange', hidden);
      for (const event of ['pointerup', 'keyup', 'wheel'] as const) removeEventListener(event, moved);
      if (this.#timer !== null) clearTimeout(this.#timer);
    };
  }

  keepSoon(): void {
    this.#timer ??= setTimeout(() => void this.keep(), KEEP_AFTER_MS);
  }

  /** Keep everything as it is now; nothing is done where nothing has changed. Never rejects. */
  keep(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#turn = this.#turn.then(() => this.#keep());
    return this.#turn;
  }

  /** The projects that this browser keeps, the last saved first. @throws Refusal */
  list(): Promise<readonly ListedProject[]> {
    return this.#client.projects();
  }

  /** @throws Refusal */
  remove(id: string): Promise<void> {
    return this.#client.removeProject(id);
  }

  /** The project as one file. @throws Refusal */
  file(): Promise<Blob> {
    return this.#client.projectFile(this.said);
  }

  /** What the page says of its project. */
  get said(): PageProject {
    const store = useStore.getState();
    const page = readPageState(store, this.#sets.bits, this.camera());
    return { parameters: store.parameters, page, worth: isWorth(store) };
  }

  async #keep(): Promise<void> {
    const store = useStore.getState();
    if (store.stages.snapshot.fingerprint === undefined) return;
    const { parameters, page, worth } = this.said;
    // Sets by their versions: their atoms, in a map, are no part of the text.
    const fingerprints = STAGES.map(({ name }) => store.stages[name].fingerprint);
    const now = JSON.stringify([parameters, page, fingerprints]);
    if (now === this.#kept) return;
    const steps = fingerprints.join();
    const { keeping } = store;
    if (keeping.status === 'kept' && steps !== this.#keptSteps) {
      store.setSession({ keeping: { ...keeping, behind: true } });
    }
    try {
      const id = await this.#client.keep({ parameters, page, worth });
      this.#kept = now;
      this.#keptSteps = steps;
      if (!id) return;
      tabMemory.setItem('project', id);
      store.setSession({ keeping: { status: 'kept', id, at: Date.now(), behind: false } });
    } catch (thrown) {
      const message = describeFailure(toFailure(thrown));
      store.setSession({ keeping: { status: 'refused', message } });
    }
  }
}

function hasFinished(now: Store, before: Store): boolean {
  if (now.stages === before.stages) return false;
  return STAGES.some(({ name }) => now.stages[name].fingerprint !== before.stages[name].fingerprint);
}

/** True where something would be lost that cannot be had again by opening the file. */
function isWorth({ stages, sets, current, parameters }: Store): boolean {
  const computed = STAGES.some(
    ({ name }) => !['snapshot', 'structure'].includes(name) && stages[name].fingerprint !== undefined,
  );
  const changed = JSON.stringify(parameters) !== JSON.stringify(defaultParameters());
  return computed || changed || sets.length > 0 || current.count > 0;
}
