import { OrthographicCamera, PerspectiveCamera } from 'three';
import { makePolygon } from '#data/polygon.ts';
import { isShown } from './depthOrder.ts';
import type { CameraRig } from './rig.ts';
import type { AtomsScene } from './scene.ts';

/** Where points of the model lie in the view. */
export interface Projection {
  /** [16] by columns: takes (x, y, z, 1), Å about the cell centre, to clip coordinates. */
  readonly matrix: Float64Array;
  /** Of the view, CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** The view as it now is. */
export function projectionOf(rig: CameraRig, perspective: boolean): Projection {
  const camera = perspective ? new PerspectiveCamera() : new OrthographicCamera();
  rig.place(camera);
  camera.updateMatrixWorld(true);
  const matrix = camera.projectionMatrix.clone().multiply(camera.matrixWorldInverse);
  return { matrix: Float64Array.from(matrix.elements), width: rig.size.width, height: rig.size.height };
}

/** Whether the centre of an atom is projected into an outline: corners in CSS pixels from the upper left, x and y by turns. */
export function insideOutline(
  positions: Float32Array,
  { matrix: m, width, height }: Projection,
  outline: readonly number[],
): (row: number) => boolean {
  const { contains } = makePolygon(outline);
  return (row) => {
    const x = positions[3 * row]!;
    const y = positions[3 * row + 1]!;
    const z = positions[3 * row + 2]!;
    const w = m[3]! * x + m[7]! * y + m[11]! * z + m[15]!;
    // Behind the eye a point is mirrored into the view.
    if (w <= 0) return false;
    const right = (m[0]! * x + m[4]! * y + m[8]! * z + m[12]!) / w;
    const up = (m[1]! * x + m[5]! * y + m[9]! * z + m[13]!) / w;
    return contains(((1 + right) / 2) * width, ((1 - up) / 2) * height);
  };
}

/** Whether an atom is in the picture: those with rings are, whatever their type. */
export function visibleIn(scene: AtomsScene): (row: number) => boolean {
  const positions = scene.positions.array;
  const marked = new Set(scene.marked);
  const filter = { ...scene, reach: scene.radius };
  const ofAnyType = { ...filter, types: null };
  return (row) => isShown(row, positions, filter) || (marked.has(row) && isShown(row, positions, ofAnyType));
}

/** Whether an atom lies in the part that is cut out, whatever else hides it; null where there is none. */
export function inSlice(scene: AtomsScene): ((row: number) => boolean) | null {
  if (scene.clips.length === 0) return null;
  const filter = { types: null, visibleTypes: scene.visibleTypes, clips: scene.clips, flags: null };
  return (row) => isShown(row, scene.positions.array, filter);
}
