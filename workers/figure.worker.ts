import { exposeAlive } from '#compute/life.ts';
import { figureWork } from '#figures/output/work/figureWork.ts';

exposeAlive(figureWork);
