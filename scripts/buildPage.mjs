import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { modifiedAt, PROJECT, runCommand } from './install.mjs';

export const PAGE = join(PROJECT, 'dist', 'page');
const SOURCES = [
  'index.html',
  'package.json',
  'package-lock.json',
  'vite.config.ts',
  'scripts',
  'public',
  'workers',
  'src',
];

/**
 * Time of the last change below a file or folder. Folders count too: deleting a file changes its folder.
 * @param {string} path
 * @returns {number}
 */
function newestBelow(path) {
  let newest = modifiedAt(path) ?? 0;
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    newest = Math.max(newest, modifiedAt(join(entry.parentPath, entry.name)) ?? 0);
  }
  return newest;
}

/** Whether the built page is missing or older than any of its sources. */
export function needsBuild(project = PROJECT) {
  const built = modifiedAt(join(project, 'dist', 'page', 'index.html'));
  if (built === null) return true;
  return SOURCES.some((source) => {
    const path = join(project, source);
    const changed = modifiedAt(path);
    if (changed === null) return false;
    return (source.includes('.') ? changed : newestBelow(path)) > built;
  });
}

/** Builds the page where it is missing or old; says whether it is there afterwards. */
export function ensureBuilt() {
  if (!needsBuild()) return true;
  console.log('Building the page.');
  return runCommand('npm run --silent build:page');
}
