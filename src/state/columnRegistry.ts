import type { Column } from '#data/column.ts';

/** What may enter React and zustand in place of an array: the name of a column and which edition of it. */
export interface ColumnRef {
  readonly name: string;
  readonly version: number;
}

/**
 * Holds the heavy arrays of the page outside React and zustand. A column is published whole and replaced whole;
 * publishing the same name again raises its version, so that whoever shows it sees that it changed.
 */
export class ColumnRegistry {
  readonly #columns = new Map<string, Column>();

  publish(column: Column): ColumnRef {
    const version = (this.#columns.get(column.name)?.version ?? 0) + 1;
    this.#columns.set(column.name, { ...column, version });
    return { name: column.name, version };
  }

  find(name: string): Column | undefined {
    return this.#columns.get(name);
  }

  /** Forget every column whose name starts with `prefix` (an owner, such as `model.`). */
  drop(prefix: string): void {
    for (const name of this.#columns.keys()) if (name.startsWith(prefix)) this.#columns.delete(name);
  }

  get names(): string[] {
    return [...this.#columns.keys()];
  }
}
