import { useState } from 'react';
import type { InputFile } from '#engines/input.ts';
import { Select } from '../controls/Select.tsx';
import styles from './Calculations.module.css';

/** What the package would hold for one cell. */
export function FilesPane({ files }: { readonly files: readonly InputFile[] | null }) {
  const [chosen, setChosen] = useState('');
  if (!files) return <p className={styles.soft}>There is nothing to show until the settings can stand.</p>;
  const file = files.find(({ path }) => path === chosen) ?? files[0]!;
  return (
    <>
      <Select
        aria-label="File"
        value={file.path}
        options={files.map(({ path }) => ({ value: path, label: path }))}
        onChange={setChosen}
      />
      <textarea className={styles.text} readOnly aria-label={`Text of ${file.path}`} value={file.text} />
    </>
  );
}
