import { IN_PLACE } from '#pipeline/potentials.ts';
import { fetchShippedPotential } from '#state/actions/runPotential.ts';
import { useStore } from '#state/store.ts';
import { Button } from '../controls/Button.tsx';
import { FileButton } from '../controls/FileButton.tsx';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { POTENTIAL_FILES } from '../words/files.ts';
import type { FieldProps } from './ParameterField.tsx';
import styles from './PotentialChoice.module.css';

/** Have a classical potential compute the cells, in place of a calculation elsewhere: one runs at once when chosen. */
export function PotentialChoice({ value, onChange, helpId }: FieldProps<'potential'>) {
  const workbench = useWorkbench();
  const ready = useStore((store) => store.stages.snapshot.fingerprint !== undefined && store.job === null);
  const inPlace = useStore((store) => store.columns[IN_PLACE] !== undefined);
  const labelColumn = useStore((store) => store.parameters.labelColumn);

  const runShipped = async () => {
    const input = await fetchShippedPotential();
    if (input) await workbench.runPotential(input);
  };
  const clear = () => {
    onChange(null);
    if (labelColumn === IN_PLACE) useStore.getState().setParameter('labelColumn', null);
  };
  const showInPlace = async () => {
    if (inPlace || (await workbench.energiesInPlace())) useStore.getState().setView({ colourBy: IN_PLACE });
  };

  return (
    <fieldset className={styles.choice} aria-label="Classical potential" aria-describedby={helpId}>
      <div className={styles.buttons}>
        <Button disabled={!ready} title="Published in 1984; comes with the page" onClick={() => void runShipped()}>
          Run with iron (Finnis–Sinclair)
        </Button>
        <FileButton
          accept={POTENTIAL_FILES}
          disabled={!ready}
          title="An embedded-atom potential: setfl (eam.alloy) or eam.fs"
          onFile={(file) => void workbench.runPotential({ name: file.name, blob: file })}
        >
          Run with a file…
        </FileButton>
      </div>
      <p className={styles.quiet}>
        A classical potential computes the cells here, within seconds. It is no DFT: use it to try the loop and to check
        the cells.
      </p>
      {value && (
        <>
          <p className={styles.name}>
            In force: <strong>{value.name}</strong>
          </p>
          <div className={styles.buttons}>
            <Button look="plain" disabled={!ready} onClick={() => void showInPlace()}>
              {inPlace ? 'Colour by energy in place' : 'Energy of every atom in place'}
            </Button>
            <Button look="plain" onClick={clear}>
              Do without
            </Button>
          </div>
        </>
      )}
    </fieldset>
  );
}
