import { badParameter } from '#data/errors.ts';
import type { InputCell, InputFile, InputWriter } from './input.ts';
import { readSettings } from './settings.ts';
import { renderTemplate } from './template.ts';

/** A writer without what all writers do alike. */
export interface WriterSpec extends Omit<InputWriter, 'write' | 'plainFiles' | 'carries'> {
  readonly carries?: string;
  /** Files that are written whole, by their names. */
  readonly whole?: Readonly<Record<string, (cell: InputCell) => string>>;
}

/** A code from its tables: settings are checked, templates replaced and filled in. */
export function defineWriter({ whole = {}, carries, ...spec }: WriterSpec): InputWriter {
  return {
    ...spec,
    carries: carries ?? null,
    plainFiles: Object.keys(whole),
    write(structure, { values = {}, templates = {} } = {}): InputFile[] {
      checkTemplateNames(spec, templates);
      if (structure.species.length === 0) throw badParameter('A cell without atoms has no input');
      const cell: InputCell = { structure, settings: readSettings(spec.code, spec.parameters, values) };
      const filled = new Map(spec.placeholders.map(({ name, value }) => [name, () => value(cell)]));
      return [
        ...spec.templates.map(({ file, text }) => ({
          path: file,
          text: renderTemplate(templates[file] ?? text, filled, file),
        })),
        ...Object.entries(whole).map(([path, write]) => ({ path, text: write(cell) })),
      ];
    },
  };
}

function checkTemplateNames(spec: WriterSpec, templates: Readonly<Record<string, string>>): void {
  const known = spec.templates.map(({ file }) => file);
  for (const file of Object.keys(templates)) {
    if (!known.includes(file)) {
      throw badParameter(`${spec.code} has no template ${file}, only ${known.join(', ')}`);
    }
  }
}
