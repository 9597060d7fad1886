import { useEffect, useState } from 'react';
import type { ByteInput, StageInput } from '#compute/conductorApi.ts';
import { isOutputOnly } from '#engines/readers.ts';
import { HEAD_LENGTH } from '#formats/archive/found.ts';
import { useStore } from '#state/store.ts';
import styles from './App.module.css';
import { droppedInput, inputOf } from './hooks/droppedFiles.ts';
import { useWorkbench } from './hooks/useWorkbench.ts';
import { useOpenFile } from './projects/useOpenFile.ts';

const isFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

/** A file dropped anywhere on the window is opened; while it hovers, the page says so. */
export function DropZone() {
  const workbench = useWorkbench();
  const openFile = useOpenFile();
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
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      // Items are only here while the event is.
      const { items, files } = event.dataTransfer;
      const entries = [...items].filter(({ kind }) => kind === 'file').map((item) => item.webkitGetAsEntry());
      // What is no file of the disk, such as a picture of another page, has no entry.
      const input = entries.every((entry) => entry !== null) ? droppedInput(entries) : inputOf([...files]);
      void take(input);
    };
    const take = async (dropped: StageInput | Promise<StageInput>) => {
      const input = await dropped;
      if ('files' in input || (await holdsEnergies(input))) await workbench.importEnergies(input);
      else await openFile(input);
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
  }, [workbench, openFile]);

  const loaded = useStore((store) => store.stages.snapshot.fingerprint !== undefined);
  if (!hovering) return null;
  return (
    <div className={styles.drop}>
      <p>
        <strong>Drop to open</strong>
        <br />a snapshot (LAMMPS dump or extended XYZ, plain or compressed), or a project
        {loaded && ', or energies: a table (CSV, TSV), or a folder, zip or file of outputs'}
      </p>
    </div>
  );
}

/** Snapshots are never called so, or begin so. */
async function holdsEnergies({ name, blob }: ByteInput): Promise<boolean> {
  return /\.(csv|tsv|zip)$/i.test(name) || isOutputOnly(await blob.slice(0, HEAD_LENGTH).text());
}
