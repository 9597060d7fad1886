import { type AtomSet, complement, difference, intersection, union } from '#data/atomSet.ts';
import { inTurns } from '#data/background.ts';
import type { AtomSets } from '../atomSets.ts';
import { History } from '../history.ts';
import type { Filters } from '../slices/filters.ts';
import { NO_FILTERS } from '../slices/filters.ts';
import {
  type CurrentSelection,
  type NamedSet,
  NOTHING_SELECTED,
  SELECTION,
  SET_COLOURS,
  type SelectMode,
} from '../slices/sets.ts';
import { useStore } from '../store.ts';

export type Operation = 'union' | 'intersection' | 'difference';

const OPERATIONS = { union, intersection, difference } as const;
/** As mathematics writes them. */
export const SIGNS: Readonly<Record<Operation, string>> = { union: '∪', intersection: '∩', difference: '∖' };
const MODES: Readonly<Record<SelectMode, Operation | null>> = {
  replace: null,
  add: 'union',
  subtract: 'difference',
  intersect: 'intersection',
};

/** Where a selection was put together from many parts, words for the last ones. */
const LONGEST_ORIGIN = 80;

/** Everything that undo and redo bring back: records for the page, and the bits behind them. */
export interface Arrangement {
  readonly sets: readonly NamedSet[];
  readonly current: CurrentSelection;
  readonly only: string | null;
  readonly filters: Filters;
  readonly bits: ReadonlyMap<string, AtomSet>;
}

