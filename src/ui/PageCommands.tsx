import { useCallback, useEffect, useRef, useState } from 'react';
import { toFailure } from '#data/errors.ts';
import { fetchSnapshot, SAMPLE_ADDRESS } from '#state/actions/openAddress.ts';
import { history } from '#state/history.ts';
import { useStore } from '#state/store.ts';
import { recordViews } from '#state/viewHistory.ts';
import { FigureDialog, type FigureDialogHandle } from './figures/FigureDialog.tsx';
import { FigureStage, type StageHandle } from './figures/FigureStage.tsx';
import { useFigureApi } from './figures/useFigureApi.ts';
import { CameraDialog, type CameraHandle } from './header/CameraDialog.tsx';
import { useExportItems } from './header/ExportMenu.tsx';
import { HelpDialog, type HelpHandle } from './header/HelpDialog.tsx';
import { LinkDialog, type LinkHandle } from './header/LinkDialog.tsx';
import { useHandles } from './hooks/useHandles.ts';
import { useShortcuts } from './hooks/useShortcuts.ts';
import { useViewLink, viewLinkOf } from './hooks/useViewLink.ts';
import { useWorkbench } from './hooks/useWorkbench.ts';
import { commandsOf } from './palette/commands.ts';
import { Palette, type PaletteHandle } from './palette/Palette.tsx';
import { ProjectsDialog, type ProjectsHandle } from './projects/ProjectsDialog.tsx';
import { useKeptCamera } from './projects/useKeptCamera.ts';
import { useOpenFile } from './projects/useOpenFile.ts';
import { Tour } from './tour/Tour.tsx';
import { SNAPSHOT_FILES } from './words/files.ts';

/** What acts on the page as a whole: keys, palette, help, links, undo, and the tour, which lies where this stands. */
export function PageCommands() {
  const workbench = useWorkbench();
  const openFile = useOpenFile();
  const handles = useHandles();
  const exports = useExportItems();
  const help = useRef<HelpHandle>(null);
  const palette = useRef<PaletteHandle>(null);
  const link = useRef<LinkHandle>(null);
  const camera = useRef<CameraHandle>(null);
  const file = useRef<HTMLInputElement>(null);
  const figures = useRef<FigureDialogHandle>(null);
  const projects = useRef<ProjectsHandle>(null);
  const stage = useRef<StageHandle>(null);
  const [tour, setTour] = useState<number | null>(null);

  useEffect(() => recordViews(useStore, history), []);
  useViewLink();
  useKeptCamera();
  useFigureApi(stage);
  useEffect(() => {
    handles.page = {
      copyViewLink: () => {
        const address = viewLinkOf(handles);
        if (address) link.current?.show(address);
      },
      startTour: () => setTour(0),
      showHelp: () => help.current?.show(),
      showFigures: () => figures.current?.show(),
      showProjects: () => projects.current?.show(),
    };
    return () => {
      handles.page = null;
    };
  }, [handles]);

  const commands = useCallback(
    () =>
      commandsOf({
        store: useStore.getState(),
        handles,
        history,
        exports,
        open: () => file.current?.click(),
        openSample: () => void openSample(workbench),
        runStage: (stage) => void workbench.run(stage),
        runLoop: () => void workbench.runWholeLoop(),
        cancel: () => workbench.cancel(),
        startTour: () => setTour(0),
        showCamera: () => camera.current?.show(),
        showHelp: () => help.current?.show(),
        showFigures: () => figures.current?.show(),
        showProjects: () => projects.current?.show(),
        showPalette: () => palette.current?.show(),
      }),
    [workbench, handles, exports],
  );
  useShortcuts(commands);

  return (
    <div>
      {tour !== null && <Tour at={tour} onGo={setTour} />}
      <Palette ref={palette} commands={commands} />
      <HelpDialog ref={help} commands={commands} />
      <LinkDialog ref={link} />
      <CameraDialog ref={camera} />
      <FigureDialog ref={figures} stage={stage} />
      <ProjectsDialog ref={projects} />
      <FigureStage ref={stage} />
      <input
        ref={file}
        type="file"
        accept={SNAPSHOT_FILES}
        hidden
        onChange={({ target }) => {
          const [chosen] = target.files ?? [];
          if (chosen) void openFile({ name: chosen.name, blob: chosen });
          target.value = '';
        }}
      />
    </div>
  );
}

async function openSample(workbench: ReturnType<typeof useWorkbench>): Promise<void> {
  try {
    await workbench.open(await fetchSnapshot(SAMPLE_ADDRESS, document.baseURI), true);
  } catch (thrown) {
    useStore.getState().setSession({ notice: toFailure(thrown) });
  }
}
