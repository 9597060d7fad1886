import { useId } from 'react';
import { PARAMETERS, type ParameterName, type Parameters } from '#pipeline/parameters.ts';
import { useStore } from '#state/store.ts';
import { Hint } from '../controls/Hint.tsx';
import { Select } from '../controls/Select.tsx';
import { Switch } from '../controls/Switch.tsx';
import { choiceWords } from '../words/choices.ts';
import { LabelColumnField, StructureColumnField } from './ColumnField.tsx';
import { DescriptorField } from './DescriptorField.tsx';
import { IdsField } from './IdsField.tsx';
import styles from './ParameterField.module.css';
import { PotentialChoice } from './PotentialChoice.tsx';
import { TypedField } from './TypedField.tsx';

/** What every kind of field gets. */
export interface FieldProps<K extends ParameterName = ParameterName> {
  readonly name: K;
  readonly value: Parameters[K];
  readonly onChange: (value: Parameters[K]) => void;
  /** Id of the control, for its label. */
  readonly id: string;
  /** Id of the text that explains it. */
  readonly helpId: string;
}

/** One parameter of the table: label, explanation, the control its kind asks for, and what is wrong with it. */
export function ParameterField({ name }: { readonly name: ParameterName }) {
  const spec = PARAMETERS[name];
  const value = useStore((store) => store.parameters[name]);
  const onChange = (next: Parameters[ParameterName]) => useStore.getState().setParameter(name, next);
  const id = useId();
  const helpId = useId();
  return (
    <div data-field className={styles.field} data-wide={spec.kind === 'ids' || spec.kind === 'potential' || undefined}>
      <span className={styles.label}>
        <label htmlFor={id}>{spec.label}</label>
        <Hint about={spec.label} textId={helpId}>
          {spec.help}
        </Hint>
      </span>
      <Control {...{ name, value, onChange, id, helpId }} />
    </div>
  );
}

function Control(props: FieldProps) {
  const { name, value, onChange, id, helpId } = props;
  const spec = PARAMETERS[name];
  if (name === 'labelColumn') return <LabelColumnField {...(props as FieldProps<'labelColumn'>)} />;
  if (name === 'descriptor') return <DescriptorField {...(props as FieldProps<'descriptor'>)} />;
  if (name === 'structureColumn') return <StructureColumnField {...(props as FieldProps<'structureColumn'>)} />;
  switch (spec.kind) {
    case 'choice':
      return (
        <Select
          id={id}
          aria-describedby={helpId}
          value={String(value)}
          options={spec.choices.map((choice) => ({ value: choice, label: choiceWords(choice) }))}
          disabled={spec.choices.length === 1}
          onChange={onChange}
        />
      );
    case 'switch':
      return <Switch id={id} aria-describedby={helpId} checked={value === true} onChange={onChange} />;
    case 'potential':
      return <PotentialChoice {...(props as FieldProps<'potential'>)} />;
    case 'ids':
      return <IdsField {...(props as FieldProps<'given'>)} />;
    default:
      return <TypedField {...props} />;
  }
}