/** What a person can do with sets of atoms and with filters. Every change is one step of the history. */
export class SetActions {
  readonly history: History;
  readonly #held: AtomSets;
  #next = 1;
  #version = 0;
  /** Raised by a new snapshot: a selection that was begun on the one before is not wanted any more. */
  #epoch = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(held: AtomSets, history = new History()) {
    this.#held = held;
    this.history = history;
  }

  /** A new snapshot of so many atoms: sets, filters and history of the one before are gone. */
  restart(size: number): void {
    this.#epoch++;
    this.#next = 1;
    this.#held.restart(size);
    useStore.setState({ sets: [], current: NOTHING_SELECTED, only: null, filters: NO_FILTERS });
    this.history.clear();
  }

  /** Every set and the selection, by id: replaced whole when anything changes. */
  get bits(): ReadonlyMap<string, AtomSet> {
    return this.#held.bits;
  }

  /** The sets and filters of a project that was opened; its history is not kept. */
  restore(arrangement: Arrangement): void {
    const ids = [...arrangement.sets, ...arrangement.filters.ranges].map(({ id }) => Number(id));
    this.#next = Math.max(0, ...ids.filter(Number.isFinite)) + 1;
    this.#version = arrangement.current.version;
    this.#arrange(arrangement);
    this.history.clear();
  }

  /** The atoms of a set, or of the selection. */
  find(id: string): AtomSet {
    return this.#held.find(id);
  }

  /**
   * Find atoms in turns, and make them the selection or join them with it. Selections that are asked for while one is
   * being found come after it.
   * @returns False where another snapshot was opened meanwhile.
   */
  select(finding: Generator<void, AtomSet>, mode: SelectMode, origin: string): Promise<boolean> {
    const epoch = this.#epoch;
    const mine = this.#turn.then(async () => {
      if (epoch !== this.#epoch) return false;
      const found = await inTurns(finding);
      if (epoch !== this.#epoch) return false;
      this.#setSelection(found, mode, origin);
      return true;
    });
    this.#turn = mine.catch(() => {});
    return mine;
  }

  clearSelection(): void {
    if (this.find(SELECTION).count === 0) return;
    this.#change('clear the selection', (now) => ({
      ...now,
      current: { ...NOTHING_SELECTED, version: ++this.#version },
      bits: without(now.bits, SELECTION),
    }));
  }

  /** Turn the selection into what is not in it. */
  invertSelection(): void {
    const { current } = useStore.getState();
    const origin = current.origin === '' ? 'all atoms' : `all but ${current.origin}`;
    this.#setSelection(complement(this.find(SELECTION)), 'replace', origin);
  }

  /** Make a set the selection. */
  selectSet(id: string): void {
    this.#setSelection(this.find(id), 'replace', this.#record(id).name);
  }

  /**
   * Keep the atoms of a set or of the selection under a name of their own.
   * @returns Id of the new set.
   */
  keep(from: string = SELECTION): string {
    const { current } = useStore.getState();
    const { name, origin } = from === SELECTION ? { name: null, origin: current.origin } : this.#record(from);
    return this.#add(this.find(from), origin, name === null ? undefined : `${name} copy`, name ? 'duplicate' : 'keep');
  }

  rename(id: string, name: string): void {
    const record = this.#record(id);
    if (name !== record.name) this.#edit(`rename ${record.name}`, id, { name });
  }

  tint(id: string, tinted: boolean): void {
    this.#edit(tinted ? 'show the colour' : 'hide the colour', id, { tinted });
  }

  hide(id: string, hidden: boolean): void {
    this.#edit(hidden ? `hide ${this.#record(id).name}` : `show ${this.#record(id).name}`, id, { hidden });
  }

  recolour(id: string, colour: string): void {
    this.#edit('another colour', id, { colour });
  }

  /** Show nothing beside a set or the selection; null shows the others again. */
  showOnly(id: string | null): void {
    this.#change(id === null ? 'show the others' : 'show only these', (now) => ({ ...now, only: id }));
  }

  /** @returns Id of the new set. */
  complement(id: string): string {
    const { name } = this.#record(id);
    return this.#add(complement(this.find(id)), `all but ${name}`, `not ${name}`, 'complement');
  }

  /** @returns Id of the new set. */
  combine(a: string, b: string, operation: Operation): string {
    const words = `${this.#nameOf(a)} ${SIGNS[operation]} ${this.#nameOf(b)}`;
    return this.#add(OPERATIONS[operation](this.find(a), this.find(b)), words, words, operation);
  }

  /** Add the selection to a set, or take it away. */
  adjust(id: string, operation: 'union' | 'difference'): void {
    const record = this.#record(id);
    const atoms = OPERATIONS[operation](this.find(id), this.find(SELECTION));
    const origin = shortened(`${record.origin} ${SIGNS[operation]} ${useStore.getState().current.origin}`);
    this.#change(`change ${record.name}`, (now) => ({
      ...now,
      sets: now.sets.map((set) =>
        set.id === id ? { ...set, count: atoms.count, version: set.version + 1, origin } : set,
      ),
      bits: new Map(now.bits).set(id, atoms),
    }));
  }

  remove(id: string): void {
    this.#change(`delete ${this.#record(id).name}`, (now) => ({
      ...now,
      sets: now.sets.filter((set) => set.id !== id),
      only: now.only === id ? null : now.only,
      bits: without(now.bits, id),
    }));
  }

  changeFilters(label: string, change: Partial<Filters>): void {
    this.#change(label, (now) => ({ ...now, filters: { ...now.filters, ...change } }));
  }

  /** An id that no set and no filter has had since the snapshot was opened. */
  newId(): string {
    return `${this.#next++}`;
  }

  #setSelection(found: AtomSet, mode: SelectMode, origin: string): void {
    const before = this.find(SELECTION);
    // To add to nothing is to begin.
    const begins = mode === 'replace' || (mode === 'add' && before.count === 0);
    const operation = begins ? null : MODES[mode];
    const atoms = operation ? OPERATIONS[operation](before, found) : found;
    const words = operation ? `${useStore.getState().current.origin} ${SIGNS[operation]} ${origin}` : origin;
    this.#change(origin, (now) => ({
      ...now,
      current: { count: atoms.count, version: ++this.#version, origin: shortened(words) },
      bits: new Map(now.bits).set(SELECTION, atoms),
    }));
  }

  #add(atoms: AtomSet, origin: string, name: string | undefined, label: string): string {
    const id = this.newId();
    const set: NamedSet = {
      id,
      name: name ?? `Set ${id}`,
      count: atoms.count,
      version: 1,
      colour: SET_COLOURS[useStore.getState().sets.length % SET_COLOURS.length]!,
      tinted: true,
      hidden: false,
      origin,
    };
    this.#change(label, (now) => ({
      ...now,
      sets: [...now.sets, set],
      bits: new Map(now.bits).set(id, atoms),
    }));
    return id;
  }

  #edit(label: string, id: string, change: Partial<NamedSet>): void {
    this.#change(label, (now) => ({
      ...now,
      sets: now.sets.map((set) => (set.id === id ? { ...set, ...change } : set)),
    }));
  }

  #record(id: string): NamedSet {
    const record = useStore.getState().sets.find((set) => set.id === id);
    if (!record) throw new Error(`there is no set ${id}`);
    return record;
  }

  #nameOf(id: string): string {
    return id === SELECTION ? 'selection' : this.#record(id).name;
  }

  #change(label: string, to: (now: Arrangement) => Arrangement): void {
    const { sets, current, only, filters } = useStore.getState();
    const before: Arrangement = { sets, current, only, filters, bits: this.#held.bits };
    const after = to(before);
    this.#arrange(after);
    this.history.push({ label, undo: () => this.#arrange(before), redo: () => this.#arrange(after) });
  }

  /** The bits first: whoever hears of the records looks at them. */
  #arrange({ bits, ...records }: Arrangement): void {
    this.#held.bits = bits;
    useStore.setState(records);
  }
}

function without(bits: ReadonlyMap<string, AtomSet>, id: string): ReadonlyMap<string, AtomSet> {
  const rest = new Map(bits);
  rest.delete(id);
  return rest;
}

function shortened(origin: string): string {
  return origin.length <= LONGEST_ORIGIN ? origin : `… ${origin.slice(origin.length - LONGEST_ORIGIN + 2)}`;
}
