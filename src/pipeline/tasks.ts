import { boundaryTask } from './tasks/boundary.ts';
import { classifyTask } from './tasks/classify.ts';
import { componentsTask } from './tasks/components.ts';
import { describeTask } from './tasks/describe.ts';
import { energiesInPlaceTask } from './tasks/energiesInPlace.ts';
import { errorsTask } from './tasks/errors.ts';
import { greedyTask } from './tasks/greedy.ts';
import { momentsTask } from './tasks/moments.ts';
import { networkTask } from './tasks/network.ts';
import { predictTask } from './tasks/predict.ts';
import { projectTask } from './tasks/project.ts';
import { replicaSweepTask } from './tasks/replicaSweep.ts';
import type { Task } from './tasks/task.ts';

/** What threads can be asked to do, by name. Adding one is a file in tasks/ and a line here. */
export const TASKS = {
  classify: classifyTask,
  moments: momentsTask,
  components: componentsTask,
  project: projectTask,
  describe: describeTask,
  greedy: greedyTask,
  predict: predictTask,
  errors: errorsTask,
  network: networkTask,
  boundary: boundaryTask,
  energiesInPlace: energiesInPlaceTask,
  replicaSweep: replicaSweepTask,
} as const satisfies Record<string, Task<never>>;

export type TaskName = keyof typeof TASKS;
export type TaskInput<K extends TaskName> = Parameters<(typeof TASKS)[K]['prepare']>[0];
