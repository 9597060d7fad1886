import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sealBuild } from '../scripts/serviceWorkerPlugin.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'grainscope-build-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const read = (path: string) => readFileSync(join(folder, path), 'utf8');
const mark = () => /<meta name="grainscope-build" content="(\w+)" \/>/.exec(read('index.html'))?.[1];

test('a build is sealed: every file by its hash, the page last, the same mark in page and worker', async () => {
  put('index.html', '<title>page</title>\n<script src="./assets/a-1.js"></script>');
  put('assets/a-1.js', '1');
  put('assets/a-1.js.map', '{}');
  put('sample/README.md', 'notes');
  put('sample/b.dump', 'atoms');
  await sealBuild(folder);
  const worker = read('service-worker.js');
  const files = JSON.parse(/const FILES = (\{[^}]*\});/.exec(worker)![1]!) as Record<string, string>;
  expect(Object.keys(files)).toEqual(['assets/a-1.js', 'sample/b.dump', 'index.html']);
  expect(files['assets/a-1.js']).toBe('6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b');
  expect(worker).toContain(`const VERSION = "${mark()}";`);
  expect(worker).toContain("default-src 'none'");

  const before = mark();
  await sealBuild(folder);
  expect(mark(), 'nothing changed').toBe(before);
  expect(read('index.html').match(/grainscope-build/g)).toHaveLength(1);
  put('sample/b.dump', 'other atoms');
  await sealBuild(folder);
  expect(mark(), 'a file changed').not.toBe(before);
});
