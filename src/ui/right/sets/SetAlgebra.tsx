import { useState } from 'react';
import { type Operation, SIGNS } from '#state/actions/setActions.ts';
import { SELECTION } from '#state/slices/sets.ts';
import { useStore } from '#state/store.ts';
import { Button } from '../../controls/Button.tsx';
import { Select } from '../../controls/Select.tsx';
import { useWorkbench } from '../../hooks/useWorkbench.ts';
import styles from './Sets.module.css';

const OPERATIONS: readonly { readonly value: Operation; readonly label: string }[] = [
  { value: 'union', label: `${SIGNS.union} or` },
  { value: 'intersection', label: `${SIGNS.intersection} and` },
  { value: 'difference', label: `${SIGNS.difference} without` },
];

/** Makes a set of two: union, intersection, difference. */
export function SetAlgebra() {
  const { sets: actions } = useWorkbench();
  const sets = useStore((store) => store.sets);
  const selected = useStore((store) => store.current.count > 0);
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [operation, setOperation] = useState<Operation>('union');
  const options = [
    ...sets.map(({ id, name }) => ({ value: id, label: name })),
    ...(selected ? [{ value: SELECTION, label: 'Selection' }] : []),
  ];
  if (options.length < 2) return null;
  const known = (id: string, otherwise: number) =>
    options.some(({ value }) => value === id) ? id : options[otherwise]!.value;
  const a = known(first, 0);
  const b = known(second, 1);
  return (
    <fieldset aria-label="Combine two sets" className={styles.form}>
      <Select aria-label="First set" className={styles.column ?? ''} value={a} options={options} onChange={setFirst} />
      <Select
        aria-label="Operation"
        className={styles.operation ?? ''}
        value={operation}
        options={OPERATIONS}
        onChange={(value) => setOperation(value as Operation)}
      />
      <Select
        aria-label="Second set"
        className={styles.column ?? ''}
        value={b}
        options={options}
        onChange={setSecond}
      />
      <Button className={styles.small ?? ''} disabled={a === b} onClick={() => void actions.combine(a, b, operation)}>
        Make set
      </Button>
    </fieldset>
  );
}
