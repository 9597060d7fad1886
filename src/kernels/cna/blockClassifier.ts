import { BlockNeighbours } from '../cellList/blockNeighbours.ts';
import type { CellList } from '../cellList/cellList.ts';
import { likelyRadius } from '../cellList/neighbours.ts';
import { canRun, KernelMemory } from '../wasm/kernelMemory.ts';
import bytes from './assembly/classify.ts?wasm-bytes';
import { AtomClassifier, type Classification, hasExactTwin, SAME_SPOT } from './classify.ts';
import { SHELL_NEIGHBOURS } from './coordination.ts';

interface Exports {
  classify(
    start: number,
    dx: number,
    dy: number,
    dz: number,
    distance2: number,
    atoms: number,
    radius: number,
    most: number,
    scratch: number,
    structureType: number,
    coordination: number,
    latticeConstant: number,
    nearest2: number,
  ): void;
}

/** Atoms of a block: their neighbours fit a second-level cache. */
const ATOMS = 256;
/** The kernel compares each neighbour with each: an atom that has more than this is the reference's. */
const MOST_NEIGHBOURS = 128;
/** What the kernel's scratch holds, bytes: KEYS of assembly/classify.ts, then a number for each neighbour and two. */
const SCRATCH_BYTES = 576 + 8 * (MOST_NEIGHBOURS + 2);
/** The kernel's mark of an atom whose surroundings are too thin or too crowded for it. */
const UNDECIDED = 255;

/** Classifies blocks of atoms. One a thread: it has scratch arrays. */
export interface BlockClassifier {
  /**
   * Classify the atoms at places [from, to) of the cell list.
   * @returns how many of them lie on the spot of another atom.
   */
  classify(from: number, to: number, out: Classification): number;
}

/**
 * The twin of `AtomClassifier`, with the same results bit for bit: by WebAssembly where there is SIMD, except the few
 * atoms for which the common search radius is too short; these, and all where there is no SIMD, by the reference.
 */
export function makeBlockClassifier(list: CellList): BlockClassifier {
  return canRun(bytes) ? makeKernelClassifier(list) : makeReferenceClassifier(list);
}

export function makeReferenceClassifier(list: CellList): BlockClassifier {
  const reference = new AtomClassifier(list);
  return {
    classify(from, to, out) {
      let twins = 0;
      for (let place = from; place < to; place++) if (reference.classify(place, out)) twins++;
      return twins;
    },
  };
}

function makeKernelClassifier(list: CellList): BlockClassifier {
  const memory = new KernelMemory();
  const kernel = memory.instantiate<Exports>(bytes);
  const radius = likelyRadius(list, SHELL_NEIGHBOURS);
  const neighbours = new BlockNeighbours(memory, list, radius, ATOMS);
  const scratch = memory.reserve('uint8', SCRATCH_BYTES);
  const structureType = memory.reserve('uint8', ATOMS);
  const coordination = memory.reserve('uint8', ATOMS);
  const latticeConstant = memory.reserve('float32', ATOMS);
  const nearest2 = memory.reserve('float64', ATOMS);
  const reference = new AtomClassifier(list);

  /** @returns how many atoms lie on the spot of another. */
  function classifyBlock(from: number, to: number, out: Classification): number {
    neighbours.find(from, to);
    kernel.classify(
      neighbours.start.address,
      neighbours.dx.address,
      neighbours.dy.address,
      neighbours.dz.address,
      neighbours.distance2.address,
      to - from,
      radius,
      MOST_NEIGHBOURS,
      scratch.address,
      structureType.address,
      coordination.address,
      latticeConstant.address,
      nearest2.address,
    );
    const [types, numbers, constants] = [structureType.view, coordination.view, latticeConstant.view];
    const nearest = nearest2.view;
    let twins = 0;
    for (let place = from; place < to; place++) {
      const atom = place - from;
      if (types[atom] === UNDECIDED) {
        if (reference.classify(place, out)) twins++;
        continue;
      }
      const row = list.rowOfPlace[place]!;
      out.structureType[row] = types[atom]!;
      out.coordination[row] = numbers[atom]!;
      out.latticeConstant[row] = constants[atom]!;
      if (nearest[atom]! < SAME_SPOT ** 2 || hasExactTwin(list, place)) twins++;
    }
    return twins;
  }

  return {
    classify(from, to, out) {
      let twins = 0;
      for (let start = from; start < to; start += ATOMS) {
        twins += classifyBlock(start, Math.min(start + ATOMS, to), out);
      }
      return twins;
    },
  };
}
