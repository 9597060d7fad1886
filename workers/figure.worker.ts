import { expose } from 'comlink';
import { figureWork } from '#figures/output/work/figureWork.ts';

expose(figureWork);
