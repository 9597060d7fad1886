import type { PlotTab } from '#state/slices/view.ts';
import { colourCommands } from './colourCommands.ts';
import type { Command, PageParts, Shortcut } from './command.ts';
import { pageCommands } from './pageCommands.ts';
import { pictureCommands } from './pictureCommands.ts';
import { stepCommands } from './stepCommands.ts';

const PLOTS: Readonly<Record<PlotTab, string>> = {
  pca: 'PCA plane',
  parity: 'Parity',
  errors: 'Errors against training atoms',
  histogram: 'Histogram of predicted energies',
  profile: 'Profile',
  replicaCheck: 'Replica check',
};

/** Everything that the page can do, as it is now: the palette, the keys and the help are made from this table alone. */
export function commandsOf(page: PageParts): Command[] {
  return [
    ...pageCommands(page),
    ...stepCommands(page),
    ...colourCommands(page),
    ...pictureCommands(page),
    ...plotCommands(page),
    ...exportCommands(page),
  ];
}

function plotCommands({ store }: PageParts): Command[] {
  return Object.entries(PLOTS).map(([tab, label]) => ({
    id: `plot-${tab}`,
    group: 'Plots',
    label: `Plot: ${label}`,
    run: () => store.setView({ plotTab: tab as PlotTab, drawerOpen: true }),
  }));
}

function exportCommands({ exports }: PageParts): Command[] {
  return exports.map(({ label, note, disabled, run }) => ({
    id: `export-${label}`,
    group: 'Take away',
    label,
    unavailable: disabled ? note : undefined,
    run,
  }));
}

/** The command of a key, where there is one. Letters act with or without Shift, so that caps lock changes nothing. */
export function commandOfKey(
  commands: readonly Command[],
  {
    key,
    ctrlKey,
    metaKey,
    shiftKey,
    altKey,
  }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
): Command | undefined {
  if (altKey) return undefined;
  const ctrl = ctrlKey || metaKey;
  const pressed = ({ key: wanted, ctrl: wantCtrl, shift }: Shortcut) =>
    wanted === key.toLowerCase() && (wantCtrl ?? false) === ctrl && (!ctrl || (shift ?? false) === shiftKey);
  return commands.find(({ keys }) => keys?.some(pressed));
}

/** A shortcut as it is printed: "Ctrl", "Z". */
export function keyWords({ key, ctrl, shift }: Shortcut): string[] {
  const name = key === 'escape' ? 'Esc' : key.toUpperCase();
  return [...(ctrl ? ['Ctrl'] : []), ...(shift ? ['Shift'] : []), name];
}
