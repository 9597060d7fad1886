/** Small texts kept in this browser. Where storage is switched off the page works without a memory. */
interface TextMemory {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Preferences. */
export const remembered = memoryIn(() => localStorage);

/** What a tab remembers over a reload; one that was duplicated remembers the same. */
export const tabMemory = memoryIn(() => sessionStorage);

/** @param area Asking for it may throw already. */
function memoryIn(area: () => Storage): TextMemory {
  const attempt = <T>(work: (storage: Storage) => T, otherwise: T): T => {
    try {
      return work(area());
    } catch {
      // Nothing depends on it.
      return otherwise;
    }
  };
  return {
    getItem: (key) => attempt((storage) => storage.getItem(`grainscope.${key}`), null),
    setItem: (key, value) => attempt((storage) => storage.setItem(`grainscope.${key}`, value), undefined),
    removeItem: (key) => attempt((storage) => storage.removeItem(`grainscope.${key}`), undefined),
  };
}
