import { blockApi } from '#compute/blockApi.ts';
import { exposeAlive } from '#compute/life.ts';

exposeAlive(blockApi);
