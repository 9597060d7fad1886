import { rowsOf } from '#data/atomSet.ts';
import type { AtomFile, AtomFileRequest } from './atomFile.ts';

const IDS_PER_CHUNK = 1 << 13;

/** One id a line, as `--candidates` and `--exclude` read them. */
export const ids: AtomFile = {
  label: 'Export ids',
  note: 'Text, one id a line',
  ending: 'txt',
  *write({ results, set, name }: AtomFileRequest) {
    const { source, ids: all } = results.snapshot!.snapshot;
    const title = name.replace(/\s+/g, ' ');
    yield `# ${title}: ${set.count} atoms of ${source.name} (SHA-256 ${source.sha256})\n`;
    const rows = rowsOf(set);
    for (let from = 0; from < rows.length; from += IDS_PER_CHUNK) {
      const chunk = rows.subarray(from, from + IDS_PER_CHUNK);
      yield `${Array.from(chunk, (row) => all[row]).join('\n')}\n`;
    }
  },
};
