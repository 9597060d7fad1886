import { Archive, ChartNoAxesCombined, CircleQuestionMark, FolderOpen, Moon, Sun } from 'lucide-react';
import { PROGRAM } from '#data/version.ts';
import { useStore } from '#state/store.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { FileButton } from '../controls/FileButton.tsx';
import { useHandles } from '../hooks/useHandles.ts';
import { useOpenFile } from '../projects/useOpenFile.ts';
import { SNAPSHOT_FILES } from '../words/files.ts';
import { count } from '../words/numbers.ts';
import { ExportMenu } from './ExportMenu.tsx';
import styles from './Header.module.css';
import { UndoButtons } from './UndoButtons.tsx';

/** What is open, and what can be done with the page as a whole. */
export function Header() {
  const handles = useHandles();
  const open = useOpenFile();
  const name = useStore((store) => store.stages.snapshot.summary?.name);
  const atoms = useStore((store) => store.stages.snapshot.summary?.count);
  const busy = useStore((store) => store.job !== null);
  const theme = useStore((store) => store.theme);
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <header className={styles.header}>
      <h1 className={styles.name} title={`Version ${PROGRAM.version}`}>
        Grainscope
      </h1>
      <p className={styles.file} title={name}>
        {name && <span>{name}</span>}
        {atoms !== undefined && <span className={styles.atoms}>{count(atoms)} atoms</span>}
      </p>
      <FileButton
        look="plain"
        accept={SNAPSHOT_FILES}
        disabled={busy}
        title="Open a snapshot (LAMMPS dump or data, extended XYZ …; plain or compressed) or a project"
        onFile={(file) => void open({ name: file.name, blob: file })}
      >
        <FolderOpen aria-hidden />
        Open
      </FileButton>
      <Button look="plain" onClick={() => handles.page?.showProjects()}>
        <Archive aria-hidden />
        Projects
      </Button>
      <ExportMenu />
      <Button look="plain" disabled={!name} onClick={() => handles.page?.showFigures()}>
        <ChartNoAxesCombined aria-hidden />
        Figures
      </Button>
      <UndoButtons />
      <IconButton
        label={theme === 'dark' ? 'Light theme' : 'Dark theme'}
        onClick={() => useStore.getState().setView({ theme: other })}
      >
        {theme === 'dark' ? <Sun aria-hidden /> : <Moon aria-hidden />}
      </IconButton>
      <IconButton label="Help and keyboard (?)" onClick={() => handles.page?.showHelp()}>
        <CircleQuestionMark aria-hidden />
      </IconButton>
    </header>
  );
}
