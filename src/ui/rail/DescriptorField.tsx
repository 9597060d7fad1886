import { DESCRIPTORS, FROM_FILE } from '#descriptors/index.ts';
import { useStore } from '#state/store.ts';
import { FileButton } from '../controls/FileButton.tsx';
import { Select } from '../controls/Select.tsx';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { choiceWords } from '../words/choices.ts';
import { MATRIX_FILES } from '../words/files.ts';
import styles from './DescriptorField.module.css';
import type { FieldProps } from './ParameterField.tsx';

/** What is computed here, or a matrix that another program computed: that is read at once when it is chosen. */
export function DescriptorField({ value, onChange, id, helpId }: FieldProps<'descriptor'>) {
  const workbench = useWorkbench();
  const ready = useStore((store) => store.stages.snapshot.fingerprint !== undefined && store.job === null);
  const names = [...Object.keys(DESCRIPTORS), ...(value === FROM_FILE ? [FROM_FILE] : [])];
  return (
    <div className={styles.choice}>
      <Select
        id={id}
        aria-describedby={helpId}
        value={value}
        disabled={names.length === 1}
        options={names.map((name) => ({ value: name, label: choiceWords(name) }))}
        onChange={onChange}
      />
      <FileButton
        accept={MATRIX_FILES}
        disabled={!ready}
        title="Descriptors of another program: a NumPy matrix (.npy, .npz), one row an atom"
        onFile={(file) => void workbench.describeFrom({ name: file.name, blob: file })}
      >
        Read a matrix…
      </FileButton>
    </div>
  );
}
