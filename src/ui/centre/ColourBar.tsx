import { Maximize, PanelRight } from 'lucide-react';
import { STRUCTURE_PALETTES, type StructurePaletteId } from '#colours/byStructure.ts';
import { COLOUR_MAPS, type ColourMapId } from '#colours/maps.ts';
import { useStore } from '#state/store.ts';
import { IconButton } from '../controls/Button.tsx';
import { Select } from '../controls/Select.tsx';
import { useHandles } from '../hooks/useHandles.ts';
import { useNarrow } from '../hooks/useMedia.ts';
import { count } from '../words/numbers.ts';
import styles from './AtomsPanel.module.css';
import { COLOUR_MENU_ID, colourByQuantity } from './colourBy.ts';
import type { Legend } from './legend.ts';
import { MeasureButton } from './MeasureButton.tsx';
import { quantityOptions } from './quantityOptions.ts';
import { ScaleMenu } from './ScaleMenu.tsx';
import { useQuantity } from './useLegend.ts';

const PALETTES = Object.entries(STRUCTURE_PALETTES).map(([value, { name }]) => ({ value, label: name }));
const MAPS = (['sequential', 'diverging'] as const).map((kind) => ({
  group: kind === 'sequential' ? 'Sequential' : 'Diverging about zero',
  options: Object.entries(COLOUR_MAPS)
    .filter(([, map]) => map.kind === kind)
    .map(([value, { name }]) => ({ value, label: name })),
}));
const VIEWS = ['x', 'y', 'z'] as const;

/** What colours the atoms, and how they are looked at. */
export function ColourBar({ legend }: { readonly legend: Legend }) {
  const handles = useHandles();
  const narrow = useNarrow();
  const { quantity, quantities } = useQuantity();
  const map = useStore((store) => store.colourMap);
  const palette = useStore((store) => store.palette);
  const mark = useStore((store) => store.markChosen);
  const chosen = useStore((store) => store.stages.select.summary?.ids.length ?? 0);
  const drawerOpen = useStore((store) => store.drawerOpen);
  const { setView } = useStore.getState();

  return (
    <div className={styles.bar}>
      <label htmlFor={COLOUR_MENU_ID}>Colour</label>
      <Select
        id={COLOUR_MENU_ID}
        className={styles.quantity ?? ''}
        value={quantity.id}
        options={quantityOptions(quantities)}
        onChange={(id) => colourByQuantity(quantities.find((candidate) => candidate.id === id)!)}
      />
      {quantity.kind === 'types' ? (
        <Select
          aria-label="Palette"
          className={styles.map ?? ''}
          value={palette}
          options={PALETTES}
          onChange={(id) => setView({ palette: id as StructurePaletteId })}
        />
      ) : (
        <>
          <Select
            aria-label="Colour map"
            className={styles.map ?? ''}
            value={map}
            options={MAPS}
            onChange={(id) => setView({ colourMap: id as ColourMapId })}
          />
          <ScaleMenu quantity={quantity} legend={legend} />
        </>
      )}
      <span className={styles.spacer} />
      <label className={styles.check} title="Mark the chosen atoms with rings, and show them whatever their type">
        <input
          type="checkbox"
          checked={mark && chosen > 0}
          disabled={chosen === 0}
          onChange={({ target }) => setView({ markChosen: target.checked })}
        />
        <span>Chosen{chosen > 0 && ` (${count(chosen)})`}</span>
      </label>
      <MeasureButton />
      <span className={styles.views}>
        {VIEWS.map((axis) => (
          <IconButton key={axis} label={`Look along ${axis}`} onClick={() => handles.atoms?.viewAlong(axis)}>
            {axis}
          </IconButton>
        ))}
        <IconButton label="Frame all (F)" onClick={() => handles.atoms?.frameAll()}>
          <Maximize aria-hidden />
        </IconButton>
        {narrow && (
          <IconButton
            label={drawerOpen ? 'Close the plots' : 'Open the plots'}
            aria-expanded={drawerOpen}
            onClick={() => setView({ drawerOpen: !drawerOpen })}
          >
            <PanelRight aria-hidden />
          </IconButton>
        )}
      </span>
    </div>
  );
}
