import { toFailure } from '#data/errors.ts';
import { useStore } from '#state/store.ts';
import { download, stemOf } from './download.ts';
import type { Handles } from './useHandles.ts';

/** Make a file and hand it to the browser's downloads; what goes wrong is said on the page. */
export async function save(name: string, make: () => Promise<Blob> | Blob | undefined): Promise<void> {
  try {
    const blob = await make();
    if (blob) download(blob, name);
  } catch (thrown) {
    useStore.getState().setSession({ notice: toFailure(thrown) });
  }
}

/** Save the plot that is shown, named after the snapshot. */
export function savePlot({ plot }: Handles, ending: 'svg' | 'csv'): Promise<void> {
  const stem = stemOf(useStore.getState().stages.snapshot.summary?.name ?? '');
  return save(`${stem}-${plot?.name ?? 'plot'}.${ending}`, () => plot?.[ending]());
}
