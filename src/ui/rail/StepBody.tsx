import { TriangleAlert } from 'lucide-react';
import { FROM_FILE } from '#descriptors/index.ts';
import { PARAMETER_NAMES, PARAMETERS, type ParameterName, type StageName } from '#pipeline/parameters.ts';
import { useStore } from '#state/store.ts';
import { withoutFlags } from '../words/sentences.ts';
import { detailWords } from '../words/stepWords.ts';
import { FrameField } from './FrameField.tsx';
import { FailureBox } from './Notice.tsx';
import { ParameterField } from './ParameterField.tsx';
import { Presets } from './Presets.tsx';
import styles from './Step.module.css';
import { StepActions } from './StepActions.tsx';

/** Parameters one seldom touches: folded away. */
const SELDOM: readonly ParameterName[] = [
  'elements',
  'structureColumn',
  'structureCodes',
  'nMax',
  'lMax',
  'cutoffWidth',
  'arithmetic',
  'intercept',
  'lambda',
  'seed',
  'given',
  'candidates',
  'exclude',
  'strategies',
  'minDistance',
  'seam',
  'acceptedEnergies',
  'energyColumn',
  'forceFields',
  'mixPartitions',
  'leftOut',
];

/** What a step was told, what it found, and what can be done with it. */
export function StepBody({ stage }: { readonly stage: StageName }) {
  const given = useStore((store) => store.parameters.descriptor === FROM_FILE);
  const own = PARAMETER_NAMES.filter((name) => PARAMETERS[name].stage === stage && isRead(name, given));
  const seldom = own.filter((name) => SELDOM.includes(name));
  const { failure, warnings, summary } = useStore((store) => store.stages[stage]);
  return (
    <>
      {failure && <FailureBox failure={failure} onDismiss={() => dismiss(stage)} />}
      {stage === 'descriptor' && !given && <Presets />}
      {own
        .filter((name) => !seldom.includes(name))
        .map((name) => (name === 'frame' ? <FrameField key={name} /> : <ParameterField key={name} name={name} />))}
      {seldom.length > 0 && (
        <details className={styles.more}>
          <summary>More</summary>
          {seldom.map((name) => (
            <ParameterField key={name} name={name} />
          ))}
        </details>
      )}
      <StepActions stage={stage} />
      {warnings.map(({ message }) => (
        <p key={message} className={styles.warning}>
          <TriangleAlert aria-label="Warning" />
          <span>{withoutFlags(message)}</span>
        </p>
      ))}
      {summary && <Details details={detailWords(stage, summary)} />}
    </>
  );
}

/** Of a descriptor that is read from a file nothing is to be chosen but the order of its rows. */
function isRead(name: ParameterName, given: boolean): boolean {
  if (name === 'descriptorRows') return given;
  return !given || name === 'descriptor' || PARAMETERS[name].stage !== 'descriptor';
}

function Details({ details }: { readonly details: ReturnType<typeof detailWords> }) {
  if (details.length === 0) return null;
  return (
    <dl className={styles.details}>
      {details.map(([label, value]) => (
        <Detail key={`${label} ${value}`} label={label} value={value} />
      ))}
    </dl>
  );
}

function Detail({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  );
}

function dismiss(stage: StageName): void {
  const { stages, setStage } = useStore.getState();
  const status = stages[stage].fingerprint === undefined ? 'idle' : 'done';
  setStage(stage, { failure: undefined, status });
}
