/** Bytes as base64. */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  // More arguments than these a call cannot take.
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}
