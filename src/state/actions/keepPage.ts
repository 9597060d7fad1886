const HOUR_MS = 3_600_000;

/** Which build this page is of; undefined where nobody built it (`npm run dev`). */
function ownBuild(): string | undefined {
  return document.querySelector<HTMLMetaElement>('meta[name="grainscope-build"]')?.content;
}

/**
 * Has the browser keep the page, so that it opens without a network too (workers/serviceWorker.js).
 * @param onNewBuild Called when another build has come from the server: the next load of the page is of that one.
 */
export async function keepPage(onNewBuild: () => void): Promise<void> {
  const own = ownBuild();
  if (!own || !globalThis.isSecureContext || !('serviceWorker' in navigator)) return;
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<{ version?: string } | null>) => {
    if (data?.version && data.version !== own) onNewBuild();
  });
  try {
    // The list of files is in the script: it must never come from a cache.
    const address = new URL('service-worker.js', document.baseURI);
    const registration = await navigator.serviceWorker.register(address, { updateViaCache: 'none' });
    // The browser itself looks for another build only when the page is opened, and some stay open for weeks.
    lookWhenSeen(() => registration.update());
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage('keep');
  } catch {
    // Refused by the browser's settings: the page works on, as long as there is a server.
  }
}

/** Calls `look` when the page is seen again, once an hour at most. */
function lookWhenSeen(look: () => Promise<unknown>): void {
  let last = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - last < HOUR_MS) return;
    last = Date.now();
    look().catch(() => {});
  });
}
