import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { type NpyArray, readNpy } from '#formats/npy/read.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Packages stay outside the bundle, so the program has to lie where Node finds them. */
const CACHE = join(ROOT, 'node_modules/.cache');

export const SNAPSHOT = join(ROOT, 'tests/fixtures/fe-gb-2k.dump.gz');
export const SNAPSHOT_ATOMS = 1982;
/** A build and a run or two take 6 s, and longer while other tests run. */
export const BUILD_PATIENCE_MS = 120_000;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line, built as it is shipped, with a scratch folder in which it runs. */
export interface CliProgram {
  /** Where files named by relative paths lie. */
  readonly folder: string;
  run(...args: string[]): Ended;
  dispose(): void;
}

export async function buildCli(): Promise<CliProgram> {
  mkdirSync(CACHE, { recursive: true });
  const outDir = mkdtempSync(join(CACHE, 'test-cli-'));
  const folder = mkdtempSync(join(tmpdir(), 'grainscope-cli-'));
  await build({
    root: ROOT,
    configFile: join(ROOT, 'vite.cli.config.ts'),
    logLevel: 'error',
    build: { outDir, sourcemap: false },
  });
  return {
    folder,
    run(...args) {
      const ended = spawnSync(process.execPath, [join(outDir, 'grainscope.js'), ...args], {
        cwd: folder,
        encoding: 'utf8',
        timeout: 100_000,
      });
      return { code: ended.status, stdout: ended.stdout, stderr: ended.stderr };
    },
    dispose() {
      for (const path of [outDir, folder]) rmSync(path, { recursive: true, force: true });
    },
  };
}

export function readArray(path: string): NpyArray {
  return readNpy(readFileSync(path), path);
}

/** Rows of a plain CSV file by column name. */
export function readTable(path: string): Record<string, string>[] {
  const [header, ...lines] = readFileSync(path, 'utf8').trimEnd().split(/\r?\n/);
  const names = header!.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, k) => [names[k]!, cell])));
}

/** Every file below a folder by its path, in order. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** Contents of every file below a folder, to see whether anything changed. */
export function contentsOf(folder: string): Map<string, string> {
  return new Map(filesBelow(folder).map((path) => [path, readFileSync(join(folder, path)).toString('base64')]));
}
