import { beforeEach, describe, expect, test } from 'vitest';
import { rowsOf, setWhere } from '#data/atomSet.ts';
import { makeCubicCell } from '#data/cell.ts';
import { makeColumn } from '#data/column.ts';
import { AtomSets } from '../atomSets.ts';
import { ColumnRegistry } from '../columnRegistry.ts';
import { HIDDEN } from '../flags.ts';
import { FlagsKeeper } from '../flagsKeeper.ts';
import { SELECTION, SELECTION_COLOUR } from '../slices/sets.ts';
import { useStore } from '../store.ts';
import { modeOfKeys, selectAround, selectInPolygon, selectInRange } from './selecting.ts';
import { SetActions } from './setActions.ts';

const SIZE = 100;
let sets: SetActions;
let columns: ColumnRegistry;

const below = (limit: number) => setWhere(SIZE, (row) => row < limit);
const even = () => setWhere(SIZE, (row) => row % 2 === 0);
const selected = () => [...rowsOf(sets.find(SELECTION))];
const store = () => useStore.getState();

beforeEach(() => {
  useStore.setState(useStore.getInitialState(), true);
  columns = new ColumnRegistry();
  columns.publish(
    makeColumn(
      'atoms.id',
      '',
      Uint32Array.from({ length: SIZE }, (_, row) => row + 1),
    ),
  );
  sets = new SetActions(new AtomSets());
  sets.restart(SIZE);
});

describe('the selection', () => {
  test('is replaced, added to, taken from and met; says where it is from; and every step can be undone', async () => {
    await sets.select(below(10), 'replace', 'lasso');
    expect(store().current).toMatchObject({ count: 10, origin: 'lasso' });
    await sets.select(even(), 'subtract', 'box');
    expect(selected()).toEqual([1, 3, 5, 7, 9]);
    await sets.select(below(2), 'add', 'slab');
    expect(selected()).toEqual([0, 1, 3, 5, 7, 9]);
    await sets.select(below(4), 'intersect', 'type');
    expect(selected()).toEqual([0, 1, 3]);
    expect(store().current.origin).toBe('lasso ∖ box ∪ slab ∩ type');
    for (let k = 0; k < 3; k++) sets.history.undo();
    expect(store().current).toMatchObject({ count: 10, origin: 'lasso' });
    expect(selected()).toHaveLength(10);
    sets.history.redo();
    expect(selected()).toEqual([1, 3, 5, 7, 9]);
    expect([sets.history.lastLabel, sets.history.nextLabel]).toEqual(['box', 'slab']);
  });

  test('to add to nothing is to begin; what is asked for while one is found comes after it', async () => {
    const first = sets.select(below(3), 'add', 'one');
    const second = sets.select(even(), 'intersect', 'two');
    await Promise.all([first, second]);
    expect(selected()).toEqual([0, 2]);
    expect(store().current.origin).toBe('one ∩ two');
  });

  test('keys join it: Shift adds, Alt takes away, both meet', () => {
    const keys = [false, true].flatMap((shiftKey) => [false, true].map((altKey) => modeOfKeys({ shiftKey, altKey })));
    expect(keys).toEqual(['replace', 'subtract', 'add', 'intersect']);
  });

  test('a new snapshot ends everything, a search on its way included', async () => {
    await sets.select(below(5), 'replace', 'lasso');
    sets.keep();
    const late = sets.select(below(5), 'replace', 'late');
    sets.restart(7);
    expect(await late).toBe(false);
    expect(store()).toMatchObject({ sets: [], current: { count: 0 } });
    expect([sets.history.canUndo, sets.history.canRedo]).toEqual([false, false]);
    expect(sets.find(SELECTION).size).toBe(7);
  });
});

describe('named sets', () => {
  test('are kept, combined, changed and deleted, and come back by undo with their atoms', async () => {
    await sets.select(below(10), 'replace', 'lasso');
    const a = sets.keep();
    sets.rename(a, 'A');
    await sets.select(even(), 'replace', 'even');
    const b = sets.combine(a, SELECTION, 'intersection');
    expect(store().sets[1]).toMatchObject({ name: 'A ∩ selection', count: 5, origin: 'A ∩ selection' });
    const rest = sets.complement(a);
    expect(store().sets[2]).toMatchObject({ name: 'not A', count: 90 });
    expect(new Set(store().sets.map(({ colour }) => colour)).size).toBe(3);

    sets.adjust(a, 'difference');
    expect(store().sets[0]).toMatchObject({ count: 5, version: 2, origin: 'lasso ∖ even' });
    expect([...rowsOf(sets.find(a))]).toEqual([1, 3, 5, 7, 9]);
    expect([...rowsOf(sets.find(b))]).toEqual([0, 2, 4, 6, 8]);

    sets.showOnly(rest);
    sets.remove(rest);
    expect(store().only).toBeNull();
    sets.history.undo();
    expect(store()).toMatchObject({ only: rest });
    expect(sets.find(rest).count).toBe(90);
    for (let k = 0; k < 2; k++) sets.history.undo();
    expect(sets.find(a).count).toBe(10);
    expect(store().sets[0]).toMatchObject({ count: 10, version: 1, name: 'A' });
  });
});

