import type { NumericArray } from '#data/column.ts';
import { badInput } from '#data/errors.ts';
import { isRecord } from '#data/guards.ts';
import { PROGRAM } from '#data/version.ts';
import { checkParameter } from '#pipeline/checkParameter.ts';
import { defaultParameters, PARAMETER_NAMES, type Parameters } from '#pipeline/parameters.ts';
import { checkSessionState, type SessionState } from '#pipeline/sessionState.ts';
import { migrate, PROJECT_SCHEMA } from './migrations.ts';
import { type ArrayPlace, fromTree, type Json, toTree } from './tree.ts';

/** Everything that somebody has done with one snapshot. */
export interface Project {
  /** ISO 8601. */
  readonly created: string;
  readonly parameters: Parameters;
  readonly session: SessionState;
  /** What the page shows, plain data and arrays; only the page knows what is in it. Null where no page was there. */
  readonly page: unknown;
}

/** A project as it is written down: JSON, and arrays in files beside it. */
export interface ProjectRecord {
  readonly schema: number;
  readonly program: { readonly name: string; readonly version: string };
  readonly created: string;
  readonly saved: string;
  /** What it is of, for whoever lists projects. */
  readonly snapshot: {
    readonly name: string;
    readonly byteLength: number;
    readonly sha256: string;
    readonly frame: number;
    readonly count: number;
  };
  /** Stages that are finished, in order. */
  readonly stages: readonly string[];
  readonly parameters: Json;
  readonly session: Json;
  readonly page: Json;
}

/** @param place Where each array lies, or is to lie; see `toTree`. */
export function recordProject(
  { created, parameters, session, page }: Project,
  place: (array: NumericArray, path: string) => string,
): ProjectRecord {
  const { snapshot } = session.results.snapshot;
  const { name, byteLength, sha256, frame } = snapshot.source;
  return {
    schema: PROJECT_SCHEMA,
    program: PROGRAM,
    created,
    saved: new Date().toISOString(),
    snapshot: { name, byteLength, sha256, frame, count: snapshot.count },
    stages: session.records.map(({ stage }) => stage),
    parameters: toTree(parameters, place, 'parameters'),
    session: toTree(session, place),
    page: toTree(page, place, 'page'),
  };
}

/**
 * What was written down, by this version of the program or an earlier one.
 * @throws Refusal where it is no project, or one of a later version.
 */
export function readRecord(text: string, file: string): ProjectRecord {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    throw badInput({ file, message: 'its project.json is no JSON' });
  }
  const record = migrate(said, file);
  const { snapshot, session } = record;
  if (!isRecord(snapshot) || !isRecord(session)) throw badInput({ file, message: 'it is no project of Grainscope' });
  return record as unknown as ProjectRecord;
}

/**
 * What a record was made of.
 * @throws Refusal where its parts do not fit together.
 */
export function openRecord(
  { created, parameters, session, page }: ProjectRecord,
  find: (place: ArrayPlace) => NumericArray,
  file: string,
): Project {
  const opened = fromTree(session, find) as SessionState;
  if (!isRecord(opened.results) || !Array.isArray(opened.records))
    throw badInput({ file, message: 'it holds no results' });
  checkSessionState(opened, file);
  return {
    created,
    parameters: checkParameters(fromTree(parameters, find), file),
    session: opened,
    page: fromTree(page, find),
  };
}

/** Parameters that this version has and the one that saved did not are at their defaults. */
function checkParameters(said: unknown, file: string): Parameters {
  if (!isRecord(said)) throw badInput({ file, message: 'it holds no parameters' });
  const parameters = defaultParameters();
  for (const name of PARAMETER_NAMES) {
    if (!(name in said)) continue;
    const problem = checkParameter(name, said[name]);
    if (problem) throw badInput({ file, message: problem });
    Object.assign(parameters, { [name]: said[name] });
  }
  return parameters;
}
