import { BULK_ID, type Job } from './jobs.ts';

/** `0001_id483921` as a package names its jobs, `id483921` or `483921` as people name files; `0000_bulk`, `bulk`. */
const NAME = /^(?:\d+[_-])?(?:(?<bulk>bulk)|(?<sure>id)?(?<id>\d+))(?:\.[A-Za-z][\w.]*)?$/;

/**
 * The job that a path names, by the last of its parts that names any: ids are trusted, not ranks, which differ from
 * package to package. Null where no part does, `unknown` where it names an atom of no job.
 */
export function findJob(path: string, jobs: readonly Job[]): Job | 'unknown' | null {
  for (const part of path.split('/').reverse()) {
    const { bulk, sure, id } = NAME.exec(part)?.groups ?? {};
    if (bulk === undefined && id === undefined) continue;
    const wanted = bulk === undefined ? Number(id) : BULK_ID;
    const found = jobs.find((job) => job.id === wanted && (job.row === null) === (bulk !== undefined));
    if (found) return found;
    // A bare number may be a rank, or anything.
    if (bulk !== undefined || sure !== undefined) return 'unknown';
  }
  return null;
}

export function lastFolder(directory: string): string {
  return directory.slice(directory.lastIndexOf('/') + 1);
}
