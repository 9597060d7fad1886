import { Download } from 'lucide-react';
import { isFresh } from '#state/actions/run.ts';
import { useStore } from '#state/store.ts';
import { Menu } from '../controls/Menu.tsx';
import type { MenuItem } from '../controls/MenuItems.tsx';
import { stemOf } from '../hooks/download.ts';
import { save, savePlot } from '../hooks/save.ts';
import { useHandles } from '../hooks/useHandles.ts';
import { usePackage } from '../hooks/usePackage.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { PROJECT_FILE } from '../words/files.ts';

export function ExportMenu() {
  return <Menu label="Export" icon={<Download aria-hidden />} items={useExportItems()} />;
}

/** Everything that can be taken away, each with what is in it. */
export function useExportItems(): MenuItem[] {
  const handles = useHandles();
  const pack = usePackage();
  const workbench = useWorkbench();
  const name = useStore((store) => store.stages.snapshot.summary?.name);
  const replicas = useStore((store) => isFresh(store, 'replicas'));
  const busy = useStore((store) => store.job !== null);
  const plotReady = useStore((store) => store.plotReady);

  return [
    {
      label: 'Replica cells (zip)',
      note: replicas ? 'Extended XYZ, POSCAR, LAMMPS data, CIF, job list' : 'Cut replica cells first',
      disabled: !replicas || busy,
      run: () => void pack('replicas'),
    },
    {
      label: 'Results (zip)',
      note: 'Everything that is up to date, with its manifest',
      disabled: !name || busy,
      run: () => void pack('results'),
    },
    {
      label: 'Project (.grainscope)',
      note: 'All of it, to open again anywhere',
      disabled: !name || busy,
      run: () => void save(`${stemOf(name ?? '')}${PROJECT_FILE}`, () => workbench.projects.file()),
    },
    {
      label: 'Picture (PNG)',
      note: 'The atoms as shown, with the legend',
      disabled: !name,
      run: () => void save(`${stemOf(name ?? '')}-atoms.png`, () => handles.atoms?.capture()),
    },
    {
      label: 'Plot (SVG)',
      note: plotReady ? 'The plot that is shown, as vectors' : 'No plot is shown',
      disabled: !plotReady,
      run: () => void savePlot(handles, 'svg'),
    },
    {
      label: 'Plot data (CSV)',
      note: plotReady ? 'Every number of the plot that is shown' : 'No plot is shown',
      disabled: !plotReady,
      run: () => void savePlot(handles, 'csv'),
    },
    {
      label: 'Copy view link',
      note: 'This view, for who has the same snapshot',
      disabled: !name,
      run: () => handles.page?.copyViewLink(),
    },
  ];
}
