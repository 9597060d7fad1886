import { Maximize } from 'lucide-react';
import { IconButton } from '../controls/Button.tsx';
import { useHandles } from '../hooks/useHandles.ts';
import { MeasureButton } from './MeasureButton.tsx';
import styles from './PictureTools.module.css';
import { SelectTools } from './SelectTools.tsx';

const VIEWS = ['x', 'y', 'z'] as const;

/** How the atoms are looked at, and what the hand does to them: a column at the edge of the picture. */
export function PictureTools() {
  const handles = useHandles();
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
        <IconButton label="Frame all (F)" onClick={() => handles.atoms?.frameAll()}>
          <Maximize aria-hidden />
        </IconButton>
      </span>
    </div>
  );
}
