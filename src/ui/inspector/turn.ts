import type { Rotation } from '#kernels/align/rotation.ts';

/** A view turned further under the hand: about the vertical of the screen by `right`, about its horizontal by `down`, degrees. */
export function turned(view: Rotation, right: number, down: number): Rotation {
  const [a, b] = [(right * Math.PI) / 180, (down * Math.PI) / 180];
  const [ca, sa, cb, sb] = [Math.cos(a), Math.sin(a), Math.cos(b), Math.sin(b)];
  // Right brings the left side to the front; down brings the upper side to the front.
  const step = Float64Array.of(ca, 0, sa, sb * sa, cb, -sb * ca, -cb * sa, sb, cb * ca);
  const out = new Float64Array(9);
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 3; j++) for (let k = 0; k < 3; k++) out[3 * i + j]! += step[3 * i + k]! * view[3 * k + j]!;
  return out;
}
