import type { Structure } from '#formats/format.ts';
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
  readonly label: string;
  /** Whether the program divides the energy among atoms. */
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
  /** For a job script, run in the folder of the cell. A launcher such as `srun` goes before it. */
  readonly runCommand: string;
  /** Files that an importer may read, the best first. */
  readonly outputFiles: readonly string[];
  /** What the user has to bring, as sentences. */
  readonly supplies: readonly string[];
  /**
   * The files of a cell. Atom 1 of the structure, the centre, is atom 1 of every file.
   * @throws Refusal (`bad-parameter`) for a setting that is out of range or missing, `bad-input` with file and line for a
   * template that asks for something else than there is.
   */
  write(structure: Structure, settings?: InputSettings): InputFile[];
}
