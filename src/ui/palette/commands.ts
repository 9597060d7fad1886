import { BCC, STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { COLOUR_MAPS } from '#colours/maps.ts';
import type { StageName } from '#pipeline/parameters.ts';
import { STAGES } from '#pipeline/stages.ts';
import { isFresh } from '#state/actions/run.ts';
import type { History } from '#state/history.ts';
import { WHOLE_MODEL } from '#state/slices/clips.ts';
import type { PlotTab } from '#state/slices/view.ts';
import type { Store } from '#state/store.ts';
import { COLOUR_MENU_ID, colourByQuantity } from '../centre/colourBy.ts';
import { quantitiesOf } from '../centre/quantities.ts';
import { toggleTool } from '../centre/SelectTools.tsx';
import type { MenuItem } from '../controls/Menu.tsx';
import type { Handles } from '../hooks/useHandles.ts';

/** A key, or several for the same; Ctrl is Cmd on a Mac. */
export interface Shortcut {
  /** As `KeyboardEvent.key` has it, in lower case. */
  readonly key: string;
  readonly ctrl?: true;
  readonly shift?: true;
}

export interface Command {
  readonly id: string;
  readonly group: 'Page' | 'Steps' | 'Colour' | 'Picture' | 'Plots' | 'Take away';
  readonly label: string;
  /** Why it cannot be done now; undefined where it can. */
  readonly unavailable?: string | undefined;
  readonly keys?: readonly Shortcut[];
  /** In the list of keys, where it says more than the label. */
  readonly help?: string;
  /** Only a key: the palette has no use for it. */
  readonly keyOnly?: true;
  run(): void;
}

/** What commands act on. */
export interface PageParts {
  readonly store: Store;
  readonly handles: Handles;
  readonly history: History;
  readonly exports: readonly MenuItem[];
  open(): void;
  openSample(): void;
  runStage(stage: StageName): void;
  runLoop(): void;
  cancel(): void;
  startTour(): void;
  showHelp(): void;
  showPalette(): void;
}

const PLOTS: Readonly<Record<PlotTab, string>> = {
  pca: 'PCA plane',
  parity: 'Parity',
  errors: 'Errors against training atoms',
  histogram: 'Histogram of predicted energies',
  profile: 'Profile',
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

function pageCommands({ store, history, ...page }: PageParts): Command[] {
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

function stepCommands({ store, ...page }: PageParts): Command[] {
  const { openStep, job, setView, stages } = store;
  const stopped = job
    ? 'Something is running'
    : stages.snapshot.fingerprint === undefined
      ? 'Open a snapshot first'
      : undefined;
  const opens = STAGES.map(
    ({ name, title }, index): Command => ({
      id: `step-${name}`,
      group: 'Steps',
      label: `Step ${index + 1}: ${title}`,
      keys: [{ key: String(index + 1) }],
      run: () => setView({ openStep: openStep === name ? null : name }),
    }),
  );
  const runs = STAGES.filter(({ name }) => name !== 'snapshot').map(
    ({ name, verb }): Command => ({
      id: `run-${name}`,
      group: 'Steps',
      label: `Run: ${verb}`,
      unavailable:
        stopped ??
        (isFresh(store, name) ? 'Up to date' : undefined) ??
        (name === 'energies' && store.parameters.labelColumn === null && store.refusedTable === null
          ? 'Import a table, or name a column, in step 7'
          : undefined),
      run: () => page.runStage(name),
    }),
  );
  return [
    { id: 'loop', group: 'Steps', label: 'Run the whole loop', unavailable: stopped, run: page.runLoop },
    {
      id: 'cancel',
      group: 'Steps',
      label: 'Cancel what is running',
      unavailable: job ? undefined : 'Nothing is running',
      run: page.cancel,
    },
    ...opens,
    ...runs,
  ];
}

function colourCommands({ store }: PageParts): Command[] {
  const { colourBy, colourMap, palette, setView } = store;
  const quantities = quantitiesOf(store.columns);
  const now = quantities.find(({ id }) => id === colourBy);
  const maps = Object.entries(COLOUR_MAPS).map(
    ([id, { name, kind }]): Command => ({
      id: `map-${id}`,
      group: 'Colour',
      label: `Colour map: ${name}`,
      unavailable:
        now?.kind === kind
          ? colourMap === id
            ? 'In use'
            : undefined
          : `Does not suit ${now?.label ?? 'what is shown'}`,
      run: () => setView({ colourMap: id }),
    }),
  );
  const otherPalette = palette === 'ovito' ? 'colourBlindSafe' : 'ovito';
  return [
    { id: 'colour-menu', group: 'Colour', label: 'Colour menu', keys: [{ key: 'c' }], run: openColourMenu },
    ...quantities.map(
      (quantity): Command => ({
        id: `colour-${quantity.id}`,
        group: 'Colour',
        label: `Colour by ${quantity.label}${quantity.unit ? ` (${quantity.unit})` : ''}`,
        unavailable: quantity.id === colourBy ? 'In use' : undefined,
        run: () => colourByQuantity(quantity),
      }),
    ),
    ...maps,
    {
      id: 'palette-of-types',
      group: 'Colour',
      label: `Structure types in ${otherPalette === 'ovito' ? "OVITO's" : 'colour-blind-safe'} colours`,
      run: () => setView({ palette: otherPalette }),
    },
  ];
}

function pictureCommands({ store, handles }: PageParts): Command[] {
  const { hiddenTypes, slice, markChosen, projection, measuring } = store;
  const { setSlice, setCuts, setMeasuring, toggleType, setView } = store;
  const atoms = store.stages.snapshot.fingerprint === undefined ? 'Open a snapshot first' : undefined;
  const chosen = store.stages.select.summary ? undefined : 'No atoms are chosen yet';
  return [
    ...STRUCTURE_TYPES.map(
      ({ code, label, name }): Command => ({
        id: `type-${label}`,
        group: 'Picture',
        label: `${hiddenTypes.includes(code) ? 'Show' : 'Hide'} ${label} (${name.toLowerCase()})`,
        unavailable: atoms,
        ...(code === BCC ? { keys: [{ key: 'h' }], help: 'Hide or show the BCC atoms' } : {}),
        run: () => toggleType(code),
      }),
    ),
    {
      id: 'slice',
      group: 'Picture',
      label: slice.on ? 'Slice off' : 'Slice on',
      help: 'Cut a slice out of the model, and put it back',
      unavailable: atoms,
      keys: [{ key: 's' }],
      run: () => setSlice({ on: !slice.on }),
    },
    ...[
      { key: '[', step: -SLICE_STEP, label: 'Move the slice down' },
      { key: ']', step: SLICE_STEP, label: 'Move the slice up' },
    ].map(
      ({ key, step, label }): Command => ({
        id: `slice${key}`,
        group: 'Picture',
        label,
        help: `${label} by ${SLICE_STEP} Å`,
        unavailable: slice.on ? undefined : 'No slice is shown',
        keys: [{ key }],
        run: () => setSlice({ position: slice.position + step }),
      }),
    ),
    {
      id: 'whole',
      group: 'Picture',
      label: 'Whole model: no slice, box or sphere',
      unavailable: atoms,
      run: () => setCuts(WHOLE_MODEL),
    },
    {
      id: 'lasso',
      group: 'Picture',
      label: 'Select with a lasso',
      help: 'Draw a lasso around atoms; Shift adds, Alt takes away',
      unavailable: atoms,
      keys: [{ key: 'l' }],
      run: () => toggleTool('lasso'),
    },
    {
      id: 'box',
      group: 'Picture',
      label: 'Select with a box',
      help: 'Draw a box around atoms; by arrows and Enter too',
      unavailable: atoms,
      keys: [{ key: 'b' }],
      run: () => toggleTool('box'),
    },
    {
      id: 'measure',
      group: 'Picture',
      label: measuring ? 'Stop measuring' : 'Measure distances and angles',
      help: 'Measure distances and angles, and stop',
      unavailable: atoms,
      keys: [{ key: 'm' }],
      run: () => setMeasuring(!measuring),
    },
    {
      id: 'perspective',
      group: 'Picture',
      label: projection === 'perspective' ? 'Parallel rays' : 'Perspective',
      unavailable: atoms,
      run: () => setView({ projection: projection === 'perspective' ? 'orthographic' : 'perspective' }),
    },
    ...(['x', 'y', 'z'] as const).map(
      (axis): Command => ({
        id: `slice-${axis}`,
        group: 'Picture',
        label: `Slice across ${axis}`,
        unavailable: atoms,
        run: () => setSlice({ on: true, axis, position: 0 }),
      }),
    ),
    {
      id: 'mark',
      group: 'Picture',
      label: markChosen ? 'Do not mark the chosen atoms' : 'Mark the chosen atoms',
      unavailable: atoms ?? chosen,
      run: () => setView({ markChosen: !markChosen }),
    },
    {
      id: 'frame',
      group: 'Picture',
      label: 'Frame all atoms',
      unavailable: atoms,
      keys: [{ key: 'f' }],
      run: () => handles.atoms?.frameAll(),
    },
    ...(['x', 'y', 'z', 'iso'] as const).map(
      (axis): Command => ({
        id: `look-${axis}`,
        group: 'Picture',
        label: axis === 'iso' ? 'Look from a corner' : `Look along ${axis}`,
        unavailable: atoms,
        run: () => handles.atoms?.viewAlong(axis),
      }),
    ),
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

/** Of a slice by key, Å. */
const SLICE_STEP = 1;

/** What Esc ends: a tool before a card, a card before the drawer. */
function putAway({ pictureTool, measuring, measured, pickedRow, setMeasuring, clearMeasured, setView }: Store): void {
  if (pictureTool !== 'turn') toggleTool(pictureTool);
  else if (measuring && measured.length > 0) clearMeasured();
  else if (measuring) setMeasuring(false);
  else setView(pickedRow === null ? { drawerOpen: false } : { pickedRow: null });
}

function openColourMenu(): void {
  const menu = document.getElementById(COLOUR_MENU_ID) as HTMLSelectElement | null;
  menu?.focus();
  try {
    menu?.showPicker();
  } catch {
    // Not in every browser: the menu then has the focus, and arrow keys choose.
  }
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
