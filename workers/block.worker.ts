import { expose } from 'comlink';
import { blockApi } from '#compute/blockApi.ts';

expose(blockApi);
