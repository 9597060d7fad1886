import { afterEach, expect, test, vi } from 'vitest';
import { fetchSnapshot } from './openAddress.ts';

const BASE = 'https://host.example/a/b/';
const fetched = vi.fn(async (_url: URL, _options: RequestInit) => new Response('text'));
vi.stubGlobal('fetch', fetched);
afterEach(() => fetched.mockClear());

test.each([
  ['https://elsewhere.example/a.dump', 'elsewhere.example'],
  ['//elsewhere.example/a.dump', 'elsewhere.example'],
  ['\\\\elsewhere.example\\a.dump', 'elsewhere.example'],
  ['http://host.example/a/b/a.dump', 'host.example'],
  ['https://host.example:8443/a.dump', 'host.example:8443'],
  ['https://host.example@elsewhere.example/a.dump', 'elsewhere.example'],
  ['blob:https://host.example/7c1a', 'blob:'],
  ['data:text/plain,x', 'data:'],
  ['javascript:alert(1)', 'javascript:'],
  ['file:///etc/passwd', 'file:'],
])('%s is refused and not asked for', async (address, named) => {
  await expect(fetchSnapshot(address, BASE)).rejects.toThrow(`this page's own server only, not from ${named}.`);
  expect(fetched).not.toHaveBeenCalled();
});

test('what is no address at all is refused', async () => {
  await expect(fetchSnapshot('http://[', BASE)).rejects.toThrow('no address of a snapshot');
});

test.each([
  ['sample/fe.dump.gz', 'https://host.example/a/b/sample/fe.dump.gz', 'fe.dump.gz'],
  ['/other/fe%20gb.dump', 'https://host.example/other/fe%20gb.dump', 'fe gb.dump'],
  ['https://host.example/50%.dump', 'https://host.example/50%.dump', '50%.dump'],
])('%s of the same server is fetched, and redirects to others are not followed', async (address, url, name) => {
  expect((await fetchSnapshot(address, BASE)).name).toBe(name);
  expect(String(fetched.mock.calls[0]![0])).toBe(url);
  expect(fetched.mock.calls[0]![1]).toEqual({ mode: 'same-origin' });
});
