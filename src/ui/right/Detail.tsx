import { useStore } from '#state/store.ts';
import { AtomCard } from '../centre/AtomCard.tsx';
import styles from './Detail.module.css';
import { SetList } from './SetList.tsx';

/** The clicked atom, else the list of the chosen ones: always the same room. */
export function Detail() {
  const row = useStore((store) => store.pickedRow);
  return <div className={styles.detail}>{row === null ? <SetList /> : <AtomCard row={row} />}</div>;
}
