import { useId } from 'react';
import { methodsParagraph } from '#figures/methods.ts';
import { useStore } from '#state/store.ts';
import styles from './FigureDialog.module.css';

/** What was done, in words for a paper. */
export function MethodsParagraph() {
  const stages = useStore((store) => store.stages);
  const parameters = useStore((store) => store.parameters);
  const id = useId();
  const found = Object.fromEntries(Object.entries(stages).map(([name, { summary }]) => [name, summary]));
  return (
    <details className={styles.methods}>
      <summary>Methods paragraph</summary>
      <label htmlFor={id}>With the parameters and numbers of this run, to be pasted and edited:</label>
      <textarea id={id} readOnly rows={8} value={methodsParagraph({ ...found, parameters })} />
    </details>
  );
}
