const RELOADED = 'grainscope.reloadedForIsolation';
const PATIENCE_MS = 5000;

/** Whether threads may share memory: yes, soon (the page is about to reload), or not on this host. */
export type Isolation = 'isolated' | 'reloading' | 'unavailable';

/**
 * Makes the page cross-origin isolated on a host that does not send the headers: registers the service worker that
 * adds them (workers/serviceWorker.js) and reloads once. Where that did not help it does not try again in this tab.
 */
export async function ensureIsolation(): Promise<Isolation> {
  if (globalThis.crossOriginIsolated) {
    remember(false);
    return 'isolated';
  }
  if (!globalThis.isSecureContext || !('serviceWorker' in navigator)) return 'unavailable';
  if (!remember(true)) return 'unavailable';
  try {
    // Relative to the page, so that it works from a sub-path and answers for nothing beside it.
    await navigator.serviceWorker.register(new URL('service-worker.js', document.baseURI));
    // `ready` stays pending for ever where the worker is registered but cannot start.
    const ready = await Promise.race([navigator.serviceWorker.ready, sleep(PATIENCE_MS)]);
    if (!ready) return 'unavailable';
  } catch {
    // Refused by the browser's settings: the page works on, in one thread.
    return 'unavailable';
  }
  location.reload();
  return 'reloading';
}

function sleep(milliseconds: number): Promise<null> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, null));
}

/** Sets or clears the mark of the reload; false when it was set already or cannot be kept, and no reload is safe. */
function remember(reload: boolean): boolean {
  try {
    if (!reload) sessionStorage.removeItem(RELOADED);
    else if (sessionStorage.getItem(RELOADED)) return false;
    else sessionStorage.setItem(RELOADED, '1');
    return true;
  } catch {
    return false;
  }
}
