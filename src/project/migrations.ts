import { badInput } from '#data/errors.ts';
import { isRecord, isWhole } from '#data/guards.ts';

/** Of what is written now; raised when a reader of the old one would go wrong. */
export const PROJECT_SCHEMA = 1;

type Said = Readonly<Record<string, unknown>>;

/**
 * What makes a record of schema k one of schema k + 1, at place k - 1. A file of every schema lies in
 * tests/fixtures/projects, and a test opens each.
 */
const STEPS: readonly ((said: Said) => Said)[] = [];

/**
 * A record as this version writes it.
 * @throws Refusal where it is none, or one of a later version.
 */
export function migrate(said: unknown, file: string): Said {
  if (!isRecord(said) || !isWhole(said.schema, 1, 1e6)) {
    throw badInput({ file, message: 'it is no project of Grainscope' });
  }
  if (said.schema > PROJECT_SCHEMA) {
    const expected = `a project of schema ${PROJECT_SCHEMA} or earlier`;
    throw badInput({ file, expected, found: `schema ${said.schema}: it was saved by a later version of Grainscope` });
  }
  return STEPS.slice(said.schema - 1).reduce((record, step) => step(record), said);
}
