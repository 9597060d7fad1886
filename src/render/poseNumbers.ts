import { Quaternion, Vector3 } from 'three';
import type { LinkedCamera } from '#state/viewLink.ts';
import type { Pose } from './pose.ts';

/** A pose as plain numbers: Å about the cell centre, and a unit quaternion. */
export function numbersOf({ target, orientation, height }: Pose): LinkedCamera {
  return { target: target.toArray(), orientation: orientation.toArray(), height };
}

export function poseOf({ target, orientation, height }: LinkedCamera): Pose {
  return { target: new Vector3(...target), orientation: new Quaternion(...orientation).normalize(), height };
}
