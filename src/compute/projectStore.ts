import type { MemoryLedger } from '#data/buffers.ts';
import type { NumericArray } from '#data/column.ts';
import type { Control } from '#data/control.ts';
import { badInput, describeFailure, Refusal, toFailure } from '#data/errors.ts';
import { ArrayFiles } from '#project/arrayFiles.ts';
import { openRecord, type Project, type ProjectRecord, readRecord, recordProject } from '#project/project.ts';
import { type ArrayPlace, bytesOf, placesIn } from '#project/tree.ts';

/** Folder of all projects in the origin private file system. */
const FOLDER = 'projects';
const RECORD = 'project.json';
/** Name of the n-th array file; files are never written again. */
const ARRAY_FILE = /^array-(\d+)\.bin$/;
/** Bytes between two looks at what else there is to do. */
const SLICE = 1 << 23;

/** A project that is kept, as a list shows it. */
export interface KeptProject {
  readonly id: string;
  /** Of all its files. */
  readonly byteLength: number;
  /** What its record says; null where it cannot be read, and `problem` says why. */
  readonly record: Pick<ProjectRecord, 'created' | 'saved' | 'snapshot' | 'stages'> | null;
  readonly problem: string;
}

/** What of the origin private file system is used; TypeScript's DOM library does not know the part for workers. */
interface SyncAccessHandle {
  write(buffer: ArrayBufferView, options: { at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}
type WorkerFileHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncAccessHandle> };

/** All projects that this browser keeps for this page. */
export class ProjectStore {
  readonly #folder: FileSystemDirectoryHandle;

  private constructor(folder: FileSystemDirectoryHandle) {
    this.#folder = folder;
  }

  /** @throws Refusal (`no-storage`) where the browser gives the page no storage. */
  static async open(storage: Pick<StorageManager, 'getDirectory'> | undefined): Promise<ProjectStore> {
    try {
      const root = await storage!.getDirectory();
      return new ProjectStore(await root.getDirectoryHandle(FOLDER, { create: true }));
    } catch (thrown) {
      throw noStorage(thrown);
    }
  }

  /** The last saved first. A folder without a record was begun and never finished: it is no project. */
  async list(): Promise<{ readonly kept: readonly KeptProject[]; readonly begun: readonly string[] }> {
    const kept: KeptProject[] = [];
    const begun: string[] = [];
    for await (const [id, folder] of this.#folder.entries()) {
      if (folder.kind !== 'directory') continue;
      let byteLength = 0;
      let hasRecord = false;
      for await (const file of folder.values()) {
        hasRecord ||= file.name === RECORD;
        if (file.kind === 'file') byteLength += (await file.getFile()).size;
      }
      if (hasRecord) kept.push({ id, byteLength, ...(await readHead(folder)) });
      else begun.push(id);
    }
    const saved = ({ record }: KeptProject) => record?.saved ?? '';
    return { kept: kept.sort((a, b) => (saved(a) < saved(b) ? 1 : -1)), begun };
  }

  async remove(id: string): Promise<void> {
    await this.#folder.removeEntry(id, { recursive: true });
  }

  /** The folder of a project; it is made with the first that is saved in it. */
  folderOf(id: string): ProjectFolder {
    return new ProjectFolder(() => this.#folder.getDirectoryHandle(id, { create: true }), id);
  }
}

/**
 * One project in a folder: a record, and a file for each array, which is written once. The record is replaced in one
 * step, after the arrays that it mentions: whoever is killed meanwhile leaves the one before, whole.
 */
export class ProjectFolder {
  readonly id: string;
  readonly #open: () => Promise<FileSystemDirectoryHandle>;
  /** What the record mentions. */
  #written = new ArrayFiles();
  #next: number | null = null;

  constructor(open: () => Promise<FileSystemDirectoryHandle>, id: string) {
    this.#open = open;
    this.id = id;
  }

  /** @throws Refusal (`no-storage`) where the storage is full or was taken away; what was kept before stands. */
  async save(project: Project): Promise<void> {
    try {
      const folder = await this.#open();
      this.#next ??= await firstFree(folder);
      const written = new ArrayFiles();
      const fresh = new Map<string, NumericArray>();
      const record = recordProject(project, (array) => {
        const known = written.find(array) ?? this.#written.find(array);
        const file = known ?? `array-${this.#next!++}.bin`;
        if (!known) fresh.set(file, array);
        written.set(array, file);
        return file;
      });
      for (const [file, array] of fresh) await writeArray(folder, file, array);
      await writeText(folder, RECORD, JSON.stringify(record));
      this.#written = written;
      await this.#removeOthers(folder);
    } catch (thrown) {
      throw thrown instanceof Refusal || thrown instanceof TypeError ? thrown : noStorage(thrown);
    }
  }

