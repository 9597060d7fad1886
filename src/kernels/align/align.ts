import { assign } from './assignment.ts';
import { fitRotation, IDENTITY, type Rotation, rotate, turnPair } from './rotation.ts';

/** How one environment lies on another. */
export interface Alignment {
  /** Turns the one (after the mirror, where there is one) onto the other. */
  readonly rotation: Rotation;
  /** True where its mirror image (through the centre) fits much better: SOAP does not tell the two apart. */
  readonly mirrored: boolean;
  /** [n, 3] the neighbours of the one, turned, Å. */
  readonly turned: Float64Array;
  /** [n] index of the neighbour of the other that each lies on; -1 where the other has too few. */
  readonly partner: Int32Array;
  /** Root of the mean squared distance between partners, Å; 0 where there are none. */
  readonly rmsd: number;
}

/** So many nearest neighbours choose the rotation: the shells that matter, and no more pairs than a moment can try. */
const GUIDES = 20;
/** So many are then fitted: a cutoff of 4 Å has 15, one of 10 Å would hold the page up. All of them get a partner. */
const FITTED = 100;
/** Neighbours of the target from which the planes are taken that the others are turned into. */
const ANCHORS = 3;
/** Coarse guesses that are refined. */
const KEPT = 12;
const REFINEMENTS = 20;
/** A mirror image is preferred where it leaves less than this part of the deviation: two liquids fit either way. */
const MIRROR_PART = 0.7;
/** Nothing has to fit better than this, Å. */
const FITS = 1e-3;

/**
 * The rotation about the centre that brings the neighbours `from` nearest to the neighbours `to`. Which neighbour goes
 * with which is not known before: every pair of nearest neighbours of the one is tried on pairs of the other; the best
 * guesses are refined by turns of optimal assignment (Hungarian, on squared distances) and least-squares rotation
 * (Kabsch) until the partners stay the same. For a turned, renumbered copy that is exact.
 * @param from,to [n, 3] and [m, 3] Å about the central atom.
 */
export function align(from: Float64Array, to: Float64Array): Alignment {
  const plain = alignProper(from, to);
  if (plain.rmsd < FITS) return plain;
  const mirrored = alignProper(
    from.map((x) => -x),
    to,
  );
  return mirrored.rmsd < MIRROR_PART * plain.rmsd ? { ...mirrored, mirrored: true } : plain;
}

function alignProper(from: Float64Array, to: Float64Array): Alignment {
  const fromGuides = nearestFew(from, GUIDES);
  const toGuides = nearestFew(to, GUIDES);
  let best: { readonly rotation: Rotation; readonly cost: number } | null = null;
  for (const guess of guesses(fromGuides, toGuides)) {
    const refined = refine(guess, fromGuides, toGuides);
    if (!best || refined.cost < best.cost) best = refined;
  }
  const { rotation } = refine(best?.rotation ?? IDENTITY, nearestFew(from, FITTED), nearestFew(to, FITTED));
  const turned = rotate(rotation, from);
  const partner = partnersOf(turned, to);
  const matched = partner.reduce((n, other) => n + (other >= 0 ? 1 : 0), 0);
  const rmsd = matched > 0 ? Math.sqrt(costOf(turned, to, partner) / matched) : 0;
  return { rotation, mirrored: false, turned, partner, rmsd };
}

/** The nearest of the neighbours, nearest first. */
function nearestFew(points: Float64Array, wanted: number): Float64Array {
  const rows = Array.from({ length: points.length / 3 }, (_, k) => points.subarray(3 * k, 3 * k + 3));
  rows.sort((one, other) => Math.hypot(...one) - Math.hypot(...other));
  return Float64Array.from(rows.slice(0, wanted).flatMap((row) => [...row]));
}

/** Rotations that lay two neighbours of the one onto two of the other, those first that leave the least between all. */
function guesses(from: Float64Array, to: Float64Array): Rotation[] {
  const n = from.length / 3;
  const m = to.length / 3;
  const found: { rotation: Rotation; cost: number }[] = [];
  for (let c = 0; c < Math.min(ANCHORS, m); c++) {
    for (let d = 0; d < m; d++) {
      if (d === c) continue;
      // One plane to each anchor is enough: another neighbour of the anchor's is tried on it anyway.
      let tried = false;
      for (let a = 0; a < n; a++) {
        for (let b = 0; b < n; b++) {
          const rotation = a === b ? null : turnPair(from, a, b, to, c, d);
          if (!rotation) continue;
          tried = true;
          found.push({ rotation, cost: coarseCost(rotate(rotation, from), to) });
        }
      }
      if (tried) break;
    }
  }
  found.sort((one, other) => one.cost - other.cost);
  return found.slice(0, KEPT).map(({ rotation }) => rotation);
}

/** Sum of the squared distances to whatever is nearest, both ways, Å^2: cheap, and small only where all lies well. */
function coarseCost(turned: Float64Array, to: Float64Array): number {
  const nearest = new Float64Array(to.length / 3).fill(Number.POSITIVE_INFINITY);
  let sum = 0;
  for (let a = 0; a < turned.length; a += 3) {
    let least = Number.POSITIVE_INFINITY;
    for (let b = 0; b < to.length; b += 3) {
      const distance2 =
        (turned[a]! - to[b]!) ** 2 + (turned[a + 1]! - to[b + 1]!) ** 2 + (turned[a + 2]! - to[b + 2]!) ** 2;
      if (distance2 < least) least = distance2;
      if (distance2 < nearest[b / 3]!) nearest[b / 3] = distance2;
    }
    sum += least;
  }
  return sum + nearest.reduce((total, distance2) => total + distance2, 0);
}

/** Assign, rotate, and again, until the partners stay the same: the cost never rises on the way. */
function refine(
  guess: Rotation,
  from: Float64Array,
  to: Float64Array,
): { readonly rotation: Rotation; readonly cost: number } {
  let rotation = guess;
  let partner = partnersOf(rotate(rotation, from), to);
  for (let step = 0; step < REFINEMENTS; step++) {
    const pairs: number[] = [];
    partner.forEach((other, own) => {
      if (other >= 0) pairs.push(own, other);
    });
    if (pairs.length === 0) break;
    rotation = fitRotation(from, to, pairs);
    const next = partnersOf(rotate(rotation, from), to);
    const same = next.every((other, own) => other === partner[own]);
    partner = next;
    if (same) break;
  }
  return { rotation, cost: costOf(rotate(rotation, from), to, partner) };
}

/** The optimal partners; where one side has more, the ones left over have none. */
function partnersOf(turned: Float64Array, to: Float64Array): Int32Array {
  const n = turned.length / 3;
  const m = to.length / 3;
  const [few, many] = n <= m ? [turned, to] : [to, turned];
  const [rows, columns] = [Math.min(n, m), Math.max(n, m)];
  const cost = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) cost[row * columns + column] = squared(few, row, many, column);
  }
  const columnOf = assign(cost, rows, columns);
  if (n <= m) return columnOf;
  const partner = new Int32Array(n).fill(-1);
  columnOf.forEach((own, other) => {
    partner[own] = other;
  });
  return partner;
}

function costOf(turned: Float64Array, to: Float64Array, partner: Int32Array): number {
  return partner.reduce((sum, other, own) => sum + (other < 0 ? 0 : squared(turned, own, to, other)), 0);
}

function squared(a: Float64Array, i: number, b: Float64Array, j: number): number {
  return (a[3 * i]! - b[3 * j]!) ** 2 + (a[3 * i + 1]! - b[3 * j + 1]!) ** 2 + (a[3 * i + 2]! - b[3 * j + 2]!) ** 2;
}
