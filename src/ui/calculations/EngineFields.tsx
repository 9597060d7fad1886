import { FileUp } from 'lucide-react';
import { useId } from 'react';
import type { InputWriter, InputWriterId } from '#engines/input.ts';
import { INPUT_WRITERS } from '#engines/writers.ts';
import { useStore } from '#state/store.ts';
import { FileButton } from '../controls/FileButton.tsx';
import { Select } from '../controls/Select.tsx';
import styles from './Calculations.module.css';
import { SettingField } from './SettingField.tsx';

const ENGINES = [
  {
    group: 'Energies of atoms',
    options: INPUT_WRITERS.filter(({ atomicEnergies }) => atomicEnergies).map(({ id, code }) => ({
      value: id,
      label: code,
    })),
  },
  {
    group: 'Energy of the cell only',
    options: INPUT_WRITERS.filter(({ atomicEnergies }) => !atomicEnergies).map(({ id, code }) => ({
      value: id,
      label: code,
    })),
  },
];

/** Which program, what to know of its energies, and what it is told. */
export function EngineFields({ writer }: { readonly writer: InputWriter }) {
  const { setCalculations } = useStore.getState();
  const probes = useStore((store) => store.probes);
  const accepted = useStore((store) => store.energyDensityCode);
  const id = useId();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it.
    <section className={styles.fields} aria-label="Program and settings" tabIndex={0}>
      <div className={styles.field}>
        <label htmlFor={id}>Program</label>
        <Select
          id={id}
          value={writer.id}
          options={ENGINES}
          onChange={(engine) => setCalculations({ engine: engine as InputWriterId })}
        />
      </div>
      <p className={writer.atomicEnergies ? styles.soft : styles.warning}>{writer.energyNote}</p>
      {!writer.atomicEnergies && (
        <label className={styles.tick}>
          <input
            type="checkbox"
            checked={accepted}
            onChange={({ target }) => setCalculations({ energyDensityCode: target.checked })}
          />
          I have a program that divides the energy among the atoms
        </label>
      )}
      {writer.carries && <PotentialField />}
      {writer.parameters
        .filter(({ key }) => key !== writer.carries)
        .map((parameter) => (
          <SettingField key={`${writer.id} ${parameter.key}`} engine={writer.id} parameter={parameter} />
        ))}
      <label className={styles.tick}>
        <input
          type="checkbox"
          checked={probes}
          onChange={({ target }) => setCalculations({ probes: target.checked })}
        />
        <span>
          Convergence probes
          <small>The first pick again in cells of 8 and 12 Å; never training data.</small>
        </span>
      </label>
      {writer.supplies.length > 0 && (
        <p className={styles.soft}>
          <strong>You bring</strong> {writer.supplies.join(' ')}
        </p>
      )}
    </section>
  );
}

function PotentialField() {
  const potential = useStore((store) => store.potential);
  return (
    <div className={styles.potential}>
      <FileButton
        accept=".fs,.alloy,.setfl,.eam"
        onFile={(file) => useStore.getState().setCalculations({ potential: { name: file.name, blob: file } })}
      >
        <FileUp aria-hidden />
        Potential file…
      </FileButton>
      <span className={styles.soft}>{potential ? potential.name : 'none yet'}</span>
    </div>
  );
}
