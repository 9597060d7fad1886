/** Something that was done to the page and can be taken back. */
export interface HistoryEntry {
  /** What was done, in a few words: "slice". */
  readonly label: string;
  undo(): void;
  redo(): void;
}

/** How far back one can go. Entries are a few hundred bytes; nobody counts beyond this. */
const MOST_ENTRIES = 200;

/** What was done, in order, with a place in it: entries before it can be undone, those after it redone. */
export class History {
  readonly #most: number;
  readonly #listeners = new Set<() => void>();
  #entries: HistoryEntry[] = [];
  #done = 0;

  constructor(most = MOST_ENTRIES) {
    this.#most = most;
  }

  /** Whatever was undone before is forgotten, and beyond the bound the oldest. */
  push(entry: HistoryEntry): void {
    this.#entries = [...this.#entries.slice(0, this.#done), entry].slice(-this.#most);
    this.#done = this.#entries.length;
    this.#tell();
  }

  /** Take the last entry back; its label, or null where there is none. */
  undo(): string | null {
    const entry = this.#entries[this.#done - 1];
    if (!entry) return null;
    this.#done--;
    entry.undo();
    this.#tell();
    return entry.label;
  }

  /** Do again what was taken back last; its label, or null where there is none. */
  redo(): string | null {
    const entry = this.#entries[this.#done];
    if (!entry) return null;
    this.#done++;
    entry.redo();
    this.#tell();
    return entry.label;
  }

  clear(): void {
    this.#entries = [];
    this.#done = 0;
    this.#tell();
  }

  get canUndo(): boolean {
    return this.#done > 0;
  }

  get canRedo(): boolean {
    return this.#done < this.#entries.length;
  }

  /** Label of what `undo` would take back; null where there is nothing. */
  get lastLabel(): string | null {
    return this.#entries[this.#done - 1]?.label ?? null;
  }

  /** Label of what `redo` would do again; null where there is nothing. */
  get nextLabel(): string | null {
    return this.#entries[this.#done]?.label ?? null;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** The history of this page. */
export const history = new History();
