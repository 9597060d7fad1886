/**
 * The only table of parameters: the command line's options and the fields of the page are both made from it, and the
 * manifest records these names.
 */
import { type CodesName, STRUCTURE_CODES } from '#chem/structureCodes.ts';
import { DESCRIPTORS, FROM_FILE } from '#descriptors/index.ts';
import { CRITERIA } from '#kernels/selection/index.ts';
import { PAPER_PARAMETERS } from '#kernels/soap/parameters.ts';
import { ARITHMETICS, type Arithmetic } from '#kernels/wasm/arithmetic.ts';
import type { IdList } from './idLists.ts';
import type { PotentialRef } from './potentials.ts';

export type StageName = 'snapshot' | 'structure' | 'descriptor' | 'pool' | 'select' | 'replicas' | 'energies' | 'model';

export interface Parameters {
  /** `first`, `last` or a 0-based frame number. */
  frame: string;
  /** Element symbols in type order; empty: as the file says. */
  elements: readonly string[];
  /** A column of the file with structure types, and whose codes they are; they are compared with our own. */
  structureColumn: string | null;
  structureCodes: 'unsaid' | CodesName;
  descriptor: string;
  /** Which atom a row of a matrix from a file belongs to, where the file does not say. */
  descriptorRows: 'unsaid' | 'file-order' | 'ids';
  cutoff: number;
  nMax: number;
  lMax: number;
  sigma: number;
  cutoffWidth: number;
  arithmetic: Arithmetic;
  variance: number;
  /** Keep exactly this many components; null: as many as `variance` asks for. */
  components: number | null;
  intercept: 'fitted' | 'none';
  criterion: string;
  count: number;
  lambda: number;
  testSet: boolean;
  seed: number;
  /** Atom ids, or null for "all" (candidates) and "none" (the others). */
  given: readonly number[] | null;
  candidates: IdList | null;
  exclude: IdList | null;
  replicaEdge: number;
  minDistance: number;
  seam: 'new-pairs' | 'all-pairs';
  strategies: readonly string[];
  labelColumn: string | null;
  /** A classical potential that computes the cells in place of an electronic structure code; null: none. */
  potential: PotentialRef | null;
  /** `auto`, or an energy per atom in eV. */
  bulkEnergy: string;
  /** Ids of energies that are used although something speaks against them; 0 for the bulk cell. */
  acceptedEnergies: readonly number[] | null;
  forceFields: boolean;
  /** Of files with columns that are imported next. */
  energyColumn: string | null;
  mixPartitions: boolean;
  /** `same` (as in the selection), `loo` (leave-one-out), or a number. */
  fitLambda: string;
  /** Ids of atoms whose energies are at hand but not fitted to. */
  leftOut: readonly number[] | null;
}

const CODES_NAMES = Object.keys(STRUCTURE_CODES) as CodesName[];

export type ParameterName = keyof Parameters;

interface Described {
  readonly stage: StageName;
  readonly label: string;
  /** Meaning, the paper's value, and what happens when it grows; one or two sentences. */
  readonly help: string;
  readonly unit?: string;
  /** Long option of the command line. */
  readonly flag: string;
  /** Nothing that a later stage reads depends on it: those stay as they are when it changes. */
  readonly local?: true;
  /** Where it has its default nothing is said of it in fingerprints: what was finished before it existed stays fresh. */
  readonly silentDefault?: true;
}

export type ParameterSpec = Described &
  (
    | {
        readonly kind: 'number' | 'integer';
        readonly default: number;
        readonly min: number;
        readonly max: number;
        readonly step?: number;
      }
    | { readonly kind: 'optional-integer'; readonly default: null; readonly min: number; readonly max: number }
    | { readonly kind: 'choice'; readonly default: string; readonly choices: readonly string[] }
    | { readonly kind: 'text'; readonly default: string | null; readonly placeholder: string }
    | { readonly kind: 'switch'; readonly default: boolean }
    | { readonly kind: 'names'; readonly default: readonly string[]; readonly placeholder: string }
    | { readonly kind: 'ids' | 'potential'; readonly default: null }
  );

