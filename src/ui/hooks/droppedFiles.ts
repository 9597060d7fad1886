import type { StageInput } from '#compute/conductorApi.ts';

/** Chosen files as one input: the file itself, a folder with its name, or several files together. */
export function inputOf(files: readonly File[]): StageInput {
  const [first] = files;
  if (first && files.length === 1 && !first.webkitRelativePath) return { name: first.name, blob: first };
  const folder = first?.webkitRelativePath.split('/')[0];
  return {
    name: folder || `${files.length} files`,
    files: files.map((blob) => ({ path: withoutRoot(blob.webkitRelativePath) || blob.name, blob })),
  };
}

/** The browser puts the name of the folder first. */
function withoutRoot(path: string): string {
  return path.slice(path.indexOf('/') + 1);
}

/** What was let go over the page, at least one: a file, or folders and files as one input. */
export async function droppedInput(items: readonly FileSystemEntry[]): Promise<StageInput> {
  const first = items[0]!;
  if (items.length === 1 && first.isFile) {
    const blob = await fileOf(first as FileSystemFileEntry);
    return { name: blob.name, blob };
  }
  const files = (await Promise.all(items.map(filesBelow))).flat();
  const root = items.length === 1 ? `${first.fullPath}/` : '/';
  return {
    name: items.length === 1 ? first.name : `${files.length} files`,
    files: await Promise.all(
      files.map(async (entry) => ({ path: entry.fullPath.slice(root.length), blob: await fileOf(entry) })),
    ),
  };
}

async function filesBelow(entry: FileSystemEntry): Promise<FileSystemFileEntry[]> {
  if (entry.isFile) return [entry as FileSystemFileEntry];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const below: FileSystemFileEntry[] = [];
  // A reader hands out a hundred entries at a time, and an empty list at its end.
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return below;
    for (const found of await Promise.all(entries.map(filesBelow))) below.push(...found);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
