import { Download } from 'lucide-react';
import { toFailure } from '#data/errors.ts';
import { isFresh } from '#state/actions/run.ts';
import { useStore } from '#state/store.ts';
import { Menu, type MenuItem } from '../controls/Menu.tsx';
import { download, stemOf } from '../hooks/download.ts';
import { type Handles, useHandles } from '../hooks/useHandles.ts';
import { usePackage } from '../hooks/usePackage.ts';

/** Everything that can be taken away, each with what is in it. */
export function ExportMenu() {
  const handles = useHandles();
  const pack = usePackage();
  const name = useStore((store) => store.stages.snapshot.summary?.name);
  const replicas = useStore((store) => isFresh(store, 'replicas'));
  const busy = useStore((store) => store.job !== null);
  const plotReady = useStore((store) => store.plotReady);
  const stem = stemOf(name ?? '');

  const items: MenuItem[] = [
    {
      label: 'Replica cells (zip)',
      note: replicas ? 'Extended XYZ, POSCAR, LAMMPS data, job list' : 'Cut replica cells first',
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
      label: 'Picture (PNG)',
      note: 'The atoms as shown, with the legend',
      disabled: !name,
      run: () => save(`${stem}-atoms.png`, () => handles.atoms?.capture()),
    },
    {
      label: 'Plot (SVG)',
      note: plotReady ? 'The plot that is shown, as vectors' : 'No plot is shown',
      disabled: !plotReady,
      run: () => save(plotName(stem, handles, 'svg'), () => handles.plot?.svg()),
    },
    {
      label: 'Plot data (CSV)',
      note: plotReady ? 'Every number of the plot that is shown' : 'No plot is shown',
      disabled: !plotReady,
      run: () => save(plotName(stem, handles, 'csv'), () => handles.plot?.csv()),
    },
  ];
  return <Menu label="Export" icon={<Download aria-hidden />} items={items} />;
}

function plotName(stem: string, handles: Handles, ending: string): string {
  return `${stem}-${handles.plot?.name ?? 'plot'}.${ending}`;
}

async function save(name: string, make: () => Promise<Blob> | Blob | undefined): Promise<void> {
  try {
    const blob = await make();
    if (blob) download(blob, name);
  } catch (thrown) {
    useStore.getState().setSession({ notice: toFailure(thrown) });
  }
}
