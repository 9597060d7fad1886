import { BCC, STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { WHOLE_MODEL } from '#state/slices/clips.ts';
import { toggleTool } from '../centre/SelectTools.tsx';
import type { Command, PageParts } from './command.ts';

/** Of a slice by key, Å. */
const SLICE_STEP = 1;

/** What is drawn of the atoms, how they are looked at, and what the hand does to them. */
export function pictureCommands({ store, handles, showCamera }: PageParts): Command[] {
  const { hiddenTypes, slice, markChosen, projection, depthShading, measuring } = store;
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
      id: 'camera',
      group: 'Picture',
      label: 'Camera as numbers…',
      unavailable: atoms,
      run: showCamera,
    },
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
    {
      id: 'shading',
      group: 'Picture',
      label: depthShading ? 'Depth shading off' : 'Depth shading on',
      unavailable: atoms,
      run: () => setView({ depthShading: !depthShading }),
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
