import { FolderOpen } from 'lucide-react';
import { toFailure } from '#data/errors.ts';
import { fetchSnapshot, SAMPLE_ADDRESS } from '#state/actions/openAddress.ts';
import { useStore } from '#state/store.ts';
import { Button } from '../controls/Button.tsx';
import { FileButton } from '../controls/FileButton.tsx';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { SNAPSHOT_FILES } from '../words/files.ts';
import styles from './AtomsPanel.module.css';

/** In place of the atoms while there are none: what happens, or the ways to get some. */
export function EmptyPicture() {
  const workbench = useWorkbench();
  const status = useStore((store) => store.stages.snapshot.status);
  // The sample, or the snapshot of the address, is on its way.
  const expected = useStore(
    (store) => !store.started && store.notice === null && store.stages.snapshot.failure === undefined,
  );
  if (expected) return <p className={styles.empty}>Reading the snapshot…</p>;

  const openSample = async () => {
    try {
      await workbench.open(await fetchSnapshot(SAMPLE_ADDRESS, document.baseURI), true);
    } catch (thrown) {
      useStore.getState().setSession({ notice: toFailure(thrown) });
    }
  };
  return (
    <div className={styles.empty}>
      <p>Open a snapshot, or drop one here: LAMMPS dump or extended XYZ, plain or compressed.</p>
      <FileButton
        look="filled"
        accept={SNAPSHOT_FILES}
        disabled={status === 'running'}
        onFile={(file) => void workbench.open({ name: file.name, blob: file })}
      >
        <FolderOpen aria-hidden />
        Open a snapshot
      </FileButton>
      <Button look="plain" disabled={status === 'running'} onClick={openSample}>
        Show the sample
      </Button>
    </div>
  );
}
