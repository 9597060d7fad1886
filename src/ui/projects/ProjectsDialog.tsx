import { Trash2, X } from 'lucide-react';
import { type Ref, useCallback, useId, useImperativeHandle, useRef, useState } from 'react';
import type { ListedProject } from '#compute/keeper.ts';
import { describeFailure, toFailure } from '#data/errors.ts';
import { STAGES } from '#pipeline/stages.ts';
import { useStore } from '#state/store.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import headerStyles from '../header/Header.module.css';
import { download, stemOf } from '../hooks/download.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { PROJECT_FILE } from '../words/files.ts';
import { bytes, plural } from '../words/numbers.ts';
import styles from './ProjectsDialog.module.css';

export interface ProjectsHandle {
  show(): void;
}

interface Storage {
  readonly used: number;
  readonly quota: number;
}

/** What this browser keeps: to go on with, to save as a file, to delete. */
export function ProjectsDialog({ ref }: { readonly ref: Ref<ProjectsHandle> }) {
  const workbench = useWorkbench();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [kept, setKept] = useState<readonly ListedProject[] | null>(null);
  const [storage, setStorage] = useState<Storage | null>(null);
  const [problem, setProblem] = useState('');
  const keeping = useStore((store) => store.keeping);
  const busy = useStore((store) => store.job !== null);
  const loaded = useStore((store) => store.stages.snapshot.fingerprint !== undefined);
  const mine = keeping.status === 'kept' ? keeping.id : null;

  const attempt = useCallback(async (work: () => Promise<void>) => {
    setProblem('');
    try {
      await work();
    } catch (thrown) {
      setProblem(describeFailure(toFailure(thrown)));
    }
  }, []);
  const look = useCallback(
    () =>
      attempt(async () => {
        await workbench.projects.keep();
        setKept(await workbench.projects.list());
        const { usage = 0, quota = 0 } = await navigator.storage.estimate();
        setStorage({ used: usage, quota });
      }),
    [attempt, workbench],
  );
  useImperativeHandle(
    ref,
    () => ({
      show: () => {
        dialog.current?.showModal();
        void look();
      },
    }),
    [look],
  );
  const save = async () => {
    const { name } = useStore.getState().stages.snapshot.summary!;
    download(await workbench.projects.file(), `${stemOf(name)}${PROJECT_FILE}`);
  };
  const goOn = (project: ListedProject) => {
    dialog.current?.close();
    void workbench.restore(project.id);
  };
  const remove = (project: ListedProject) =>
    attempt(async () => {
      await workbench.projects.remove(project.id);
      await look();
    });

  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={`${id}-title`}>
      <div className={headerStyles.helpHead}>
        <h2 id={`${id}-title`}>Projects</h2>
        <IconButton label="Close" onClick={() => dialog.current?.close()}>
          <X aria-hidden />
        </IconButton>
      </div>
      <div className={headerStyles.helpBody}>
        <p>
          Everything you do is kept in this browser, on this machine only: the atoms, each finished step, views and
          sets. A file can be opened anywhere, also by the command line.
        </p>
        <div className={styles.actions}>
          <Button disabled={!loaded || busy} onClick={() => void attempt(save)}>
            Save as a file
          </Button>
          {keeping.status === 'refused' && <p role="alert">{keeping.message}</p>}
        </div>
        {problem && <p role="alert">{problem}</p>}
        <ul className={styles.list} aria-label="Kept projects">
          {kept?.map((project) => (
            <li key={project.id}>
              <Words {...project} />
              {project.id === mine ? (
                <span className={styles.here}>open here</span>
              ) : (
                <>
                  {project.open && <span className={styles.here}>in another tab</span>}
                  <Button disabled={busy || !project.record} onClick={() => goOn(project)}>
                    Go on
                  </Button>
                  <IconButton
                    label={`Delete ${nameOf(project)}`}
                    disabled={project.open}
                    onClick={() => void remove(project)}
                  >
                    <Trash2 aria-hidden />
                  </IconButton>
                </>
              )}
            </li>
          ))}
        </ul>
        {kept?.length === 0 && <p>Nothing is kept yet.</p>}
        {storage && (
          <p>
            {bytes(storage.used)} of {bytes(storage.quota)} that the browser gives this page are used.
          </p>
        )}
      </div>
    </dialog>
  );
}

const WHEN = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

function when(iso: string): string {
  return WHEN.format(new Date(iso));
}

function Words({ record, problem, byteLength }: ListedProject) {
  if (!record) return <p className={styles.words}>{problem}</p>;
  const { snapshot, stages, saved } = record;
  return (
    <div className={styles.words}>
      <strong>{snapshot.name}</strong>
      <span>
        {plural(snapshot.count, 'atom')}, {doneWords(stages)}
      </span>
      <span>
        saved {when(saved)}, {bytes(byteLength)}
      </span>
    </div>
  );
}

function nameOf({ record }: ListedProject): string {
  return record ? `${record.snapshot.name} of ${when(record.saved)}` : 'the project that cannot be read';
}

/** The last step that is there. */
function doneWords(stages: readonly string[]): string {
  const last = STAGES.findLast(({ name }) => stages.includes(name));
  return last ? `done up to ${last.title}` : 'nothing done';
}
