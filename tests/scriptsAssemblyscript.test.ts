import { expect, test } from 'vitest';
import bytes from './fixtures/assembly/scale.ts?wasm-bytes';
import relaxedBytes from './fixtures/assembly/scale.ts?wasm-bytes&relaxed';

interface Exports {
  scale(at: number, factor: number): number;
}

function instantiate(wasm: Uint8Array<ArrayBuffer>) {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm), { env: { memory } });
  return { memory, scale: (exports as unknown as Exports).scale };
}

test('a kernel in AssemblyScript is compiled with SIMD and the flags its source asks for, and computes', () => {
  const { memory, scale } = instantiate(bytes);
  const values = new Float32Array(memory.buffer, 64, 4).fill(1.5);
  expect(scale(64, 4)).toBe(0);
  expect([...values]).toEqual([6, 6, 6, 6]);
});

test('the relaxed twin of the same source knows that it is relaxed', () => {
  expect(instantiate(relaxedBytes).scale(64, 4)).toBe(1);
});
