import { parentPort } from 'node:worker_threads';
import { blockApi } from '#compute/blockApi.ts';
import type { ChunkJob } from '#compute/workerPool.ts';

parentPort?.on('message', (job: ChunkJob) => parentPort?.postMessage(blockApi.run(job)));
