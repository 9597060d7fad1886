import { useCallback } from 'react';
import { type CellInspection, type JobInspection, LARGEST_DESCRIPTOR_CHANGE } from '#campaign/inspectCell.ts';
import type { Rotation } from '#kernels/align/rotation.ts';
import { DARK_SCENE, LIGHT_SCENE } from '#render/scene.ts';
import { useStore } from '#state/store.ts';
import { TurnedCanvas } from '../inspector/TurnedCanvas.tsx';
import { decimal, percent, plural, significant } from '../words/numbers.ts';
import { withoutFlags } from '../words/sentences.ts';
import styles from './Calculations.module.css';
import { DroppedTable } from './DroppedTable.tsx';
import { drawCell } from './drawCell.ts';

/** One cell: its atoms, its seam, who was dropped and why, and whether its centre still is what it was. */
export function CellPane({ job }: { readonly job: JobInspection }) {
  const theme = useStore((store) => (store.theme === 'dark' ? DARK_SCENE : LIGHT_SCENE));
  const draw = useCallback(
    (context: CanvasRenderingContext2D, view: Rotation, width: number, height: number) =>
      drawCell(context, job, view, width, height, theme),
    [job, theme],
  );
  const { cell, id } = job;
  return (
    <>
      {cell?.warnings.map(({ message }) => (
        <p key={message} role="alert" className={styles.warning}>
          {withoutFlags(message)}
        </p>
      ))}
      <div className={styles.cell}>
        <TurnedCanvas label={cell ? `Cell of atom ${id}` : 'Bulk cell'} draw={draw} />
        {cell ? <SeamWords job={job} cell={cell} /> : <BulkWords job={job} />}
      </div>
      {cell && <DroppedTable cell={cell} />}
    </>
  );
}

function BulkWords({ job }: { readonly job: JobInspection }) {
  return (
    <p className={styles.soft}>
      {plural(job.structure.species.length, 'atom')} of perfect crystal, 3 × 3 × 3 cells of bcc with an edge of{' '}
      {decimal(job.structure.cell.vectors[0], 3)} Å. It has no seam; its energy is subtracted from all others.
    </p>
  );
}

function SeamWords({ job, cell }: { readonly job: JobInspection; readonly cell: CellInspection }) {
  const rows: [string, string][] = [
    ['Edge', `${decimal(cell.edge, 1)} Å`],
    ['Atoms', `${job.structure.species.length} of ${cell.cutCount} in the cube`],
    ['Dropped', `${cell.dropped.length}, nearer than ${decimal(cell.minDistance, 2)} Å ${SEAM_WORDS[cell.seam]}`],
    ['Shortest distance across the seam', `${decimal(cell.shortestSeamDistance, 3)} Å`],
    ['Descriptor of the centre', changeWords(cell.descriptorChange)],
  ];
  return (
    <div>
      <dl className={styles.facts}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.soft}>
        Full discs are in the cell, rings were dropped, the outlined one is the centre. A change of the descriptor above{' '}
        {percent(LARGEST_DESCRIPTOR_CHANGE, 0)} is warned of. It sees as far as its cutoff; beyond it a cell of 10 Å
        changed the energy of the centre by 5 meV (RMSE, EAM), one of 12 Å by 0.002 meV.
      </p>
    </div>
  );
}

const SEAM_WORDS = { 'new-pairs': 'through the new periodicity', 'all-pairs': 'to another atom' } as const;

/** Rounding leaves 1e-15. */
const NOTHING = 1e-9;

function changeWords(change: number): string {
  return change < NOTHING ? 'as in the snapshot' : `${significant(100 * change, 2)} % from that in the snapshot`;
}
