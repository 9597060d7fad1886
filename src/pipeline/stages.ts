import { Refusal } from '#data/errors.ts';
import { FROM_FILE } from '#descriptors/index.ts';
import { checkParameter } from './checkParameter.ts';
import { PARAMETER_NAMES, PARAMETERS, type ParameterName, type Parameters, type StageName } from './parameters.ts';

export interface Stage {
  readonly name: StageName;
  readonly title: string;
  /** Button text. */
  readonly verb: string;
  readonly needs: readonly StageName[];
}

/** The method, in the order of the rail. */
export const STAGES: readonly Stage[] = [
  { name: 'snapshot', title: 'Snapshot', verb: 'Load', needs: [] },
  { name: 'structure', title: 'Structure', verb: 'Classify', needs: ['snapshot'] },
  { name: 'descriptor', title: 'Descriptor', verb: 'Describe', needs: ['snapshot'] },
  { name: 'pool', title: 'Pool', verb: 'Project', needs: ['descriptor'] },
  { name: 'select', title: 'Select', verb: 'Select atoms', needs: ['structure', 'pool'] },
  { name: 'replicas', title: 'Replicas', verb: 'Cut replica cells', needs: ['select'] },
  { name: 'energies', title: 'Energies', verb: 'Take energies', needs: ['structure', 'select'] },
  { name: 'model', title: 'Model', verb: 'Fit and predict', needs: ['energies', 'pool', 'select'] },
];

const STAGE_BY_NAME = new Map(STAGES.map((stage) => [stage.name, stage]));

export function stageOf(name: StageName): Stage {
  return STAGE_BY_NAME.get(name)!;
}

/** Every stage that must be done before `name`, in order, without itself. */
export function upstreamOf(name: StageName): StageName[] {
  const wanted = new Set<StageName>();
  const visit = (stage: StageName) => {
    for (const need of stageOf(stage).needs) {
      visit(need);
      wanted.add(need);
    }
  };
  visit(name);
  return STAGES.map((stage) => stage.name).filter((stage) => wanted.has(stage));
}

/** Every stage that loses its ground when `name` changes, in order, without itself. */
export function downstreamOf(name: StageName): StageName[] {
  return STAGES.map((stage) => stage.name).filter((stage) => upstreamOf(stage).includes(name));
}

/** Parameters a stage reads itself, beyond those of the stages it needs. */
export function parametersOf(name: StageName): ParameterName[] {
  const own = PARAMETER_NAMES.filter((parameter) => PARAMETERS[parameter].stage === name);
  // Which atoms can be cut out decides which may be picked, so the selection reads the edge too.
  return name === 'select' ? [...own, 'replicaEdge'] : own;
}

/** @throws Refusal (`bad-parameter`) for a parameter of this stage that is out of its range. */
export function checkParametersOf(stage: StageName, parameters: Parameters): void {
  const checked = new Set(parametersOf(stage));
  for (const name of PARAMETER_NAMES) {
    const problem = checked.has(name) ? checkParameter(name, parameters[name]) : undefined;
    if (problem) throw new Refusal({ tag: 'bad-parameter', message: problem });
  }
}

/**
 * Parameters that a stage reads itself, and what only some of its sources read: cells that a potential computes are cut
 * by two more; of a matrix from a file only the order of its rows matters.
 */
function readBy(name: StageName, { potential, labelColumn, descriptor }: Parameters): ParameterName[] {
  if (name === 'descriptor' && descriptor === FROM_FILE) return ['descriptor', 'descriptorRows', 'arithmetic'];
  const cuts = name === 'energies' && potential !== null && labelColumn === null;
  return [...parametersOf(name), ...(cuts ? (['minDistance', 'seam'] as const) : [])];
}

/**
 * What a stage was, or would be, computed from: its own parameters and those of everything before it. A finished stage
 * whose fingerprint no longer fits is stale. `inputs` names outside inputs (a snapshot's SHA-256, an energies file).
 */
export function fingerprint(
  name: StageName,
  parameters: Parameters,
  inputs: Readonly<Partial<Record<StageName, string>>>,
): string {
  const stages = [...upstreamOf(name), name];
  const matters = (stage: StageName) => (parameter: ParameterName) => {
    const { local, silentDefault, default: unsaid } = PARAMETERS[parameter];
    return !(local && stage !== name) && !(silentDefault && parameters[parameter] === unsaid);
  };
  return JSON.stringify(
    stages.map((stage) => [
      stage,
      inputs[stage] ?? '',
      readBy(stage, parameters)
        .filter(matters(stage))
        .map((parameter) => [parameter, parameters[parameter]]),
    ]),
  );
}
