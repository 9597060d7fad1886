import { DESCRIPTORS, FROM_FILE } from '#descriptors/index.ts';
import { Select } from '../controls/Select.tsx';
import { choiceWords } from '../words/choices.ts';
import type { FieldProps } from './ParameterField.tsx';

/** What is computed here; a matrix of another program is named only while one is in force. */
export function DescriptorField({ value, onChange, id, helpId }: FieldProps<'descriptor'>) {
  const names = [...Object.keys(DESCRIPTORS), ...(value === FROM_FILE ? [FROM_FILE] : [])];
  return (
    <Select
      id={id}
      aria-describedby={helpId}
      value={value}
      disabled={names.length === 1}
      options={names.map((name) => ({ value: name, label: choiceWords(name) }))}
      onChange={onChange}
    />
  );
}
