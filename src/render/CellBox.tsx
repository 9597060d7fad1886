import { useEffect, useMemo } from 'react';
import { BufferAttribute, BufferGeometry } from 'three';
import type { Cell } from '#data/cell.ts';
import { cellEdges } from './geometry.ts';

/** The edges of the cell as thin lines. */
export function CellBox({ cell, colour }: { cell: Cell; colour: string }) {
  const geometry = useMemo(
    () => new BufferGeometry().setAttribute('position', new BufferAttribute(cellEdges(cell), 3)),
    [cell],
  );
  useEffect(() => () => geometry.dispose(), [geometry]);
  return (
    <lineSegments geometry={geometry} renderOrder={2} frustumCulled={false}>
      <lineBasicMaterial color={colour} toneMapped={false} />
    </lineSegments>
  );
}
