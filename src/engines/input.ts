import type { Structure } from '#formats/format.ts';
import type { Partition } from './calculation.ts';
import type { SettingReader } from './settings.ts';

export type InputWriterId = 'vasp' | 'qe' | 'cp2k' | 'openmx' | 'lammps';

/** Text of one file. */
export interface InputFile {
  /** Relative to the folder of the cell. */
  readonly path: string;
  readonly text: string;
}

interface ParameterBase {
  readonly key: string;
  readonly label: string;
  /** What a form says beside it: a convention, what happens where nothing is given. */
  readonly help: string;
}

/** What a user may set of a code's input. */
export type InputParameter =
  | (ParameterBase & {
      readonly kind: 'number';
      readonly unit: string;
      readonly default: number;
      /** Values have to be greater. */
      readonly above: number;
    })
  | (ParameterBase & { readonly kind: 'text'; readonly default: string })
  /** A list such as "Fe=2.2, Cr=0": one word for each element. */
  | (ParameterBase & { readonly kind: 'elements'; readonly default: string });

/** What was set. Everything left out has its default. */
export interface InputSettings {
  /** By the key of a parameter. */
  readonly values?: Readonly<Record<string, number | string>>;
  /** The user's templates by the name of the file that they stand for. */
  readonly templates?: Readonly<Record<string, string>>;
}

/** One cell and its settings: all that a placeholder is made of. */
export interface InputCell {
  readonly structure: Structure;
  readonly settings: SettingReader;
}

export interface Placeholder {
  /** Written `{{name}}` in a template. */
  readonly name: string;
  /** One line, with the unit. */
  readonly description: string;
  value(cell: InputCell): string;
}

export interface InputTemplate {
  /** The file it becomes. */
  readonly file: string;
  readonly text: string;
}

/** Writes the inputs of one program for one cell. One folder under `engines/`, one line in `writers.ts`. */
export interface InputWriter {
  readonly id: InputWriterId;
  /** Name of the program: "CP2K". */
  readonly code: string;
  /** Versions whose atomic energies can be used: "2024.1 or later". */
  readonly versions: string;
  /** How the program divides its energy among atoms. */
  readonly partition: Partition;
  /** Whether the program divides its energy among atoms by itself, as everybody gets it. */
  readonly atomicEnergies: boolean;
  /** What to know of its energies: one or two sentences. */
  readonly energyNote: string;
  readonly parameters: readonly InputParameter[];
  /** The default templates; a user may replace each. */
  readonly templates: readonly InputTemplate[];
  /** May stand in any of the templates. */
  readonly placeholders: readonly Placeholder[];
  /** Files that are written whole, without a template. */
  readonly plainFiles: readonly string[];
  /** Key of the parameter that names a file which a package carries with it; null where the program needs none. */
  readonly carries: string | null;
  /** One line of shell, run in the folder of the cell: `cp2k.psmp -i cell.inp -o cell.out`. */
  readonly command: string;
  /** Names of the files with the energies, the best first; the first must be there after a run. */
  readonly outputs: readonly [string, ...string[]];
  /** What the user has to bring, a sentence each: potentials, basis sets, a licence. */
  readonly supplies: readonly string[];
  /**
   * The files of a cell. Atom 1 of the structure, the centre, is atom 1 of every file.
   * @throws Refusal (`bad-parameter`) for a setting that is out of range or missing, `bad-input` with file and line for a
   * template that asks for something else than there is.
   */
  write(structure: Structure, settings?: InputSettings): InputFile[];
}

/** What a package has to know of the program that its jobs run. */
export type EngineFacts = Pick<
  InputWriter,
  'code' | 'versions' | 'partition' | 'atomicEnergies' | 'energyNote' | 'command' | 'outputs' | 'supplies'
>;