describe('selecting by numbers', () => {
  const page = () => ({ columns, sets });

  test('an outline on a plot is asked of all atoms', async () => {
    const labels = Float64Array.from({ length: SIZE }, (_, k) => (k === 5 ? NaN : k));
    columns.publish(makeColumn('energies.label', 'eV', labels));
    const x = (row: number) => row;
    const down = (row: number) => -(2 * row + 1);
    const label = (row: number) => labels[row]!;
    await selectInPolygon(page(), { x, y: down }, [1.5, -100, 8.5, -100, 8.5, -7, 1.5, -7], 'replace', 'PCA');
    expect(selected()).toEqual([4, 5, 6, 7, 8]);
    await selectInPolygon(page(), { x, y: label }, [1, 1, 9, 1, 9, 9.5, 1, 9.5], 'intersect', 'parity');
    expect(selected()).toEqual([4, 6, 7, 8]);
    await selectInPolygon(page(), { x: label, y: null }, [3, 0, 6, 0, 6, 1], 'replace', 'histogram');
    expect(selected()).toEqual([3, 4, 6]);
    await selectInRange(page(), 'energies.label', [-Infinity, 6], 'replace', 'range');
    expect(selected()).toEqual([0, 1, 2, 3, 4, 6]);
    expect(await selectInRange(page(), 'model.energy', [0, 1], 'replace', 'range')).toBe(false);
    expect(await selectInRange(page(), 'pool.scores/2', [0, 1], 'replace', 'range')).toBe(false);
  });

  test('a sphere reaches through the walls of the cell', async () => {
    const positions = Float32Array.from({ length: 3 * SIZE }, (_, k) => (k % 3 === 0 ? k / 3 / 10 - 5 : 0));
    columns.publish(makeColumn('atoms.position', 'Å', positions, 3));
    await selectAround(page(), makeCubicCell(10), 0, 0.25, 'replace', 'sphere');
    expect(selected()).toEqual([0, 1, 2, 98, 99]);
  });
});

describe('flags for the picture', () => {
  const settled = () => new Promise((resolve) => setTimeout(resolve, 30));

  test('follow sets and filters, and go when nothing is in force', async () => {
    const keeper = new FlagsKeeper(columns, sets);
    columns.publish(
      makeColumn(
        'structure.coordination',
        '',
        Uint8Array.from({ length: SIZE }, (_, row) => row % 20),
      ),
    );
    await sets.select(below(10), 'replace', 'lasso');
    await settled();
    expect(store().flags).toMatchObject({ hidden: 0, tints: [SELECTION_COLOUR] });
    expect(Array.from(keeper.kept!.array.subarray(8, 12))).toEqual([1, 1, 0, 0]);

    const id = sets.keep();
    sets.clearSelection();
    sets.hide(id, true);
    sets.changeFilters('filter', { ranges: [{ id: 'x', column: 'structure.coordination', from: 5, to: null }] });
    await settled();
    const expected = Array.from({ length: SIZE }, (_, row) => row >= 10 && row % 20 >= 5);
    expect(Array.from(keeper.kept!.array, (flag) => (flag & HIDDEN) === 0)).toEqual(expected);
    expect(store().flags!.hidden).toBe(expected.filter((shown) => !shown).length);
    expect(expected.map((_, row) => keeper.shows(row))).toEqual(expected);

    const { version } = store().flags!;
    sets.rename(id, 'other');
    await settled();
    expect(store().flags!.version).toBe(version);

    sets.restart(SIZE);
    expect(store().flags).toBeNull();
    expect(keeper.kept).toBeNull();
  });

  test('a filter by a column that is not computed hides nothing', async () => {
    const keeper = new FlagsKeeper(columns, sets);
    sets.changeFilters('filter', { ranges: [{ id: 'x', column: 'model.energy', from: 0, to: null }], network: true });
    await settled();
    expect(keeper.kept).toBeNull();
    columns.publish(
      makeColumn(
        'structure.network',
        '',
        Uint8Array.from({ length: SIZE }, (_, row) => Number(row < 3)),
      ),
    );
    store().setSession({ columns: {} });
    await settled();
    expect(store().flags!.hidden).toBe(97);
  });
});
