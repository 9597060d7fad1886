import { ATOM_FILE_KINDS, ATOM_FILES, type AtomFileKind } from '#pipeline/atomFiles/index.ts';
import { useStore } from '#state/store.ts';
import type { MenuItem } from '../../controls/MenuItems.tsx';
import { download, stemOf } from '../../hooks/download.ts';
import { useWorkbench } from '../../hooks/useWorkbench.ts';
import { count } from '../../words/numbers.ts';

/** What can be done with the atoms of any set, the selection included: files, and who may be picked. */
export function useSetItems(id: string, name: string, atoms: number): readonly MenuItem[] {
  const workbench = useWorkbench();
  const file = useStore((store) => store.stages.snapshot.summary?.name ?? 'snapshot');
  const none = atoms === 0;
  const save = async (kind: AtomFileKind) => {
    const blob = await workbench.atomFile(kind, id, name);
    if (blob) download(blob, `${stemOf(file)}-${slug(name)}.${ATOM_FILES[kind].ending}`);
  };
  return [
    ...ATOM_FILE_KINDS.map((kind) => ({
      label: ATOM_FILES[kind].label,
      note: ATOM_FILES[kind].note,
      disabled: none,
      run: () => void save(kind),
    })),
    {
      label: 'Use as candidates',
      note: none ? 'It has no atoms' : `Only these ${count(atoms)} may be picked`,
      disabled: none,
      run: () => void workbench.pickAmong(id, name),
    },
    {
      label: 'Exclude from candidates',
      note: 'Never pick these, besides those excluded already',
      disabled: none,
      run: () => void workbench.exclude(id, name),
    },
  ];
}

/** A name as part of a file name. */
function slug(name: string): string {
  return name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '') || 'set';
}
