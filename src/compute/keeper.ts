import type { Control } from '#data/control.ts';
import type { Parameters } from '#pipeline/parameters.ts';
import type { Session } from '#pipeline/session.ts';
import { buffersIn } from '#pipeline/sessionState.ts';
import type { StageReply } from '#pipeline/summaries.ts';
import type { Project } from '#project/project.ts';
import { openProjectFile, projectFiles } from '#project/projectFile.ts';
import { type KeptProject, type ProjectFolder, ProjectStore } from './projectStore.ts';
import { zipFiles } from './zip.ts';

/** What the page has to say of a project; the rest is in the session. */
export interface PageProject {
  readonly parameters: Parameters;
  /** Plain data and arrays; nobody but the page looks into it. */
  readonly page: unknown;
  /** False where nothing would be lost: it is then not kept beyond the next snapshot. */
  readonly worth: boolean;
}

/** A project that was taken up again. */
export interface RestoredProject {
  /** Null for one from a file, before it is kept. */
  readonly id: string | null;
  /** True where another tab has the project open: this one goes on with a copy. */
  readonly copied: boolean;
  readonly parameters: Parameters;
  readonly page: unknown;
  readonly records: readonly StageReply[];
  readonly lists: ReadonlyMap<string, Uint32Array>;
  readonly memoryBytes: number;
}

export interface ListedProject extends KeptProject {
  /** In this or in another tab. */
  readonly open: boolean;
}

/** A lock a project, as long as it is open; every tab sees those of the others. */
const LOCK = 'grainscope-project-';

/** Keeps the project of a session in the browser's storage: one a tab. */
export class Keeper {
  #store: Promise<ProjectStore> | null = null;
  #folder: ProjectFolder | null = null;
  #release: () => void = () => {};
  #created = new Date().toISOString();
  /** SHA-256 of the snapshot that the folder is of. */
  #snapshot = '';
  #worth = false;
  /** Saving follows saving. */
  #turn: Promise<unknown> = Promise.resolve();

  async list(): Promise<ListedProject[]> {
    const store = await this.#opened();
    const { kept, begun } = await store.list();
    const { held = [] } = await navigator.locks.query();
    const open = new Set(held.map(({ name }) => name));
    for (const id of begun) if (!open.has(LOCK + id)) await store.remove(id);
    return kept.map((project) => ({ ...project, open: open.has(LOCK + project.id) }));
  }

  async remove(id: string): Promise<void> {
    await (await this.#opened()).remove(id);
  }

  /**
   * Take up a kept project in place of what the session holds.
   * @throws Refusal where it cannot be read; the session is then as it was.
   */
  async restore(id: string, session: Session, control: Control): Promise<RestoredProject> {
    const store = await this.#opened();
    const folder = store.folderOf(id);
    const release = await lock(id);
    try {
      const project = await folder.load(session.memory, control);
      const restored = await this.#takeUp(project, session, control, 'the kept project');
      if (release) this.#own(folder, release);
      return { ...restored, id, copied: release === null };
    } catch (thrown) {
      release?.();
      throw thrown;
    }
  }

  /**
   * Take up a project from a file in place of what the session holds.
   * @throws Refusal where it cannot be read; the session is then as it was.
   */
  async open(blob: Blob, name: string, session: Session, control: Control): Promise<RestoredProject> {
    const project = await openProjectFile(blob, name, session.memory, control);
    return this.#takeUp(project, session, control, name);
  }

  /**
   * Keep what the session and the page hold now.
   * @returns Id of the project; null where there is nothing to keep.
   * @throws Refusal (`no-storage`) where the browser does not take it.
   */
  save(session: Session, said: PageProject): Promise<string | null> {
    const mine = this.#turn.then(() => this.#save(session, said));
    this.#turn = mine.catch(() => {});
    return mine;
  }

  /** The project as one file. */
  file(session: Session, said: PageProject, threads: number): Promise<Blob> | null {
    const project = this.#project(session, said);
    return project && zipFiles(projectFiles(project, threads));
  }

  async #save(session: Session, said: PageProject): Promise<string | null> {
    const project = this.#project(session, said);
    if (!project) return null;
    const store = await this.#opened();
    const { sha256 } = project.session.results.snapshot.snapshot.source;
    if (!this.#folder || this.#snapshot !== sha256) await this.#begin(store, sha256);
    this.#worth = said.worth;
    await this.#folder!.save({ ...project, created: this.#created });
    return this.#folder!.id;
  }

  /** Another snapshot is another project. */
  async #begin(store: ProjectStore, sha256: string): Promise<void> {
    const before = this.#folder;
    const id = crypto.randomUUID();
    this.#own(store.folderOf(id), (await lock(id))!);
    if (this.#snapshot !== sha256) this.#created = new Date().toISOString();
    this.#snapshot = sha256;
    await this.#discard(before);
  }

  /** What was not worth keeping goes with the next. */
  async #discard(before: ProjectFolder | null): Promise<void> {
    if (before && !this.#worth) await (await this.#opened()).remove(before.id);
    this.#worth = true;
  }

  #own(folder: ProjectFolder, release: () => void): void {
    this.#release();
    this.#folder = folder;
    this.#release = release;
  }

  async #takeUp(project: Project, session: Session, control: Control, file: string): Promise<RestoredProject> {
    try {
      session.restore(project.session, control, file);
    } catch (thrown) {
      session.memory.forget(buffersIn(project));
      throw thrown;
    }
    this.#release();
    this.#release = () => {};
    const before = this.#folder;
    this.#folder = null;
    await this.#discard(before);
    this.#created = project.created;
    this.#snapshot = project.session.results.snapshot.snapshot.source.sha256;
    const { parameters, page, session: state } = project;
    const { bytes } = session.memory;
    return {
      id: null,
      copied: false,
      parameters,
      page,
      records: state.records,
      lists: state.lists,
      memoryBytes: bytes,
    };
  }

  #project(session: Session, { parameters, page }: PageProject): Project | null {
    const { state } = session;
    return state && { created: this.#created, parameters, session: state, page };
  }

  #opened(): Promise<ProjectStore> {
    this.#store ??= ProjectStore.open(navigator.storage);
    // Refused once, it may be allowed later.
    this.#store.catch(() => {
      this.#store = null;
    });
    return this.#store;
  }
}

/** A worker that is gone lets go of its lock a moment later, ms. */
const LOCK_PATIENCE_MS = 500;

/** Hold a project until the function is called, or the worker is gone; null where another tab has it. */
function lock(id: string): Promise<(() => void) | null> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(LOCK_PATIENCE_MS);
    const hold = () => new Promise<void>((release) => resolve(release));
    navigator.locks.request(LOCK + id, { signal }, hold).catch((thrown: unknown) => {
      if (thrown instanceof DOMException && thrown.name === 'TimeoutError') resolve(null);
      else reject(thrown);
    });
  });
}
