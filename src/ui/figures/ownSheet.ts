import { insertPanel, movePanel, newPanel, removePanel } from '#figures/editPanels.ts';
import type { FigurePreset } from '#figures/presets.ts';
import type { Panel, Recipe } from '#figures/recipe.ts';

/** A panel that keeps its name while the list changes. */
export interface KeyedPanel {
  readonly key: number;
  readonly panel: Panel;
}

/** A figure that is put together by hand. */
export interface OwnSheet {
  readonly title: string;
  readonly panels: readonly KeyedPanel[];
  readonly columns: number;
  /** Of a recipe that was opened; null: those of the page, as they are. */
  readonly parameters: Recipe['parameters'] | null;
}

let lastKey = 0;
const keyed = (panel: Panel): KeyedPanel => {
  lastKey += 1;
  return { key: lastKey, panel };
};

export function ownSheetOf({ title, panels, columns }: Recipe, parameters: OwnSheet['parameters']): OwnSheet {
  return { title, columns, parameters, panels: panels.map(keyed) };
}

/** What one begins with. */
export const FIRST_SHEET: OwnSheet = {
  title: 'Figure',
  columns: 1,
  parameters: null,
  panels: [keyed(newPanel('atoms', ''))],
};

/** What can be done to the panel at a place. */
export type PanelAction = 'up' | 'down' | 'duplicate' | 'remove';

export function act(sheet: OwnSheet, index: number, action: PanelAction): OwnSheet {
  const { panels } = sheet;
  switch (action) {
    case 'up':
      return { ...sheet, panels: movePanel(panels, index, -1) };
    case 'down':
      return { ...sheet, panels: movePanel(panels, index, 1) };
    case 'duplicate':
      return { ...sheet, panels: insertPanel(panels, index, keyed(panels[index]!.panel)) };
    case 'remove':
      return { ...sheet, panels: removePanel(panels, index) };
  }
}

export function withPanel(sheet: OwnSheet, index: number, panel: Panel): OwnSheet {
  return { ...sheet, panels: sheet.panels.map((one, k) => (k === index ? { ...one, panel } : one)) };
}

/** One more at the end, of a kind as it comes. */
export function withNewPanel(sheet: OwnSheet, kind: Panel['kind'], criterion: string): OwnSheet {
  const { panels } = sheet;
  return { ...sheet, panels: insertPanel(panels, panels.length - 1, keyed(newPanel(kind, criterion))) };
}

/** What the panels show beside the selection, as a preset says it of its own. */
export function needsOf(panels: readonly Panel[]): Pick<FigurePreset, 'strategies' | 'testSet'> {
  const named = panels.flatMap((panel) => ('strategies' in panel ? (panel.strategies ?? []) : []));
  return {
    strategies: [...new Set(named)],
    ...(panels.some(({ kind }) => kind === 'localErrors') && { testSet: true }),
  };
}