  /**
   * What was saved last; its arrays lie in ledger memory.
   * @throws Refusal where nothing whole is there, or there is no memory for it; nothing is then left in the ledger.
   */
  async load(memory: MemoryLedger, control: Control): Promise<Project> {
    const folder = await this.#open();
    const record = readRecord(await textOf(folder, RECORD), 'the project');
    const arrays = new Map<string, NumericArray>();
    try {
      const places = [...placesIn(record.parameters), ...placesIn(record.session), ...placesIn(record.page)];
      control.begin(
        'reading',
        places.reduce((sum, place) => sum + bytesOf(place), 0),
      );
      for (const place of places) {
        if (!arrays.has(place.file)) arrays.set(place.file, await readArray(folder, place, memory, control));
      }
      const project = openRecord(record, ({ file }) => arrays.get(file)!, 'the project');
      for (const [file, array] of arrays) this.#written.set(array, file);
      return project;
    } catch (thrown) {
      memory.release(...arrays.values());
      throw thrown;
    }
  }

  /** Arrays of results that were replaced. */
  async #removeOthers(folder: FileSystemDirectoryHandle): Promise<void> {
    const mentioned = this.#written.names;
    const left: string[] = [];
    for await (const name of folder.keys()) if (ARRAY_FILE.test(name) && !mentioned.has(name)) left.push(name);
    for (const name of left) await folder.removeEntry(name);
  }
}

async function readHead(folder: FileSystemDirectoryHandle): Promise<Pick<KeptProject, 'record' | 'problem'>> {
  try {
    const { created, saved, snapshot, stages } = readRecord(await textOf(folder, RECORD), 'the kept project');
    return { record: { created, saved, snapshot, stages }, problem: '' };
  } catch (thrown) {
    return { record: null, problem: describeFailure(toFailure(thrown)) };
  }
}

async function firstFree(folder: FileSystemDirectoryHandle): Promise<number> {
  let next = 0;
  for await (const name of folder.keys()) next = Math.max(next, Number(ARRAY_FILE.exec(name)?.[1] ?? -1) + 1);
  return next;
}

async function writeArray(folder: FileSystemDirectoryHandle, name: string, array: NumericArray): Promise<void> {
  const handle = (await folder.getFileHandle(name, { create: true })) as WorkerFileHandle;
  const access = await handle.createSyncAccessHandle();
  try {
    access.truncate(0);
    for (let at = 0; at < array.byteLength; at += SLICE) {
      const piece = new Uint8Array(array.buffer, array.byteOffset + at, Math.min(SLICE, array.byteLength - at));
      if (access.write(piece, { at }) !== piece.length) throw new DOMException('', 'QuotaExceededError');
      await nextMessage();
    }
    access.flush();
  } finally {
    access.close();
  }
}

async function readArray(
  folder: FileSystemDirectoryHandle,
  place: ArrayPlace,
  memory: MemoryLedger,
  control: Control,
): Promise<NumericArray> {
  const damaged = () => badInput({ file: 'the project', message: `${place.file} of it is missing or cut short` });
  const array = memory.allocate(place.file, place.dtype, place.length);
  const target = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  try {
    const file = await (await folder.getFileHandle(place.file)).getFile();
    if (file.size !== target.length) throw damaged();
    for (let at = 0; at < target.length; at += SLICE) {
      control.throwIfCancelled();
      const piece = new Uint8Array(await file.slice(at, at + SLICE).arrayBuffer());
      target.set(piece, at);
      control.advance(piece.length);
    }
    return array;
  } catch (thrown) {
    memory.release(array);
    throw thrown instanceof Refusal ? thrown : damaged();
  }
}

/** The text takes the place of the one before when all of it is written. */
async function writeText(folder: FileSystemDirectoryHandle, name: string, text: string): Promise<void> {
  const writable = await (await folder.getFileHandle(name, { create: true })).createWritable();
  await writable.write(text);
  await writable.close();
}

async function textOf(folder: FileSystemDirectoryHandle, name: string): Promise<string> {
  return (await (await folder.getFileHandle(name)).getFile()).text();
}

/** A worker answers its messages between two slices. */
function nextMessage(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

function noStorage(thrown: unknown): Refusal {
  const name = thrown instanceof Error ? thrown.name : '';
  const message =
    name === 'QuotaExceededError'
      ? 'The storage that the browser gives this page is full: delete kept projects, or save this one as a file'
      : 'The browser gives this page no storage (a private window does so): save the project as a file before you close it';
  return new Refusal({ tag: 'no-storage', message });
}
