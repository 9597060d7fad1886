import { IN_PLACE } from '#pipeline/potentials.ts';
import { useStore } from '#state/store.ts';
import { Select } from '../controls/Select.tsx';
import type { FieldProps } from './ParameterField.tsx';

/** One of the snapshot's own columns, that of the potential in force, or none. */
export function LabelColumnField(props: FieldProps<'labelColumn'>) {
  const { potential } = useStore((store) => store.parameters);
  const choose = (next: string | null) => {
    props.onChange(next);
    // Energies come from one source.
    if (next !== null && next !== IN_PLACE) useStore.getState().setParameter('potential', null);
  };
  return <ColumnSelect {...props} others={potential ? [IN_PLACE] : []} onChange={choose} />;
}

/** The snapshot's column with structure types of another program, or none. */
export function StructureColumnField(props: FieldProps<'structureColumn'>) {
  const choose = (next: string | null) => {
    props.onChange(next);
    // What was said of one column says nothing of another.
    useStore.getState().setParameter('structureCodes', 'unsaid');
  };
  return <ColumnSelect {...props} others={[]} onChange={choose} />;
}

interface ColumnSelectProps extends Pick<FieldProps<'labelColumn' | 'structureColumn'>, 'value' | 'id' | 'helpId'> {
  /** Beside those of the file. */
  readonly others: readonly string[];
  readonly onChange: (name: string | null) => void;
}

function ColumnSelect({ value, others, onChange, id, helpId }: ColumnSelectProps) {
  const own = useStore((store) => store.stages.snapshot.summary?.columns);
  const columns = own && [...own, ...others];
  return (
    <Select
      id={id}
      aria-describedby={helpId}
      value={value ?? ''}
      disabled={!columns?.length}
      options={[
        { value: '', label: columns?.length === 0 ? 'The file has none' : 'None' },
        ...(columns ?? []).map((column) => ({ value: column, label: column })),
      ]}
      onChange={(next) => onChange(next === '' ? null : next)}
    />
  );
}
