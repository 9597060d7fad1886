import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { needsBuild } from '../scripts/buildPage.mjs';
import { needsInstall } from '../scripts/install.mjs';
import { createPageServer, listenOnFreePort } from '../scripts/servePage.mjs';
import { addTallies, describeTally, tallyPlaywright, tallyVitest } from '../scripts/tally.mjs';

let project: string;
const servers: Server[] = [];

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'grainscope-'));
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});
afterAll(() => rmSync(project, { recursive: true }));

/** Writes a file of the pretended project, changed at the given second. */
function put(path: string, second: number, text = ''): void {
  const file = join(project, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  utimesSync(file, second, second);
}

async function serve(options: { base: string; headers: boolean }): Promise<string> {
  const server = await createPageServer(join(project, 'dist/page'), options);
  servers.push(server);
  return `http://127.0.0.1:${await listenOnFreePort(server, 0, '127.0.0.1')}`;
}

test('packages are installed when missing, or older than the lock file', () => {
  put('package-lock.json', 1000);
  expect(needsInstall(project)).toBe(true);
  put('node_modules/.package-lock.json', 999);
  expect(needsInstall(project)).toBe(true);
  put('node_modules/.package-lock.json', 1001);
  expect(needsInstall(project)).toBe(false);
});

test('the page is built when missing, or older than a source or the folder of one that is gone', () => {
  put('src/ui/App.tsx', 1000);
  const age = (second: number) => {
    for (const folder of ['src', 'src/ui']) utimesSync(join(project, folder), second, second);
  };
  age(1000);
  expect(needsBuild(project)).toBe(true);
  put('dist/page/index.html', 1001, '<title>page</title>');
  expect(needsBuild(project)).toBe(false);
  put('src/ui/App.tsx', 1002);
  age(1000);
  expect(needsBuild(project)).toBe(true);
  put('src/ui/App.tsx', 1000);
  age(1003);
  expect(needsBuild(project)).toBe(true);
});

test('the page is served isolated, with the types a browser insists on', async () => {
  put('dist/page/index.html', 1, '<title>page</title>');
  put('dist/page/a.js', 1);
  put('dist/page/b.wasm', 1);
  put('dist/page/sample/c.dump.gz', 1, 'packed');
  const url = await serve({ base: '/', headers: true });
  const page = await fetch(`${url}/`);
  expect(await page.text()).toBe('<title>page</title>');
  expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin');
  expect(page.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
  expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  const script = await fetch(`${url}/a.js`);
  expect(script.headers.get('content-type')).toContain('javascript');
  // A worker has its policy from here.
  expect(script.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(script.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await fetch(`${url}/b.wasm`)).headers.get('content-type')).toBe('application/wasm');
  // As a file, not as packing that the browser takes off on the way.
  expect(await (await fetch(`${url}/sample/c.dump.gz`)).text()).toBe('packed');
  const missing = await fetch(`${url}/missing.js`);
  expect(missing.status).toBe(404);
  expect(missing.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
});

test('below a sub-path nothing is served beside it, and no header is sent where none is wanted', async () => {
  put('dist/page/index.html', 1, '<title>page</title>');
  const url = await serve({ base: '/a/b/', headers: false });
  const page = await fetch(`${url}/a/b`);
  expect(page.url).toBe(`${url}/a/b/`);
  expect(await page.text()).toBe('<title>page</title>');
  expect(page.headers.get('cross-origin-opener-policy')).toBeNull();
  expect(page.headers.get('content-security-policy')).toBeNull();
  expect((await fetch(`${url}/`)).status).toBe(404);
});

test('a port that is taken gives the next one', async () => {
  const first = new URL(await serve({ base: '/', headers: true }));
  const server = await createPageServer(project, { base: '/', headers: true });
  servers.push(server);
  const port = await listenOnFreePort(server, Number(first.port), '127.0.0.1');
  expect(port).toBeGreaterThan(Number(first.port));
  expect((server.address() as AddressInfo).port).toBe(port);
});

test('the counts of both runners are added, and what could not run counts as failed', () => {
  const unit = tallyVitest({
    numPassedTests: 7,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 0,
    testResults: [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
    ],
  });
  expect(unit).toEqual({ passed: 7, failed: 2, skipped: 2 });
  const page = tallyPlaywright({ stats: { expected: 3, unexpected: 0, flaky: 1, skipped: 1 }, errors: [{}] });
  expect(page).toEqual({ passed: 4, failed: 1, skipped: 1 });
  expect(describeTally(addTallies([unit, page]))).toBe('11 passed, 3 failed, 3 skipped');
});

test('npm start explains its options, and refuses one it does not know', () => {
  const start = fileURLToPath(new URL('../scripts/start.mjs', import.meta.url));
  const run = (option: string) => execFileSync(process.execPath, [start, option], { encoding: 'utf8', stdio: 'pipe' });
  expect(run('--help')).toContain('--plain');
  expect(() => run('--nonsense')).toThrow(/--nonsense[\s\S]*--no-open/);
});
