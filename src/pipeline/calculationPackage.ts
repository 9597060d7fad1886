import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { type Campaign, structureOf } from '#campaign/packageFiles.ts';
import { joinRoles } from '#campaign/roles.ts';
import { makeReplicaStructure } from '#campaign/structures.ts';
import type { MemoryLedger } from '#data/buffers.ts';
import type { Control } from '#data/control.ts';
import { badParameter } from '#data/errors.ts';
import type { InputSettings, InputWriter } from '#engines/input.ts';
import { type PackageJob, packageFiles } from '#engines/package/packageFiles.ts';
import type { Structure } from '#formats/format.ts';
import { cutReplicas } from '#kernels/replica/cutReplica.ts';
import { findEligibleCentres } from '#kernels/replica/eligibility.ts';
import {
  type CalculationRequest,
  checkRequest,
  completeSettings,
  findWriter,
  PROBE_EDGES,
} from './calculationRequest.ts';
import { makeManifest } from './manifest.ts';
import { namedCampaign } from './namedCampaign.ts';
import type { OutputFile } from './outputFile.ts';
import type { OutputRequest } from './outputFiles.ts';
import { needed } from './results.ts';

/** What a package is made with besides the results of the session. */
export interface PackageTools {
  readonly memory: MemoryLedger;
  readonly control?: Control;
}

/**
 * The files of a package of calculations with one program: inputs of every cell, scripts, manifest. All that can be
 * refused is refused at once; the files are then made as they are asked for.
 * @throws Refusal
 */
export function calculationPackage(
  finished: OutputRequest,
  request: CalculationRequest,
  tools: PackageTools,
): Iterable<OutputFile> {
  const { results, records, parameters, threads, place } = finished;
  const writer = findWriter(request.engine);
  const { snapshot } = needed(results, 'snapshot');
  checkRequest(request, snapshot);
  const campaign = request.ids ? namedCampaign(finished, request.ids, tools) : needed(results, 'replicas').campaign;
  const settings = completeSettings(request, writer);
  const probes = request.probes ? probeCells(finished, campaign, tools) : [];
  const { potential } = request;
  const { name, sha256: hash, frame } = snapshot.source;
  const files = packageFiles({
    engine: writer,
    snapshot: { name, sha256: hash, frame },
    settings: {
      // Where the import looks for how the cells were cut.
      replicaEdge: parameters.replicaEdge,
      minDistance: parameters.minDistance,
      seam: parameters.seam,
      input: describeInput(request, writer, settings),
      ids: request.ids,
      probes: request.probes,
      run: makeManifest(results, records, parameters, threads, place),
    },
    shared: writer.carries && potential ? [{ path: potential.name, text: potential.text }] : [],
    notes: [
      ...probeNotes(probes),
      ...(request.ids ? [] : (records.get('replicas')?.warnings ?? []).map(({ message }) => message)),
    ],
    jobs: packageJobs(campaign, probes, writer, settings),
  });
  return asOutputFiles(files);
}

function* asOutputFiles(files: ReturnType<typeof packageFiles>): Generator<OutputFile> {
  for (const { path, text, executable } of files) {
    yield { path, chunks: [text], ...(executable ? { executable } : {}) };
  }
}

/** One after the other: a campaign of thousands of cells is never in memory as text. */
function* packageJobs(
  campaign: Campaign,
  probes: readonly Probe[],
  writer: InputWriter,
  settings: InputSettings,
): Generator<PackageJob> {
  const inputs = (structure: Structure) => writer.write(structure, settings);
  for (const job of campaign.jobs) {
    const structure = structureOf(campaign, job);
    yield { rank: job.rank, id: job.id, role: joinRoles(job.roles), structure, inputs: inputs(structure) };
  }
  for (const [k, { id, role, structure }] of probes.entries()) {
    yield { rank: campaign.jobs.length + k, id, role, structure, inputs: inputs(structure) };
  }
}

interface Probe {
  readonly id: number;
  readonly edge: number;
  readonly role: string;
  readonly structure: Structure;
}

/**
 * The first job that has room for it, again in cells of other edges.
 * @throws Refusal (`bad-parameter`) where none has.
 */
function probeCells(
  { results }: OutputRequest,
  { jobs, options, snapshot }: Campaign,
  { memory, control }: PackageTools,
): Probe[] {
  const { list } = needed(results, 'snapshot');
  const widest = Math.max(...PROBE_EDGES);
  const { mask } = findEligibleCentres(list, widest, memory, control);
  const job = jobs.find(({ row }) => row !== null && mask[row] === 1);
  memory.release(mask);
  if (!job) throw badParameter(`No chosen atom has room for a probe in a cell of ${widest} Å`);
  return PROBE_EDGES.map((edge) => {
    const cell = cutReplicas(list, [job.row!], { ...options, edge }, control).get(job.row!)!;
    return { id: job.id, edge, role: `probe${edge}`, structure: makeReplicaStructure(snapshot, cell) };
  });
}

function probeNotes([first, ...others]: readonly Probe[]): string[] {
  if (!first) return [];
  const edges = [first, ...others].map(({ edge }) => edge).join(' and ');
  const roles = [first, ...others].map(({ role }) => role).join(' and ');
  return [
    `The last jobs, with the roles ${roles}, are atom ${first.id} again in cells of ${edges} A: its energies side by side ` +
      'show what the size of the cell does. They are no training data.',
  ];
}

/** What was set, complete: another package can be made the same. */
function describeInput(
  { engine, potential, energyDensityCode }: CalculationRequest,
  { parameters, templates }: InputWriter,
  settings: InputSettings,
) {
  return {
    engine,
    values: Object.fromEntries(
      parameters.map(({ key, kind, default: usual }) => {
        const value = settings.values?.[key] ?? usual;
        return [key, kind === 'number' ? Number(value) : value];
      }),
    ),
    templates: Object.fromEntries(templates.map(({ file, text }) => [file, settings.templates?.[file] ?? text])),
    potential: potential && { file: potential.name, sha256: bytesToHex(sha256(utf8ToBytes(potential.text))) },
    energyDensityCode,
  };
}
