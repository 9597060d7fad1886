import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { POLICY_HEADERS } from './contentPolicy.mjs';
import { ISOLATION_HEADERS } from './isolationHeaders.mjs';

const SOURCE = fileURLToPath(new URL('../workers/serviceWorker.js', import.meta.url));
const NAME = 'service-worker.js';
const PAGE = 'index.html';
/** Where the page finds the build that it belongs to: the head of index.html. */
const MARK = 'grainscope-build';

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** Vite plugin: writes the service worker, which knows every file of the build by its hash, and marks the page. */
export function serviceWorker(): Plugin {
  return {
    name: 'grainscope:service-worker',
    apply: 'build',
    // Files of the public folder lie there too by now, and the page is final.
    writeBundle: { order: 'post', handler: ({ dir }) => sealBuild(dir!) },
  };
}

/** Marks the page in a folder as a build of its own, and writes the service worker that keeps it. */
export async function sealBuild(folder: string): Promise<void> {
  const { [PAGE]: _, ...files } = await hashesBelow(folder);
  const page = (await readFile(join(folder, PAGE), 'utf8')).replace(/\n *<meta name="grainscope-build"[^>]*>/, '');
  const version = sha256(JSON.stringify([files, page])).slice(0, 16);
  const marked = page.replace('</title>', `</title>\n    <meta name="${MARK}" content="${version}" />`);
  await writeFile(join(folder, PAGE), marked);
  // The page comes last: where it is kept, everything is.
  await writeFile(join(folder, NAME), await workerText(version, { ...files, [PAGE]: sha256(marked) }));
}

/** SHA-256 of every file that the page may ask for, by path. */
async function hashesBelow(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !/\.(map|md)$/.test(entry.name) && entry.name !== NAME)
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Object.fromEntries(
    await Promise.all(
      paths.map(async (path) => [relative(folder, path).split(sep).join('/'), sha256(await readFile(path))] as const),
    ),
  );
}

/** The service worker with what it has to know in front. */
async function workerText(version: string, files: Readonly<Record<string, string>>): Promise<string> {
  const constants = { VERSION: version, MARK, FILES: files, HEADERS: { ...ISOLATION_HEADERS, ...POLICY_HEADERS } };
  const lines = Object.entries(constants).map(
    ([name, value]) => `const ${name} = ${JSON.stringify(value, null, 2)};\n`,
  );
  return `${lines.join('')}${await readFile(SOURCE, 'utf8')}`;
}
