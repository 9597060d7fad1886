/** A change that can be taken back. Whoever records it holds what it takes to do so. */
export interface Change {
  /** What was done, as the end of "Undo …": "lasso in PCA 1-2". */
  readonly label: string;
  undo(): void;
  redo(): void;
}

/** Steps back that are kept: of a million atoms a step holds at most a few sets of 125 kB. */
const MOST_STEPS = 100;

/** Changes in the order in which they were made, of whatever part of the page records them. */
export class History {
  #done: Change[] = [];
  #undone: Change[] = [];
  readonly #most: number;
  /** Called whenever what can be undone or redone is another. */
  onChange: () => void = () => {};

  constructor(most = MOST_STEPS) {
    this.#most = most;
  }

  /** A change that was just made; whatever had been taken back is then gone. */
  record(change: Change): void {
    this.#done.push(change);
    if (this.#done.length > this.#most) this.#done.shift();
    this.#undone = [];
    this.onChange();
  }

  undo(): void {
    this.#move(this.#done, this.#undone, (change) => change.undo());
  }

  redo(): void {
    this.#move(this.#undone, this.#done, (change) => change.redo());
  }

  /** Forget everything: what the changes were made to is gone. */
  clear(): void {
    this.#done = [];
    this.#undone = [];
    this.onChange();
  }

  /** Labels of what would be undone and redone; null where there is nothing. */
  get undoes(): string | null {
    return this.#done.at(-1)?.label ?? null;
  }

  get redoes(): string | null {
    return this.#undone.at(-1)?.label ?? null;
  }

  #move(from: Change[], to: Change[], act: (change: Change) => void): void {
    const change = from.pop();
    if (!change) return;
    act(change);
    to.push(change);
    this.onChange();
  }
}
