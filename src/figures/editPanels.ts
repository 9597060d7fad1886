import { FIRST_PROFILE } from '#state/slices/profile.ts';
import { MOST_PANELS, type Panel } from './recipe.ts';

/** Another place for a panel; a list in which it cannot move stays the same. */
export function movePanel<T>(panels: readonly T[], index: number, by: 1 | -1): readonly T[] {
  const to = index + by;
  if (to < 0 || to >= panels.length) return panels;
  const moved = [...panels];
  [moved[index], moved[to]] = [moved[to]!, moved[index]!];
  return moved;
}

/** Another panel behind that one, as long as there is room. */
export function insertPanel<T>(panels: readonly T[], index: number, panel: T): readonly T[] {
  return panels.length >= MOST_PANELS ? panels : [...panels.slice(0, index + 1), panel, ...panels.slice(index + 1)];
}

/** A figure has one panel at least. */
export function removePanel<T>(panels: readonly T[], index: number): readonly T[] {
  return panels.length === 1 ? panels : panels.filter((_, k) => k !== index);
}

/** A panel of a kind as it comes. */
export function newPanel(kind: Panel['kind'], criterion: string): Panel {
  switch (kind) {
    case 'atoms':
      return { kind, view: { colourBy: 'structure.type', markChosen: false }, camera: null, along: 'iso' };
    case 'pca':
      return { kind, components: [0, 1], strategies: [] };
    case 'parity':
      return { kind, strategies: [criterion] };
    case 'histogram':
      return { kind, logCounts: true };
    case 'profile':
      return { kind, profile: FIRST_PROFILE };
    default:
      return { kind };
  }
}
