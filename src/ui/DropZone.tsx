import { useEffect, useState } from 'react';
import { useStore } from '#state/store.ts';
import styles from './App.module.css';
import { useWorkbench } from './hooks/useWorkbench.ts';

const isFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

/** A file dropped anywhere on the window is opened; while it hovers, the page says so. */
export function DropZone() {
  const workbench = useWorkbench();
  const [hovering, setHovering] = useState(false);

  useEffect(() => {
    // Enter and leave fire for every element on the way; only their balance says whether the window was left.
    let depth = 0;
    const entered = (event: DragEvent) => {
      if (!isFile(event)) return;
      depth++;
      setHovering(true);
    };
    const left = () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) setHovering(false);
    };
    const over = (event: DragEvent) => {
      if (isFile(event)) event.preventDefault();
    };
    const dropped = (event: DragEvent) => {
      depth = 0;
      setHovering(false);
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      event.preventDefault();
      if (isTable(file.name)) void workbench.importEnergies({ name: file.name, blob: file });
      else void workbench.open({ name: file.name, blob: file });
    };
    addEventListener('dragenter', entered);
    addEventListener('dragleave', left);
    addEventListener('dragover', over);
    addEventListener('drop', dropped);
    return () => {
      removeEventListener('dragenter', entered);
      removeEventListener('dragleave', left);
      removeEventListener('dragover', over);
      removeEventListener('drop', dropped);
    };
  }, [workbench]);

  const loaded = useStore((store) => store.stages.snapshot.fingerprint !== undefined);
  if (!hovering) return null;
  return (
    <div className={styles.drop}>
      <p>
        <strong>Drop to open</strong>
        <br />a snapshot (LAMMPS dump or extended XYZ, plain or gzipped)
        {loaded && ', or a table of energies (CSV, TSV)'}
      </p>
    </div>
  );
}

/** Snapshots are never called so; tables of energies are. */
function isTable(name: string): boolean {
  return /\.(csv|tsv)$/i.test(name);
}
