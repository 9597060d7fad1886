import { expect, test } from 'vitest';
import { insertPanel, movePanel, newPanel, removePanel } from './editPanels.ts';
import { MOST_PANELS, PANEL_KINDS, type Panel } from './recipe.ts';
import { panelLetter } from './sheet.ts';

const abc: Panel[] = [{ kind: 'errors' }, { kind: 'histogram' }, { kind: 'variance' }];
const kinds = (panels: readonly Panel[]) => panels.map(({ kind }) => kind).join(' ');

test('panels move by one place, and not beyond the ends', () => {
  expect(kinds(movePanel(abc, 0, 1))).toBe('histogram errors variance');
  expect(kinds(movePanel(abc, 2, -1))).toBe('errors variance histogram');
  expect(movePanel(abc, 0, -1)).toBe(abc);
  expect(movePanel(abc, 2, 1)).toBe(abc);
});

test('another comes behind its panel, and there are never more than fit', () => {
  expect(kinds(insertPanel(abc, 1, { kind: 'localErrors' }))).toBe('errors histogram localErrors variance');
  const full = Array<Panel>(MOST_PANELS).fill({ kind: 'errors' });
  expect(insertPanel(full, 0, { kind: 'errors' })).toBe(full);
});

test('the last panel stays', () => {
  expect(kinds(removePanel(abc, 1))).toBe('errors variance');
  const one: Panel[] = [{ kind: 'errors' }];
  expect(removePanel(one, 0)).toBe(one);
});

test.each(PANEL_KINDS)('a new panel %s is of its kind', (kind) => {
  expect(newPanel(kind, 'ur').kind).toBe(kind);
});

test('letters', () => {
  expect([0, 1, MOST_PANELS - 1].map(panelLetter)).toEqual(['a', 'b', 'l']);
});
