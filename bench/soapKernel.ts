import { inlineExecutor } from '#compute/inlineExecutor.ts';
import { MemoryLedger } from '#data/buffers.ts';
import { Control } from '#data/control.ts';
import type { ByteSource } from '#formats/format.ts';
import { BlockNeighbours } from '#kernels/cellList/blockNeighbours.ts';
import { reserveBlock } from '#kernels/pca/descriptorBlock.ts';
import { PAPER_PARAMETERS, soapDimension } from '#kernels/soap/parameters.ts';
import { SimdSoap } from '#kernels/soap/simd.ts';
import { KernelMemory } from '#kernels/wasm/kernelMemory.ts';
import { defaultParameters } from '#pipeline/parameters.ts';
import { Session } from '#pipeline/session.ts';

const BLOCKS = 300;
const REPEATS = 5;

export { blobSource } from '#formats/format.ts';

/** SOAP alone, of blocks spread evenly over the snapshot: neighbours are found first, untimed. Microseconds an atom. */
export async function timeSoap(source: ByteSource): Promise<number> {
  const session = new Session(inlineExecutor, new MemoryLedger());
  await session.bringTo('snapshot', defaultParameters(), new Control(), { snapshot: source });
  const { list } = session.results.snapshot!;
  const memory = new KernelMemory();
  const block = reserveBlock(memory, soapDimension(PAPER_PARAMETERS));
  const kernel = new SimdSoap(PAPER_PARAMETERS, memory, 'float32');
  const neighbours = new BlockNeighbours(memory, list, PAPER_PARAMETERS.cutoff, block.rows);
  const rows = Math.min(block.rows, list.count);

  const run = () => {
    let milliseconds = 0;
    for (let k = 0; k < BLOCKS; k++) {
      const from = Math.floor(((list.count - rows) * k) / BLOCKS);
      neighbours.find(from, from + rows);
      const started = performance.now();
      kernel.describe(neighbours, rows, block.array, block.stride);
      milliseconds += performance.now() - started;
    }
    return (1000 * milliseconds) / (BLOCKS * rows);
  };
  return Math.min(...Array.from({ length: REPEATS }, run));
}
