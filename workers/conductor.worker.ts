import { conductorApi } from '#compute/conductorApi.ts';
import { exposeAlive } from '#compute/life.ts';

exposeAlive(conductorApi);
