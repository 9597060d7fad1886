/** Hand a file to the browser's downloads. */
export function download(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Chromium starts the download in a later task.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** "fe-gb-16k" of "fe-gb-16k.dump.gz": what exported files are named after. */
export function stemOf(name: string): string {
  return name.replace(/\.gz$/i, '').replace(/\.[^.]+$/, '') || 'snapshot';
}
