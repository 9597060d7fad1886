import type { Store } from '#state/store.ts';
import { toggleTool } from '../centre/SelectTools.tsx';
import type { Command, PageParts } from './command.ts';

/** The page as a whole: files, undo, tour, theme, help. */
export function pageCommands({ store, history, ...page }: PageParts): Command[] {
  const { theme, job, sample, setView } = store;
  const other = theme === 'dark' ? 'light' : 'dark';
  const busy = job ? 'Something is running' : undefined;
  return [
    {
      id: 'palette',
      group: 'Page',
      label: 'All commands',
      keys: [{ key: '/' }, { key: 'k', ctrl: true }],
      keyOnly: true,
      run: page.showPalette,
    },
    { id: 'open', group: 'Page', label: 'Open a snapshot…', unavailable: busy, run: page.open },
    {
      id: 'open-sample',
      group: 'Page',
      label: 'Open the sample',
      unavailable: busy ?? (sample ? 'It is open' : undefined),
      run: page.openSample,
    },
    {
      id: 'figures',
      group: 'Take away',
      label: 'Figures…',
      unavailable: store.stages.snapshot.summary ? undefined : 'Open a snapshot first',
      run: page.showFigures,
    },
    { id: 'projects', group: 'Page', label: 'Projects…', run: page.showProjects },
    {
      id: 'undo',
      group: 'Page',
      label: history.lastLabel ? `Undo: ${history.lastLabel}` : 'Undo',
      help: 'Undo a change of the view, of sets or of filters',
      unavailable: history.canUndo ? undefined : 'Nothing to undo',
      keys: [{ key: 'z', ctrl: true }],
      run: () => history.undo(),
    },
    {
      id: 'redo',
      group: 'Page',
      label: history.nextLabel ? `Redo: ${history.nextLabel}` : 'Redo',
      help: 'Redo it',
      unavailable: history.canRedo ? undefined : 'Nothing to redo',
      keys: [
        { key: 'z', ctrl: true, shift: true },
        { key: 'y', ctrl: true },
      ],
      run: () => history.redo(),
    },
    {
      id: 'tour',
      group: 'Page',
      label: 'Take the tour',
      unavailable: sample ? undefined : 'It is of the sample: open that first',
      run: page.startTour,
    },
    {
      id: 'theme',
      group: 'Page',
      label: other === 'light' ? 'Light theme' : 'Dark theme',
      run: () => setView({ theme: other }),
    },
    {
      id: 'help',
      group: 'Page',
      label: 'Help and keyboard',
      help: 'This help',
      keys: [{ key: '?' }],
      run: page.showHelp,
    },
    {
      id: 'escape',
      group: 'Page',
      label: 'Put the clicked atom away',
      keys: [{ key: 'escape' }],
      keyOnly: true,
      help: 'End a tool; clear what was measured; put the clicked atom away',
      run: () => putAway(store),
    },
  ];
}

/** What Esc ends: a tool before a card, a card before the drawer. */
function putAway({ pictureTool, measuring, measured, pickedRow, setMeasuring, clearMeasured, setView }: Store): void {
  if (pictureTool !== 'turn') toggleTool(pictureTool);
  else if (measuring && measured.length > 0) clearMeasured();
  else if (measuring) setMeasuring(false);
  else setView(pickedRow === null ? { drawerOpen: false } : { pickedRow: null });
}
