import { expose } from 'comlink';
import { conductorApi } from '#compute/conductorApi.ts';

expose(conductorApi);
