// The service worker of the built page; scripts/serviceWorkerPlugin.ts puts these constants in front of it:
//   VERSION  hash of the list below
//   MARK     what stands in every page of ours
//   FILES    every file of the build: { "assets/index-x.js": "its SHA-256 in hexadecimal" }, the page itself last
//   HEADERS  what our own server sends with each, and other hosts do not
// It keeps the page for days without a network, adds the headers, and never mixes two builds: a file whose name holds its
// hash is taken from where it was kept, in whichever build; every other one is asked for first.
const SCOPE = self.registration.scope;
const PREFIX = `grainscope ${SCOPE} `;
const OWN = PREFIX + VERSION;
const PAGE = 'index.html';
/** A server that is silent for so long is taken for none, ms. */
const PATIENCE = 4000;

self.addEventListener('install', (event) => {
  self.skipWaiting();
  // The first time it is to be quick, for a host without headers: the page asks for the files to be kept afterwards.
  if (self.registration.active) event.waitUntil(keepAll());
});

self.addEventListener('activate', (event) => event.waitUntil(takeOver()));

self.addEventListener('message', (event) => {
  if (event.data === 'keep') event.waitUntil(keepAll().catch(() => {}));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  // The browser's own rule: such a request may only be answered by itself.
  if (request.cache === 'only-if-cached' && request.mode !== 'same-origin') return;
  event.respondWith(answer(request));
});

async function takeOver() {
  await self.clients.claim();
  // Pages of the build before may still ask for their parts; what is older goes.
  const others = (await ownCaches()).filter((name) => name !== OWN);
  for (const name of others.slice(0, -1)) await caches.delete(name);
  for (const client of await self.clients.matchAll()) client.postMessage({ version: VERSION });
}

/** Names of the caches of this page, the oldest first; other pages of the origin have theirs. */
async function ownCaches() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
}

async function answer(request) {
  const file = fileOf(request.url);
  if (file?.startsWith('assets/')) return (await kept(file, await ownCaches())) ?? fetch(request).then(isolate);
  if (!file || !(file in FILES)) return fetch(request).then(isolate);
  try {
    const asked = file === PAGE ? fetch(request).then(isolatePage) : fetch(request).then(isolate);
    return await patiently(asked, await kept(file, [OWN]));
  } catch (error) {
    const copy = await kept(file, [OWN]);
    if (copy) return copy;
    throw error;
  }
}

/** The answer of the server, or the copy when it takes too long or fails on the way to the server. */
async function patiently(asked, copy) {
  if (!copy) return asked;
  asked.catch(() => {});
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, copy));
  const response = await Promise.race([asked, late]);
  // Gateways say so when the server behind them is gone.
  return response.status >= 500 ? copy : response;
}

/** Path of a file from the page's folder; the folder itself is the page. Null where it lies elsewhere. */
function fileOf(address) {
  const url = new URL(address);
  url.search = url.hash = '';
  if (!url.href.startsWith(SCOPE)) return null;
  return decodeURIComponent(url.href.slice(SCOPE.length)) || PAGE;
}

async function kept(file, names) {
  for (const name of names) {
    const copy = await (await caches.open(name)).match(new URL(file, SCOPE), { ignoreVary: true });
    if (copy) return copy;
  }
  return null;
}

/** Everything of this build, whole: where the server has another build by now, nothing counts as kept. */
async function keepAll() {
  const cache = await caches.open(OWN);
  const names = await ownCaches();
  for (const [file, hash] of Object.entries(FILES)) {
    if (await kept(file, [OWN])) continue;
    const former = await kept(file, names);
    const bytes = (former && (await bytesOf(former, hash))) ?? (await bytesOf(await fresh(file), hash));
    if (!bytes) throw new Error(`${file} is of another build`);
    const type = TYPES[file.slice(file.lastIndexOf('.'))] ?? 'application/octet-stream';
    await cache.put(new URL(file, SCOPE), isolate(new Response(bytes, { headers: { 'Content-Type': type } })));
  }
}

/** Types a browser insists on, whatever the host would say. */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

async function fresh(file) {
  const response = await fetch(new URL(file, SCOPE), { cache: file.startsWith('assets/') ? 'default' : 'no-cache' });
  if (!response.ok) throw new Error(`${file}: the server answered ${response.status}`);
  return response;
}

/** The bytes of a response where their hash is the one expected, else null. */
async function bytesOf(response, hash) {
  const bytes = await response.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return found === hash ? bytes : null;
}

/** Where another page has come to this address, as happens on a port of one's own machine, it is left alone from now on. */
async function isolatePage(response) {
  if (!response.ok || (await response.clone().text()).includes(MARK)) return isolate(response);
  await self.registration.unregister();
  return response;
}

function isolate(response) {
  // A redirect that the browser follows by itself cannot be opened and copied.
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value);
  const { status, statusText } = response;
  const body = [204, 205, 304].includes(status) ? null : response.body;
  return new Response(body, { status, statusText, headers });
}
