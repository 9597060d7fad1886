import { X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { structureColour } from '#colours/byStructure.ts';
import type { ColumnRegistry } from '#state/columnRegistry.ts';
import { useStore } from '#state/store.ts';
import { IconButton } from '../controls/Button.tsx';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { count, decimal, energy, isShown, plural, significant } from '../words/numbers.ts';
import { Clusters } from './Clusters.tsx';
import type { Cluster } from './drawClusters.ts';
import styles from './Inspector.module.css';
import type { Inspection } from './inspection.ts';
import { NeighbourTable } from './NeighbourTable.tsx';
import { useInspection } from './useInspection.ts';

/** Room about the outermost atoms, Å. */
const MARGIN = 1;

/** One atom's surroundings beside those of the training atoms that it is known by: why it is uncertain, or is not. */
export function Inspector({ row, onClose }: { readonly row: number; readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { columns: registry } = useWorkbench();
  const { found, cutoff } = useInspection(row);
  const [withDistances, setWithDistances] = useState(true);
  const clusters = useClusters(found, registry);
  useEffect(() => dialog.current?.showModal(), []);
  // Arrow keys turn the atoms at once; and a key pressed with the focus nowhere would reach the page behind.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was focused may be gone with the atom before.
  useEffect(() => {
    const { activeElement } = document;
    if (activeElement?.getAttribute('role') !== 'application' && !activeElement?.closest('table'))
      dialog.current?.querySelector<HTMLElement>('[role=application]')?.focus();
  }, [found]);
  const shown = found?.surroundings.row ?? row;
  const id = registry.find('atoms.id')?.array[shown];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes it by itself; a click beside it is one way more.
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby="inspector-title"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
    >
      <div className={styles.head}>
        <h2 id="inspector-title">Surroundings of atom {id}</h2>
        <span className={styles.soft}>
          neighbours within {cutoff} Å, the cutoff of the descriptor
          {found && `: ${count(found.surroundings.rows.length)}`}
        </span>
        <label>
          <input type="checkbox" checked={withDistances} onChange={({ target }) => setWithDistances(target.checked)} />
          Distances in the pictures
        </label>
        <IconButton label="Close (Esc)" onClick={() => dialog.current?.close()}>
          <X aria-hidden />
        </IconButton>
      </div>
      <div className={styles.pictures}>
        <Clusters
          clusters={clusters}
          reach={cutoff + MARGIN}
          withDistances={withDistances}
          label={`Atom ${id} and ${plural(found?.compared.length ?? 0, 'training atom')} with their neighbours`}
        />
        <div className={styles.captions} style={{ gridTemplateColumns: `repeat(${clusters.length}, minmax(0, 1fr))` }}>
          <Caption row={shown} title="This atom" />
          {found?.compared.map(({ row: other, distance, alignment, surroundings }) => (
            <Caption
              key={other}
              row={other}
              title="Training atom"
              more={[
                `descriptor distance ${significant(distance, 3)}`,
                `${plural(surroundings.rows.length, 'neighbour')}; turned onto this atom${alignment.mirrored ? ', mirrored' : ''}, RMSD ${decimal(alignment.rmsd, 3)} Å`,
              ]}
            />
          ))}
        </div>
      </div>
      <p className={styles.why}>{found ? whyWords(found, registry) : 'Looking for the neighbours…'}</p>
      {found && <NeighbourTable found={found} registry={registry} />}
    </dialog>
  );
}

function Caption({ row, title, more = [] }: { row: number; title: string; more?: readonly string[] }) {
  const { columns: registry } = useWorkbench();
  const at = (name: string) => registry.find(name)?.array[row];
  const type = STRUCTURE_TYPES[at('structure.type') ?? -1];
  const [predicted, sigma, label] = [at('model.energy'), at('model.sigma'), at('energies.label')];
  return (
    <div className={styles.caption}>
      <strong>
        {title} {at('atoms.id')}
        {type && `, ${type.label}`}
      </strong>
      {more.map((line) => (
        <span key={line}>{line}</span>
      ))}
      <span>
        {isShown(predicted)
          ? `predicted ${energy(predicted)}${isShown(sigma) ? ` ± ${energy(sigma)}` : ''}`
          : 'no predicted energy yet'}
      </span>
      {isShown(label) && <span>reference {energy(label)}</span>}
    </div>
  );
}

/** In words what the pictures show: how far the atom lies from what the model was trained on. */
function whyWords(
  { surroundings, compared, usual, training, isTraining }: Inspection,
  registry: ColumnRegistry,
): string {
  const [nearest] = compared;
  if (!registry.find('pool.scores') || training === 0) {
    return 'Select atoms to see the training atoms that this one is known by.';
  }
  if (!nearest) return 'This is the only training atom.';
  const sigma = registry.find('model.sigma')?.array[surroundings.row];
  const between = Number.isNaN(usual)
    ? ''
    : `; training atoms lie ${significant(usual, 3)} from their nearest other one (median of ${count(training)})`;
  const uncertainty = isShown(sigma) ? ` Uncertainty of its energy: ${energy(sigma)}.` : '';
  const itself = isTraining ? 'It is a training atom itself. ' : '';
  const nearestWords = isTraining ? 'nearest other training atom' : 'nearest training atom';
  return `${itself}In descriptor space (PCA scores of the pool) the ${nearestWords} lies ${significant(nearest.distance, 3)} away${between}.${uncertainty}`;
}

function useClusters(found: Inspection | null, registry: ColumnRegistry): readonly Cluster[] {
  const palette = useStore((store) => store.palette);
  const theme = useStore((store) => store.theme);
  return useMemo(() => {
    const types = registry.find('structure.type')?.array;
    const colour = (row: number) => structureColour(palette, theme, types?.[row] ?? 0);
    if (!found) return [EMPTY];
    const { surroundings, compared } = found;
    const words = (distances: Float64Array) => Array.from(distances, (distance) => decimal(distance, 2));
    return [
      {
        offset: surroundings.offset,
        colours: Array.from(surroundings.rows, colour),
        centreColour: colour(surroundings.row),
        labels: Array.from(surroundings.rows, (_, k) => String(k + 1)),
        distances: words(surroundings.distance),
      },
      ...compared.map(({ surroundings: other, alignment }) => ({
        offset: alignment.turned,
        colours: Array.from(other.rows, colour),
        centreColour: colour(other.row),
        // The number of the neighbour that each lies on.
        labels: Array.from(alignment.partner, (partner) => (partner < 0 ? '–' : String(partner + 1))),
        distances: words(other.distance),
      })),
    ];
  }, [found, registry, palette, theme]);
}

const EMPTY: Cluster = { offset: new Float64Array(0), colours: [], centreColour: '#888888', labels: [], distances: [] };
