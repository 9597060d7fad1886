import type { AtomSet } from '#data/atomSet.ts';
import { inBackground } from '#data/background.ts';
import type { SetActions } from './actions/setActions.ts';
import type { ColumnRegistry } from './columnRegistry.ts';
import { partsOf, valuesOf } from './columnValues.ts';
import { atomFlags, type FlagsInput, HIDDEN, TINT } from './flags.ts';
import { SELECTION, SELECTION_COLOUR } from './slices/sets.ts';
import { type Store, useStore } from './store.ts';

/** What the picture is told of every atom, and in which edition. */
export interface KeptFlags {
  /** [n] see `HIDDEN` and the tints of `FlagsRecord`. */
  readonly array: Uint8Array;
  readonly version: number;
}

/** Keeps the flags of all atoms in step with sets and filters, in turns between which the page answers the hand. */
export class FlagsKeeper {
  readonly #columns: ColumnRegistry;
  readonly #sets: SetActions;
  #kept: KeptFlags | null = null;
  /** What the flags that are kept, or on their way, were made from. */
  #madeFrom = '';
  #version = 0;
  #stop: () => void = () => {};

  constructor(columns: ColumnRegistry, sets: SetActions) {
    this.#columns = columns;
    this.#sets = sets;
    useStore.subscribe((now, before) => {
      const same =
        now.sets === before.sets &&
        now.current === before.current &&
        now.only === before.only &&
        now.filters === before.filters &&
        now.columns === before.columns;
      if (!same) this.#follow(now);
    });
  }

  /** Those that the store's record speaks of; null where no filter and no tint is in force. */
  get kept(): KeptFlags | null {
    return this.#kept;
  }

  /** Whether filters and sets leave an atom in the picture. */
  shows(row: number): boolean {
    return this.#kept === null || (this.#kept.array[row]! & HIDDEN) === 0;
  }

  #follow(store: Store): void {
    const made = this.#inputOf(store);
    const from = JSON.stringify(made?.key ?? '');
    if (from === this.#madeFrom) return;
    this.#madeFrom = from;
    this.#stop();
    if (!made) {
      this.#kept = null;
      useStore.setState({ flags: null });
      return;
    }
    this.#stop = inBackground(atomFlags(made.input), ({ array, hidden }) => {
      this.#kept = { array, version: ++this.#version };
      useStore.setState({ flags: { version: this.#version, hidden, tints: made.tints } });
    });
  }

  /** What is in force, with a key that tells it from anything else; null where nothing is. */
  #inputOf({ sets, current, only, filters }: Store): { input: FlagsInput; tints: string[]; key: unknown } | null {
    const ranges = filters.ranges.flatMap(({ column, from, to }) => {
      const values = valuesOf(column, this.#columns);
      return values ? [{ values, from: from ?? -Infinity, to: to ?? Infinity, column }] : [];
    });
    const network = filters.network ? this.#columns.find('structure.network') : undefined;
    const versionOf = (id: string) =>
      id === SELECTION ? current.version : sets.find((candidate) => candidate.id === id)?.version;
    const atoms = (ids: readonly string[]): AtomSet[] => ids.map((id) => this.#sets.find(id));
    const hidden = sets.filter((set) => set.hidden).map(({ id }) => id);
    const tinted = [
      ...(current.count > 0 ? [{ id: SELECTION, colour: SELECTION_COLOUR }] : []),
      ...sets.filter((set) => set.tinted && set.count > 0),
    ].slice(0, TINT);
    if (ranges.length + hidden.length + tinted.length === 0 && !network && only === null) return null;

    const withVersion = (ids: readonly string[]) => ids.map((id) => [id, versionOf(id)]);
    const tintIds = tinted.map(({ id }) => id);
    const tints = tinted.map(({ colour }) => colour);
    return {
      input: {
        count: this.#columns.find('atoms.id')?.array.length ?? 0,
        ranges,
        network: network ? (network.array as Uint8Array) : null,
        hidden: atoms(hidden),
        only: only === null ? null : this.#sets.find(only),
        tinted: atoms(tintIds),
      },
      tints,
      key: [
        ranges.map(({ column, from, to }) => [column, `${from}`, `${to}`, this.#editionOf(column)]),
        network?.version,
        withVersion(hidden),
        only === null ? null : withVersion([only]),
        withVersion(tintIds),
        tints,
      ],
    };
  }

  #editionOf(column: string): number | undefined {
    return this.#columns.find(partsOf(column).name)?.version;
  }
}
