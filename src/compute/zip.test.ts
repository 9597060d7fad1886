import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { zipFiles } from './zip.ts';

/** Mode and maker of every entry, from the central directory of a zip. */
function modesOf(bytes: Uint8Array): Map<string, { maker: number; mode: number }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const modes = new Map<string, { maker: number; mode: number }>();
  for (let at = 0; at + 46 <= bytes.length; at++) {
    if (view.getUint32(at, true) !== 0x02014b50) continue;
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + view.getUint16(at + 28, true)));
    modes.set(name, { maker: view.getUint8(at + 5), mode: view.getUint16(at + 40, true) });
  }
  return modes;
}

test('scripts are executable for whoever unpacks them on Unix, and no other file is', async () => {
  const blob = await zipFiles([
    { path: 'run.sh', chunks: ['#!/bin/sh\n', 'true\n'], executable: true },
    { path: 'cell.in', chunks: ['1\n'] },
  ]);
  const bytes = new Uint8Array(await blob.arrayBuffer());
  expect(modesOf(bytes).get('run.sh')).toEqual({ maker: 3, mode: 0o100755 });
  expect(modesOf(bytes).get('cell.in')).toEqual({ maker: 0, mode: 0 });
  expect(new TextDecoder().decode(unzipSync(bytes)['run.sh'])).toBe('#!/bin/sh\ntrue\n');
});
