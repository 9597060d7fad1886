// Programs that tests want and Debian has.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { runCommand } from './install.mjs';

/** @param {readonly string[]} commands */
const isThere = (commands) => commands.some((command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0);

/**
 * Fetches what is missing where we may install it; else says so, and the tests skip it.
 * @param {readonly { readonly commands: readonly string[], readonly packages: readonly string[] }[]} programs By the commands that they may be called by.
 */
export function fetchPrograms(programs) {
  const wanted = programs.filter(({ commands }) => !isThere(commands));
  if (wanted.length === 0) return;
  const names = wanted.map(({ commands }) => commands.at(-1)).join(', ');
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    console.log(`Not installed, and not ours to install: ${names}.`);
    return;
  }
  console.log(`Fetching from Debian: ${names}.`);
  const packages = wanted.flatMap((program) => program.packages).join(' ');
  runCommand(`apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ${packages}`);
}
