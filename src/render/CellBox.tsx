import { useEffect, useMemo } from 'react';
import { BufferAttribute, BufferGeometry, DoubleSide, GLSL3, RawShaderMaterial } from 'three';
import type { Cell } from '#data/cell.ts';
import { cellEdges } from './geometry.ts';
import type { PictureFrame } from './pictureFrame.ts';
import { LINES_FRAGMENT, LINES_VERTEX } from './shaders/lines.ts';

/** Width of the edges, CSS pixels. */
const LINE_WIDTH = 0.75;

interface CellBoxProps {
  readonly cell: Cell;
  readonly frame: PictureFrame;
  readonly perspective: boolean;
}

/** The edges of the cell as lines as wide as the picture asks for. */
export function CellBox({ cell, frame, perspective }: CellBoxProps) {
  const geometry = useMemo(() => linesBetween(cellEdges(cell)), [cell]);
  const material = useMemo(
    () =>
      new RawShaderMaterial({
        glslVersion: GLSL3,
        vertexShader: LINES_VERTEX,
        fragmentShader: LINES_FRAGMENT,
        defines: perspective ? { PERSPECTIVE: '' } : {},
        uniforms: { ...frame.uniforms, lineWidth: { value: LINE_WIDTH } },
        side: DoubleSide,
      }),
    [frame, perspective],
  );
  useEffect(() => () => geometry.dispose(), [geometry]);
  useEffect(() => () => material.dispose(), [material]);
  return <mesh geometry={geometry} material={material} renderOrder={2} frustumCulled={false} />;
}

/** @param ends [2 n, 3] of n lines. @returns Two triangles a line: at each end a vertex on either side. */
function linesBetween(ends: Float32Array): BufferGeometry {
  const lines = ends.length / 6;
  const position = new Float32Array(12 * lines);
  const other = new Float32Array(12 * lines);
  const place = new Float32Array(8 * lines);
  const index: number[] = [];
  for (let line = 0; line < lines; line++) {
    for (let vertex = 0; vertex < 4; vertex++) {
      const end = vertex >> 1;
      const at = 6 * line + 3 * end;
      const away = 6 * line + 3 * (1 - end);
      position.set(ends.subarray(at, at + 3), 12 * line + 3 * vertex);
      other.set(ends.subarray(away, away + 3), 12 * line + 3 * vertex);
      place.set([end, vertex & 1 ? 1 : -1], 8 * line + 2 * vertex);
    }
    index.push(...[0, 1, 2, 2, 1, 3].map((vertex) => 4 * line + vertex));
  }
  return new BufferGeometry()
    .setAttribute('position', new BufferAttribute(position, 3))
    .setAttribute('other', new BufferAttribute(other, 3))
    .setAttribute('place', new BufferAttribute(place, 2))
    .setIndex(index);
}
