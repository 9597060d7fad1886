import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { runCommand } from './install.mjs';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC_PROGRAMS = ['Chromium.app/Contents/MacOS/Chromium', 'Google Chrome.app/Contents/MacOS/Google Chrome'];
const WINDOWS_PROGRAMS = ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe'];

/** Path of a Chromium or Chrome that is installed on this machine, or null. */
export function installedBrowser() {
  return candidates().find((path) => existsSync(path)) ?? null;
}

function candidates() {
  const { env, platform } = process;
  if (platform === 'darwin') {
    return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
      MAC_PROGRAMS.map((program) => join(folder, program)),
    );
  }
  if (platform === 'win32') {
    return [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => WINDOWS_PROGRAMS.map((program) => join(folder, program)));
  }
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
}

/**
 * Path of the browser for the tests in the page: $CHROMIUM_PATH, an installed one, Playwright's own, or at last
 * Debian's package where we may install it. Throws an Error of one sentence when there is none.
 */
export async function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, which is not there.`);
  }
  const found = installedBrowser() ?? (await playwrightBrowser()) ?? debianBrowser();
  if (found) return found;
  throw new Error('No Chromium or Chrome was found: install one, or name it in CHROMIUM_PATH.');
}

async function playwrightBrowser() {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return path && existsSync(path) ? path : null;
}

function debianBrowser() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null;
  console.log("No browser is installed: fetching Debian's Chromium.");
  runCommand('apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium');
  return installedBrowser();
}
