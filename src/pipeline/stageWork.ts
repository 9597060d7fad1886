import { classify } from './classify.ts';
import { describe } from './describe.ts';
import { exportReplicas } from './exportReplicas.ts';
import { fit } from './fit.ts';
import { importEnergies } from './importEnergies.ts';
import { load } from './load.ts';
import type { StageName } from './parameters.ts';
import { project } from './project.ts';
import type { StageWork } from './results.ts';
import { select } from './select.ts';

/** What each stage does. */
export const WORK: { readonly [S in StageName]: StageWork<S> } = {
  snapshot: load,
  structure: classify,
  descriptor: describe,
  pool: project,
  select,
  replicas: exportReplicas,
  energies: importEnergies,
  model: fit,
};
