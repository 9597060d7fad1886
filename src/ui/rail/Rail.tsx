import { STAGES } from '#pipeline/stages.ts';
import { Intro } from './Intro.tsx';
import { Notice } from './Notice.tsx';
import styles from './Rail.module.css';
import { Step } from './Step.tsx';

/** The whole method at a glance; one step is open at a time. */
export function Rail() {
  return (
    <nav className={styles.rail} aria-label="Steps of the method">
      <Intro />
      <Notice />
      <ol className={styles.steps}>
        {STAGES.map(({ name }, index) => (
          <Step key={name} stage={name} number={index + 1} />
        ))}
      </ol>
    </nav>
  );
}
