import { useCallback } from 'react';
import type { PackageKind } from '#pipeline/outputFiles.ts';
import { useStore } from '#state/store.ts';
import { download, stemOf } from './download.ts';
import { useWorkbench } from './useWorkbench.ts';

/** Make a package and hand it to the browser's downloads. */
export function usePackage(): (kind: PackageKind) => Promise<void> {
  const workbench = useWorkbench();
  return useCallback(
    async (kind) => {
      const zip = await workbench.pack(kind);
      const name = useStore.getState().stages.snapshot.summary?.name;
      if (zip && name) download(zip, `${stemOf(name)}-${kind}.zip`);
    },
    [workbench],
  );
}
