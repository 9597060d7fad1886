import { Ruler } from 'lucide-react';
import { useStore } from '#state/store.ts';
import { IconButton } from '../controls/Button.tsx';

/** Turns the clicks into the picture to measuring, and back. */
export function MeasureButton() {
  const measuring = useStore((store) => store.measuring);
  return (
    <IconButton
      label="Measure distances and angles (M)"
      aria-pressed={measuring}
      onClick={() => useStore.getState().setMeasuring(!measuring)}
    >
      <Ruler aria-hidden />
    </IconButton>
  );
}
