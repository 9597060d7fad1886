import { isProbeRole } from '#campaign/roles.ts';
import { badInput } from '#data/errors.ts';
import { isRecord } from '#data/guards.ts';
import type { Partition } from '#engines/calculation.ts';
import { type JobRecord, PACKAGE_SCHEMA, type PackageManifest } from '#engines/package/manifest.ts';
import type { Parameters } from '../parameters.ts';

/** How the cells of a package were cut. */
export type CutParameters = Pick<Parameters, 'replicaEdge' | 'minDistance' | 'seam'>;

const MARK = /(^|\/)(DONE|FAILED)$/;
const MANIFEST = /(^|\/)manifest\.json$/;

/** What a package of calculations says beside its outputs: its manifest, and the marks of its scripts. */
export class PackageNotes {
  readonly #sha256: string;
  #manifest: PackageManifest | null = null;
  readonly #marks = new Map<string, string>();

  /** @param sha256 Of the snapshot that is loaded. */
  constructor(sha256: string) {
    this.#sha256 = sha256;
  }

  wants(path: string): boolean {
    return MARK.test(path) || MANIFEST.test(path);
  }

  /** @throws Refusal for the manifest of another snapshot. */
  add(path: string, text: string): void {
    if (MARK.test(path)) this.#marks.set(path, text);
    else this.#manifest = readManifest(path, text, this.#sha256) ?? this.#manifest;
  }

  /** Marks of jobs that failed and were not finished later, by path. */
  get failures(): { path: string; text: string }[] {
    return [...this.#marks].flatMap(([path, text]) =>
      path.endsWith('FAILED') && !this.#marks.has(path.replace(/FAILED$/, 'DONE')) ? [{ path, text }] : [],
    );
  }

  /** What ran, for outputs that do not say. */
  get engine(): { code: string; partition: Partition } | undefined {
    return this.#manifest?.engine;
  }

  /** How the cells were cut; only what the package says. */
  get cut(): Partial<CutParameters> {
    const { replicaEdge, minDistance, seam } = (this.#manifest?.settings ?? {}) as Partial<CutParameters>;
    return {
      ...(typeof replicaEdge === 'number' && { replicaEdge }),
      ...(typeof minDistance === 'number' && { minDistance }),
      ...(seam && { seam }),
    };
  }

  /** The job that only probes convergence with the size of the cell to which a path belongs; null for other paths. */
  probeOf(path: string): JobRecord | null {
    return this.#jobs.find(({ directory, role }) => isProbeRole(role) && isBelow(path, directory)) ?? null;
  }

  get #jobs(): readonly JobRecord[] {
    return this.#manifest?.jobs ?? [];
  }
}

function isBelow(path: string, directory: string): boolean {
  return `/${path}`.includes(`/${directory}/`);
}

/** Null for another manifest than that of a package of calculations. */
function readManifest(file: string, text: string, sha256: string): PackageManifest | null {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    throw badInput({ file, message: 'this manifest is no JSON: was it cut?' });
  }
  if (!isRecord(said) || said.schema !== PACKAGE_SCHEMA) return null;
  const manifest = said as unknown as PackageManifest;
  if (manifest.snapshot?.sha256 === sha256) return manifest;
  throw badInput({
    file,
    message: 'these cells were cut from another snapshot',
    expected: `SHA-256 ${sha256}`,
    found: `${manifest.snapshot?.sha256} (${manifest.snapshot?.name})`,
  });
}
