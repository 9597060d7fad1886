import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROJECT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs a command line in the project's folder with our output, and says whether it succeeded.
 * A shell, since npm is a script of another name on Windows.
 * @param {string} command
 */
export function runCommand(command) {
  return spawnSync(command, { cwd: PROJECT, shell: true, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

/** Whether node_modules is missing or older than the lock file asks for. */
export function needsInstall(project = PROJECT) {
  const installed = modifiedAt(join(project, 'node_modules', '.package-lock.json'));
  return installed === null || installed < (modifiedAt(join(project, 'package-lock.json')) ?? 0);
}

/** Installs the packages of the lock file where they are missing or old; says whether they are there afterwards. */
export function ensureInstalled() {
  if (!needsInstall()) return true;
  console.log('Installing the packages that Grainscope is built from (npm ci), which needs the network once.');
  return runCommand('npm ci --no-audit --no-fund');
}

/**
 * Time of the last change in milliseconds, or null where there is no such file.
 * @param {string} path
 */
export function modifiedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
}
