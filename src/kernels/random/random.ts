import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Draws whole numbers, uniformly: `draw(n)` is one of 0 ... n - 1. */
export type Draw = (n: number) => number;

/**
 * A stream of random numbers of its own for every purpose of one seed, so that drawing more test atoms does not change
 * which atoms a random strategy picks. The same seed and purpose give the same numbers everywhere and for ever.
 */
export function seededDraw(seed: number, purpose: string): Draw {
  const generator = xoroshiro128plus((seed ^ fnv1a(purpose)) | 0);
  return (n) => uniformInt(generator, 0, n - 1);
}

/** FNV-1a, 32 bit (Fowler, Noll, Vo): spreads short names over all seeds. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let k = 0; k < text.length; k++) hash = Math.imul(hash ^ text.charCodeAt(k), 0x01000193);
  return hash;
}

/** `count` of `items` (all, where there are fewer), without replacement, in the order drawn. */
export function sample(items: ArrayLike<number>, count: number, draw: Draw): Uint32Array {
  const pool = Uint32Array.from(items);
  const wanted = Math.min(count, pool.length);
  for (let k = 0; k < wanted; k++) {
    const other = k + draw(pool.length - k);
    const item = pool[other]!;
    pool[other] = pool[k]!;
    pool[k] = item;
  }
  return pool.slice(0, wanted);
}
