// Signatures of a bond graph: the twin of the matching in ../structureType.ts. `bonds`: address of 16 masks of 16 bits,
// the bonds of each neighbour with the others.

/** Structure type codes of chem/structureTypes.ts. */
export const OTHER = 0;
const FCC = 1;
const HCP = 2;
const BCC = 3;
const ICOSAHEDRAL = 4;

/** FCC is 12 x (4,2,1); HCP 6 x (4,2,1) and 6 x (4,2,2); ICO 12 x (5,5,5). */
export function matchTwelve(bonds: usize): i32 {
  let separate = 0;
  let chained = 0;
  let rings = 0;
  for (let k = 0; k < 12; k++) {
    const common = bondsOf(bonds, k);
    const commonCount = popcnt(common);
    if (commonCount === 4 && countTwice(bonds, common) === 4) {
      if (haveMeetingBonds(bonds, common)) chained++;
      else separate++;
    } else if (commonCount === 5 && countTwice(bonds, common) === 10) {
      // Five bonds on five atoms cannot lie in two components.
      rings++;
    } else {
      return OTHER;
    }
  }
  if (separate === 12) return FCC;
  if (rings === 12) return ICOSAHEDRAL;
  return separate === 6 && chained === 6 ? HCP : OTHER;
}

/** BCC is 8 x (6,6,6) and 6 x (4,4,4), whichever neighbours have which. */
export function matchFourteen(bonds: usize): i32 {
  let hexagons = 0;
  let squares = 0;
  for (let k = 0; k < 14; k++) {
    const commonCount = popcnt(bondsOf(bonds, k));
    if (commonCount === 6) hexagons++;
    else if (commonCount === 4) squares++;
  }
  if (hexagons !== 8 || squares !== 6) return OTHER;
  for (let k = 0; k < 14; k++) {
    const common = bondsOf(bonds, k);
    // As many bonds as atoms. Four bonds on four atoms cannot lie in two components; six on six can: two triangles.
    const commonCount = popcnt(common);
    if (countTwice(bonds, common) !== 2 * commonCount) return OTHER;
    if (commonCount === 6 && !areBondsConnected(bonds, common)) return OTHER;
  }
  return BCC;
}

// @ts-ignore: decorator
@inline
function bondsOf(bonds: usize, k: i32): i32 {
  return load<u16>(bonds + (k << 1));
}

/** Bonds among the neighbours in `mask`, seen from both ends. */
// @ts-ignore: decorator
@inline
function countTwice(bonds: usize, mask: i32): i32 {
  let twice = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) twice += popcnt(bondsOf(bonds, ctz(rest)) & mask);
  return twice;
}

/** Does any neighbour in `mask` have two bonds there? */
function haveMeetingBonds(bonds: usize, mask: i32): bool {
  for (let rest = mask; rest !== 0; rest &= rest - 1) {
    if (popcnt(bondsOf(bonds, ctz(rest)) & mask) > 1) return true;
  }
  return false;
}

/** Do all bonds among the neighbours in `mask` lie in one component? */
// @ts-ignore: decorator
@inline
function areBondsConnected(bonds: usize, mask: i32): bool {
  let bonded = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) bonded |= bondsOf(bonds, ctz(rest)) & mask;
  let reached = 0;
  for (let front = bonded & -bonded; front !== 0; ) {
    reached |= front;
    let next = 0;
    for (let rest = front; rest !== 0; rest &= rest - 1) next |= bondsOf(bonds, ctz(rest)) & mask;
    front = next & ~reached;
  }
  return reached === bonded;
}
