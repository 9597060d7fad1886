/** Small preferences kept in this browser. Where storage is switched off the page works without a memory. */
export const remembered = {
  getItem(key: string): string | null {
    try {
      return localStorage.getItem(`grainscope.${key}`);
    } catch {
      return null;
    }
  },
  setItem(key: string, value: string): void {
    try {
      localStorage.setItem(`grainscope.${key}`, value);
    } catch {
      // Nothing depends on it.
    }
  },
};
