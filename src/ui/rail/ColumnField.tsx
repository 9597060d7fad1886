import { useStore } from '#state/store.ts';
import { Select } from '../controls/Select.tsx';
import type { FieldProps } from './ParameterField.tsx';

/** One of the snapshot's own columns, or none. */
export function ColumnField({ value, onChange, id, helpId }: FieldProps<'labelColumn'>) {
  const columns = useStore((store) => store.stages.snapshot.summary?.columns);
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