export const PARAMETERS: { readonly [K in ParameterName]: ParameterSpec & { readonly default: Parameters[K] } } = {
  frame: {
    stage: 'snapshot',
    label: 'Frame',
    flag: '--frame',
    kind: 'text',
    default: 'last',
    placeholder: 'first, last or 0, 1, 2 …',
    help: 'Which frame of a trajectory to read: first, last, or its number counted from 0.',
  },
  elements: {
    stage: 'snapshot',
    label: 'Elements',
    flag: '--elements',
    kind: 'names',
    default: [],
    placeholder: 'Fe',
    help: 'Element of each atom type, in type order. Needed by writers of structure files; SOAP treats all atoms as one species.',
  },
  structureColumn: {
    stage: 'structure',
    label: "File's types",
    flag: '--structure-column',
    kind: 'text',
    default: null,
    placeholder: 'structure_type',
    local: true,
    silentDefault: true,
    help: 'A column of the file with structure types of another program, to compare with those found here. Nothing else is computed from it.',
  },
  structureCodes: {
    stage: 'structure',
    label: 'Whose codes',
    flag: '--structure-codes',
    kind: 'choice',
    default: 'unsaid',
    choices: ['unsaid', ...CODES_NAMES],
    local: true,
    silentDefault: true,
    help: 'Which program numbered the types in that column: 1 is FCC for OVITO and for compute cna/atom of LAMMPS, and BCC for its compute ackland/atom; 0 and 5 differ too. It is never guessed.',
  },
  descriptor: {
    stage: 'descriptor',
    label: 'Descriptor',
    flag: '--descriptor',
    kind: 'choice',
    default: 'soap',
    choices: [...Object.keys(DESCRIPTORS), FROM_FILE],
    help: 'What describes the neighbourhood of an atom. The paper uses SOAP as GAP defines it: 386 numbers. file: a matrix that another program computed (--descriptor-file), a row an atom.',
  },
  descriptorRows: {
    stage: 'descriptor',
    label: 'Order of its rows',
    flag: '--descriptor-rows',
    kind: 'choice',
    default: 'unsaid',
    choices: ['unsaid', 'file-order', 'ids'],
    silentDefault: true,
    help: "Of a matrix from a file: one row for each atom in the order of the snapshot's file (file-order), or by rising atom id (ids). Need not be said where both are the same, or ids stand beside the matrix (.npz).",
  },
  cutoff: {
    stage: 'descriptor',
    label: 'Cutoff',
    unit: 'Å',
    flag: '--cutoff',
    kind: 'number',
    default: PAPER_PARAMETERS.cutoff,
    min: 2,
    max: 10,
    step: 0.1,
    help: 'Radius of the neighbourhood. Paper: 4.0 Å. Larger sees farther, costs more and needs more training atoms.',
  },
  nMax: {
    stage: 'descriptor',
    label: 'Radial functions',
    flag: '--n-max',
    kind: 'integer',
    default: PAPER_PARAMETERS.nMax,
    min: 1,
    max: 16,
    help: 'Number of radial functions, n_max. Paper: 10. The descriptor grows as its square.',
  },
  lMax: {
    stage: 'descriptor',
    label: 'Angular channels',
    flag: '--l-max',
    kind: 'integer',
    default: PAPER_PARAMETERS.lMax,
    min: 0,
    max: 12,
    help: 'Highest angular channel, l_max. Paper: 6. Larger resolves finer angles.',
  },
  sigma: {
    stage: 'descriptor',
    label: 'Gaussian width',
    unit: 'Å',
    flag: '--sigma',
    kind: 'number',
    default: PAPER_PARAMETERS.atomSigma,
    min: 0.2,
    max: 1.5,
    step: 0.05,
    help: 'Width of the Gaussian on each neighbour, atom_sigma. The paper does not say; 0.5 Å is usual, 0.55 Å reproduces its variances best. Larger blurs.',
  },
  cutoffWidth: {
    stage: 'descriptor',
    label: 'Cutoff width',
    unit: 'Å',
    flag: '--cutoff-width',
    kind: 'number',
    default: PAPER_PARAMETERS.cutoffTransitionWidth,
    min: 0.05,
    max: 3,
    step: 0.05,
    help: 'Length over which a neighbour is faded out before the cutoff. GAP and the paper: 0.5 Å.',
  },
  arithmetic: {
    stage: 'descriptor',
    label: 'Arithmetic',
    flag: '--arithmetic',
    kind: 'choice',
    default: 'float32',
    choices: ARITHMETICS,
    help: 'float32: SIMD, the same bits on every machine. relaxed: fused multiply-add where the processor has it, a little faster; the last digits depend on the machine. float64: the reference, some thirty times slower.',
  },
  variance: {
    stage: 'pool',
    label: 'Variance kept',
    flag: '--variance',
    kind: 'number',
    default: 0.9999,
    min: 0.5,
    max: 0.9999999,
    step: 0.0001,
    help: 'Keep as many principal components as explain this part of the variance. Paper: 0.9999 (39 components).',
  },
  components: {
    stage: 'pool',
    label: 'Components',
    flag: '--components',
    kind: 'optional-integer',
    default: null,
    min: 1,
    max: 200,
    help: 'Keep exactly this many components, whatever they explain. Empty: by variance.',
  },
  intercept: {
    stage: 'select',
    label: 'Intercept',
    flag: '--intercept',
    kind: 'choice',
    default: 'fitted',
    choices: ['fitted', 'none'],
    help: 'Whether the linear model has a constant term. The paper writes none; where many atoms are boundary atoms a fitted one is far better.',
  },
  criterion: {
    stage: 'select',
    label: 'Criterion',
    flag: '--criterion',
    kind: 'choice',
    default: 'ur',
    choices: Object.keys(CRITERIA),
    help: 'How atoms are picked. Paper: ur, uncertainty reduction (Eq. 10); random1 and random2 are what it is compared with.',
  },
  count: {
    stage: 'select',
    label: 'Atoms to pick',
    flag: '--count',
    kind: 'integer',
    default: 150,
    min: 1,
    max: 2000,
    help: 'How many atoms to pick: one DFT calculation each. Paper: 150.',
  },
  lambda: {
    stage: 'select',
    label: 'λ of the selection',
    flag: '--lambda',
    kind: 'number',
    default: 1e-6,
    min: 1e-12,
    max: 10,
    help: 'Ridge penalty in the prediction variance. From 1e-2 on, atoms with nearly zero features are picked first and predictions get bad.',
  },
  testSet: {
    stage: 'select',
    label: 'Keep a test set',
    flag: '--test-set',
    kind: 'switch',
    default: false,
    help: 'Ten random atoms for each coordination number 11–18 are barred from the picks and used to measure errors (paper, section III B).',
  },
  seed: {
    stage: 'select',
    label: 'Seed',
    flag: '--seed',
    kind: 'integer',
    default: 1,
    min: 0,
    max: 2 ** 31 - 1,
    help: 'Seed of the test set and of random strategies. The same seed gives the same atoms.',
  },
  given: {
    stage: 'select',
    label: 'Given atoms',
    flag: '--given',
    kind: 'ids',
    default: null,
    help: 'Atoms whose energies exist already: they count as chosen, and `count` more are picked.',
  },
  candidates: {
    stage: 'select',
    label: 'Candidates',
    flag: '--candidates',
    kind: 'ids',
    default: null,
    help: 'Pick only among these atoms. Uncertainty is still reduced over the whole snapshot.',
  },
  exclude: {
    stage: 'select',
    label: 'Excluded atoms',
    flag: '--exclude',
    kind: 'ids',
    default: null,
    help: 'Never pick these atoms.',
  },
  strategies: {
    stage: 'select',
    label: 'Strategies to compute',
    flag: '--strategies',
    kind: 'names',
    default: [],
    placeholder: 'ur,random1,random2',
    help: 'Export cells for these strategies too, so that they can be compared with real energies. Shared atoms are exported once.',
  },
  replicaEdge: {
    stage: 'replicas',
    label: 'Cell edge',
    unit: 'Å',
    flag: '--replica-edge',
    kind: 'number',
    default: 10,
    min: 9,
    max: 14,
    step: 0.5,
    help: 'Edge of the periodic cube cut around each pick. Paper: 10 Å. With 11 Å the error of the centre falls from 5 to 0.4 meV (EAM), the DFT cost rises by a third or more.',
  },
  minDistance: {
    stage: 'replicas',
    label: 'Shortest seam distance',
    unit: 'Å',
    flag: '--min-distance',
    kind: 'number',
    default: 2.2,
    min: 1.9,
    max: 2.4,
    step: 0.05,
    help: 'Atoms brought closer than this by the new periodicity are dropped, the one farther from the centre first.',
  },
  seam: {
    stage: 'replicas',
    label: 'Seam rule',
    flag: '--seam',
    kind: 'choice',
    default: 'new-pairs',
    choices: ['new-pairs', 'all-pairs'],
    help: 'new-pairs drops only atoms that are close through the new periodicity; all-pairs also breaks real close pairs and is there to compare.',
  },
  labelColumn: {
    stage: 'energies',
    label: 'Label from column',
    flag: '--label-column',
    kind: 'text',
    default: null,
    placeholder: 'c_pe',
    help: 'Take the energies from a column of the snapshot (eV per atom), as a stand-in for DFT: the whole method with known truth.',
  },
  potential: {
    stage: 'energies',
    label: 'Classical potential',
    flag: '--potential',
    kind: 'potential',
    default: null,
    help: 'Compute the replica cells with a classical potential in place of DFT: an embedded-atom file (setfl or eam/fs). With --label-column eam.energy every atom is computed where it lies.',
  },
  bulkEnergy: {
    stage: 'energies',
    label: 'Bulk energy',
    unit: 'eV',
    flag: '--bulk-energy',
    kind: 'text',
    default: 'auto',
    placeholder: 'auto or eV per atom',
    help: 'Energy of a bulk atom, subtracted from all energies. auto: the bulk cell that came back, else the median over BCC atoms of the label column.',
  },
  acceptedEnergies: {
    stage: 'energies',
    label: 'Accepted energies',
    flag: '--accept-energies',
    kind: 'ids',
    default: null,
    help: 'Atoms whose energies are used although they were put aside, for the reason that is given; 0 is the bulk cell.',
  },
  energyColumn: {
    stage: 'energies',
    label: 'Energy column',
    flag: '--energy-column',
    kind: 'text',
    default: null,
    placeholder: 'local_energy',
    help: 'Column with the energies of atoms, eV, in dumps and extended XYZ files that are imported next. Empty: the likeliest by its name.',
  },
  forceFields: {
    stage: 'energies',
    label: 'Allow force fields',
    flag: '--allow-force-field',
    kind: 'switch',
    default: false,
    help: 'Use energies that a DFT program computed with a force field; they are marked as not DFT.',
  },
  mixPartitions: {
    stage: 'energies',
    label: 'Mix partitions',
    flag: '--mix-partitions',
    kind: 'switch',
    default: false,
    help: 'Use energies of several programs or divisions among atoms in one model, although they are different quantities.',
  },
  leftOut: {
    stage: 'model',
    label: 'Left out',
    flag: '--leave-out',
    kind: 'ids',
    default: null,
    help: 'The model is not fitted to the energies of these atoms, to see what it would be if they were wrong.',
  },
  fitLambda: {
    stage: 'model',
    label: 'λ of the fit',
    flag: '--fit-lambda',
    kind: 'text',
    default: 'same',
    placeholder: 'same, loo or a number',
    help: 'Ridge penalty of the fit: the same as in the selection, a number, or loo (least leave-one-out error).',
  },
};

export const PARAMETER_NAMES = Object.keys(PARAMETERS) as ParameterName[];

export function defaultParameters(): Parameters {
  return Object.fromEntries(PARAMETER_NAMES.map((name) => [name, PARAMETERS[name].default])) as unknown as Parameters;
}
