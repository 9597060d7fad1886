import { FileUp, FolderUp } from 'lucide-react';
import { FileButton } from '../controls/FileButton.tsx';
import { inputOf } from '../hooks/droppedFiles.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { ENERGY_FILES } from '../words/files.ts';
import styles from './Step.module.css';

interface ImportButtonsProps {
  readonly look: 'filled' | 'outlined';
  readonly disabled: boolean;
}

/** Energies from files, or from a folder that came back from a cluster. */
export function ImportButtons({ look, disabled }: ImportButtonsProps) {
  const workbench = useWorkbench();
  const take = (files: readonly File[]) => void workbench.importEnergies(inputOf(files));
  return (
    <>
      <FileButton
        accept={ENERGY_FILES}
        look={look}
        disabled={disabled}
        title="A table, a zip, or outputs of the calculations"
        onFile={(file) => take([file])}
        onFiles={take}
      >
        <FileUp aria-hidden />
        Import…
      </FileButton>
      <FileButton
        folder
        look="outlined"
        disabled={disabled}
        title="A folder with the outputs of the calculations"
        onFile={(file) => take([file])}
        onFiles={take}
      >
        <FolderUp aria-hidden />
        Folder…
      </FileButton>
    </>
  );
}

export function ImportHint() {
  return (
    <p className={styles.quiet}>
      Outputs of CP2K, OpenMX, DFTB+, LSMS or LAMMPS as they are, in a folder or zip; or a table (CSV, TSV) with{' '}
      <code>id</code>, <code>rank</code> or <code>directory</code>, and <code>energy</code>. Part of them is enough to
      begin with.
    </p>
  );
}
