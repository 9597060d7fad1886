import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** Draws whole numbers, uniformly: `draw(n)` is one of 0 ... n - 1. */
export type Draw = (n: number) => number;

/**
 * A stream of random numbers of its own for every purpose of one seed, so that drawing more test atoms does not change
 * which atoms a random strategy picks. The same seed and purpose give the same numbers everywhere and for ever:
 * xoroshiro128+ (Blackman & Vigna, arXiv:1805.01407), its state filled from the FNV-1a hash of `purpose seed`.
 */
export function seededDraw(seed: number, purpose: string): Draw {
  const generator = xoroshiro128plusFromState(spread(fnv1a(`${purpose} ${seed}`)));
  return (n) => uniformInt(generator, 0, n - 1);
}

/** FNV-1a, 32 bit (Fowler, Noll, Vo). */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let k = 0; k < text.length; k++) hash = Math.imul(hash ^ text.charCodeAt(k), 0x01000193);
  return hash;
}

const GOLDEN_RATIO = 0x9e3779b9;

/**
 * Four well mixed words from one, as SplitMix does it, with the finaliser of MurmurHash3. The generator's first outputs
 * are hardly more than its state: filled with the bare seed, seeds 1 to 20 would draw neighbouring rows.
 */
function spread(hash: number): number[] {
  return [1, 2, 3, 4].map((k) => {
    let word = (hash + Math.imul(k, GOLDEN_RATIO)) | 0;
    word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
    word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
    return word ^ (word >>> 16);
  });
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
