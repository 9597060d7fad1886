import { useStore } from '#state/store.ts';
import { count, plural } from '../words/numbers.ts';
import styles from './Step.module.css';

/** Enough to recognise what did not come back, few enough to read. */
const SHOWN = 12;

/** Which chosen or test atoms have no energy yet. */
export function MissingEnergies() {
  const missing = useStore((store) => store.stages.energies.summary?.missing);
  if (!missing?.length) return null;
  const more = missing.length - SHOWN;
  return (
    <p className={styles.quiet}>
      {plural(missing.length, 'atom')} without an energy: {missing.slice(0, SHOWN).join(', ')}
      {more > 0 && ` and ${count(more)} more`}.
    </p>
  );
}
