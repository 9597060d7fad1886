import { X } from 'lucide-react';
import { STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import type { StageSummaries } from '#pipeline/summaries.ts';
import type { ColumnRegistry } from '#state/columnRegistry.ts';
import { useStore } from '#state/store.ts';
import { IconButton } from '../controls/Button.tsx';
import { useWorkbench } from '../hooks/useWorkbench.ts';
import { InspectButton } from '../inspector/InspectButton.tsx';
import { count, decimal, energy, isShown, NOT_COMPUTED, significant } from '../words/numbers.ts';
import styles from './AtomCard.module.css';

type Line = readonly [label: string, value: string];

/** All that is known of the atom that was clicked. */
export function AtomCard({ row }: { readonly row: number }) {
  const { columns: registry } = useWorkbench();
  // Drawn anew whenever the registry holds something new.
  useStore((store) => store.columns);
  const snapshot = useStore((store) => store.stages.snapshot.summary);
  const select = useStore((store) => store.stages.select.summary);
  const bulkEnergy = useStore((store) => store.stages.energies.summary?.bulkEnergy);
  const id = valueAt(registry, 'atoms.id', row);
  if (id === undefined || !snapshot) return null;
  const lines = [
    ...structureLines(registry, row),
    ['Position', positionWords(registry, row, snapshot)] as const,
    ...energyLines(registry, row, bulkEnergy),
    ['In the set', roleWords(id, select)] as const,
    ...fileLines(registry, row, snapshot.columns),
  ];
  return (
    <section className={styles.card} aria-label={`Atom ${id}`} aria-live="polite">
      <header className={styles.header}>
        <h2>Atom {id}</h2>
        <InspectButton row={row} />
        <IconButton label="Close (Esc)" onClick={() => useStore.getState().setView({ pickedRow: null })}>
          <X aria-hidden />
        </IconButton>
      </header>
      <dl className={styles.lines}>
        {lines.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd data-missing={value === NOT_COMPUTED || undefined}>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function valueAt(registry: ColumnRegistry, name: string, row: number): number | undefined {
  return registry.find(name)?.array[row];
}

function structureLines(registry: ColumnRegistry, row: number): Line[] {
  const type = STRUCTURE_TYPES[valueAt(registry, 'structure.type', row) ?? -1];
  const coordination = valueAt(registry, 'structure.coordination', row);
  return [
    ['Structure', type ? `${type.label}, ${type.name.toLowerCase()}` : NOT_COMPUTED],
    ['Coordination', coordination === undefined ? NOT_COMPUTED : String(coordination)],
  ];
}

/** Å in the coordinates of the file: what is drawn lies about the middle of the cell. */
function positionWords(
  registry: ColumnRegistry,
  row: number,
  { vectors: v, origin }: StageSummaries['snapshot'],
): string {
  const drawn = registry.find('atoms.position')!.array;
  const along = (k: number) => drawn[3 * row + k]! + origin[k]! + 0.5 * (v[k]! + v[3 + k]! + v[6 + k]!);
  return `${[0, 1, 2].map((k) => decimal(along(k), 3)).join(', ')} Å`;
}

function energyLines(registry: ColumnRegistry, row: number, bulkEnergy: number | undefined): Line[] {
  const label = valueAt(registry, 'energies.label', row);
  const predicted = valueAt(registry, 'model.energy', row);
  const sigma = valueAt(registry, 'model.sigma', row);
  const error = valueAt(registry, 'model.error', row);
  const spread = isShown(sigma) ? ` ± ${energy(sigma)}` : '';
  return [
    ['Predicted', isShown(predicted) ? `${energy(predicted)}${spread}` : NOT_COMPUTED],
    ['Reference', isShown(label) ? energy(label) : label === undefined ? NOT_COMPUTED : 'none for this atom'],
    ...(isShown(error) ? [['Error', energy(error)] as const] : []),
    ...(isShown(bulkEnergy) ? [['Relative to', `${decimal(bulkEnergy, 4)} eV (bulk)`] as const] : []),
  ];
}

function roleWords(id: number, select: StageSummaries['select'] | undefined): string {
  if (!select) return NOT_COMPUTED;
  const rank = select.ids.indexOf(id) + 1;
  if (rank > 0) return `training, pick ${count(rank)} of ${count(select.ids.length)}`;
  return select.testIds.includes(id) ? 'test' : 'not chosen';
}

function fileLines(registry: ColumnRegistry, row: number, names: readonly string[]): Line[] {
  return names.map((name) => {
    const value = valueAt(registry, `file.${name}`, row);
    return [name, isShown(value) ? significant(value, 7) : 'none'];
  });
}
