import { Axis3d, Box, Compass, Eclipse, Maximize } from 'lucide-react';
import { useState } from 'react';
import { useStore } from '#state/store.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { Popover } from '../controls/Popover.tsx';
import { useHandles } from '../hooks/useHandles.ts';
import { planeNormal } from './cuts.ts';
import { MeasureButton } from './MeasureButton.tsx';
import { MillerField } from './MillerField.tsx';
import styles from './PictureTools.module.css';
import { SelectTools } from './SelectTools.tsx';
import { useFrame } from './useScene.ts';

const VIEWS = ['x', 'y', 'z'] as const;

/** How the atoms are looked at, and what the hand does to them: a column at the edge of the picture. */
export function PictureTools() {
  const handles = useHandles();
  const perspective = useStore((store) => store.projection === 'perspective');
  const depthShading = useStore((store) => store.depthShading);
  const { setView } = useStore.getState();
  return (
    <div className={styles.tools} role="toolbar" aria-label="Picture" aria-orientation="vertical">
      <span>
        <SelectTools />
        <MeasureButton />
      </span>
      <span>
        {VIEWS.map((axis) => (
          <IconButton key={axis} label={`Look along ${axis}`} onClick={() => handles.atoms?.viewAlong(axis)}>
            {axis}
          </IconButton>
        ))}
        <IconButton label="Look from a corner" onClick={() => handles.atoms?.viewAlong('iso')}>
          <Axis3d aria-hidden />
        </IconButton>
        <Popover label="Look along planes (hkl)" icon={<Compass aria-hidden />} beside>
          <MillerView />
        </Popover>
        <IconButton
          label="Perspective"
          aria-pressed={perspective}
          onClick={() => setView({ projection: perspective ? 'orthographic' : 'perspective' })}
        >
          <Box aria-hidden />
        </IconButton>
        <IconButton
          label="Depth shading"
          aria-pressed={depthShading}
          onClick={() => setView({ depthShading: !depthShading })}
        >
          <Eclipse aria-hidden />
        </IconButton>
        <IconButton label="Frame all (F)" onClick={() => handles.atoms?.frameAll()}>
          <Maximize aria-hidden />
        </IconButton>
      </span>
    </div>
  );
}

/** Looks at planes (hkl) of the simulation cell from above. */
function MillerView() {
  const handles = useHandles();
  const frame = useFrame();
  const [hkl, setHkl] = useState<readonly [number, number, number]>([1, 1, 1]);
  return (
    <>
      <MillerField label="h k l to look along" value={hkl} onChange={setHkl} />
      <Button onClick={() => frame && handles.atoms?.viewAlong(planeNormal(hkl, frame.cell))}>Look along</Button>
    </>
  );
}
