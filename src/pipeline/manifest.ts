import type { Warning } from '#data/errors.ts';
import type { Snapshot } from '#data/snapshot.ts';
import { MANIFEST_SCHEMA, PROGRAM } from '#data/version.ts';
import type { Parameters, StageName } from './parameters.ts';

import { STAGES } from './stages.ts';
import type { StageReply } from './summaries.ts';

/** Where the snapshot lies, for a run that is continued; a page does not know. */
export interface SnapshotPlace {
  readonly path: string;
  /** Relative to the folder of the results. */
  readonly relativePath: string;
}

export interface StageEntry {
  readonly fingerprint: string;
  readonly milliseconds: number;
  readonly peakBytes: number;
  readonly input: string;
  readonly warnings: readonly Warning[];
  readonly summary: StageReply['summary'];
}

/** What every output carries: enough to know what was computed, from what, how, and to continue or repeat it. */
export interface Manifest {
  readonly schema: number;
  readonly program: { readonly name: string; readonly version: string };
  readonly created: string;
  readonly snapshot: Partial<SnapshotPlace> & {
    readonly name: string;
    readonly sha256: string;
    readonly byteLength: number;
    readonly format: string;
    readonly frame: number;
    readonly frameCount: number;
    readonly timestep: number | null;
    readonly count: number;
  };
  readonly parameters: Parameters;
  readonly threads: number;
  readonly units: { readonly length: 'Å'; readonly energy: 'eV' };
  readonly stages: { readonly [S in StageName]?: StageEntry };
}

export function makeManifest(
  results: { readonly snapshot?: { readonly snapshot: Snapshot } },
  records: ReadonlyMap<StageName, StageReply>,
  parameters: Parameters,
  threads: number,
  place?: SnapshotPlace,
): Manifest {
  const { snapshot } = results.snapshot!;
  const finished = STAGES.flatMap(({ name }) => {
    const record = records.get(name);
    if (!record) return [];
    const { fingerprint, milliseconds, peakBytes, input, warnings, summary } = record;
    return [[name, { fingerprint, milliseconds, peakBytes, input, warnings, summary }] as const];
  });
  return {
    schema: MANIFEST_SCHEMA,
    program: PROGRAM,
    created: new Date().toISOString(),
    snapshot: { ...snapshot.source, count: snapshot.count, ...place },
    parameters,
    threads,
    units: { length: 'Å', energy: 'eV' },
    stages: Object.fromEntries(finished),
  };
}
