import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { makeCubicCell } from '#data/cell.ts';
import type { Structure } from '#formats/format.ts';
import type { EngineFacts } from '../src/engines/input.ts';
import { type PackageJob, packageFiles } from '../src/engines/package/packageFiles.ts';

/** Whether bash and python3 are here to run a package for real. */
export const hasShell = [['bash', '--version'] as const, ['python3', '--version'] as const].every(
  ([program, option]) => spawnSync(program, [option]).status === 0,
);

export function withShell(title: string): string {
  return hasShell ? title : `${title} (skipped: no bash or python3)`;
}

/** A cubic cell of iron; edge and positions in Å. */
export function ironCell(edge: number, points: readonly (readonly number[])[], species = 'Fe'): Structure {
  return {
    cell: makeCubicCell(edge),
    species: points.map(() => species),
    position: Float64Array.from(points.flat()),
    comment: 'cell "of a test"',
  };
}

export interface Folder {
  readonly path: string;
  run(program: string, ...words: string[]): { code: number | null; out: string };
  write(path: string, text: string | Uint8Array): void;
  read(path: string): string;
  /** Rows of results.csv by directory. */
  results(): Map<string, Record<string, string>>;
}

/** A package in a temporary folder whose path has spaces. */
export function packageFolder(
  engine: EngineFacts,
  jobs: readonly PackageJob[],
  env: Record<string, string> = {},
): Folder {
  const root = mkdtempSync(join(tmpdir(), 'grainscope package '));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const path = join(root, "a package's folder");
  const write = (name: string, text: string | Uint8Array) => {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  };
  const snapshot = { name: 'test.dump', sha256: 'ab'.repeat(32), frame: 0 };
  for (const file of packageFiles({ engine, snapshot, settings: {}, jobs })) write(file.path, file.text);
  const read = (name: string) => readFileSync(join(path, name), 'utf8');
  return {
    path,
    write,
    read,
    run(program, ...words) {
      const { status, stdout, stderr } = spawnSync(program, words, {
        cwd: path,
        encoding: 'utf8',
        env: { ...process.env, ...env },
      });
      return { code: status, out: stdout + stderr };
    },
    results() {
      const [header = [], ...rows] = csvRows(read('results.csv'));
      return new Map(
        rows.map((row) => {
          const record = Object.fromEntries(header.map((name, k) => [name, row[k] ?? '']));
          return [record.directory ?? '', record];
        }),
      );
    },
  };
}

/** Cells may be quoted; none has a line break. */
function csvRows(text: string): string[][] {
  return text
    .trim()
    .split('\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
        quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
      ),
    );
}
