import { IN_PLACE } from '#pipeline/potentials.ts';
import { useStore } from '#state/store.ts';
import { Select } from '../controls/Select.tsx';
import type { FieldProps } from './ParameterField.tsx';

/** One of the snapshot's own columns, that of the potential in force, or none. */
export function ColumnField({ value, onChange, id, helpId }: FieldProps<'labelColumn'>) {
  const own = useStore((store) => store.stages.snapshot.summary?.columns);
  const { potential } = useStore((store) => store.parameters);
  const columns = own && potential ? [...own, IN_PLACE] : own;
  const choose = (next: string) => {
    onChange(next === '' ? null : next);
    // Energies come from one source.
    if (next !== '' && next !== IN_PLACE) useStore.getState().setParameter('potential', null);
  };
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
      onChange={choose}
    />
  );
}
