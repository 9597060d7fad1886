import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The large reference data that lies beside a checkout of the founders; the project stands without it. */
const SHARED = fileURLToPath(new URL('../../shared/', import.meta.url));
export const hasShared = existsSync(SHARED);

/** Path of a file of the large reference data. */
export function sharedPath(relative: string): string {
  return SHARED + relative;
}

/** Title of a test that needs the large reference data: `test.skipIf(!hasShared)(needsShared('...'), ...)`. */
export function needsShared(title: string): string {
  return hasShared ? title : `${title} (skipped: no ../shared)`;
}
