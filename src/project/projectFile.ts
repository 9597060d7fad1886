import type { MemoryLedger } from '#data/buffers.ts';
import { dtypeOf, type NumericArray } from '#data/column.ts';
import type { Control } from '#data/control.ts';
import { badInput } from '#data/errors.ts';
import { openZip, type ZippedFile } from '#formats/archive/openZip.ts';
import { LONGEST_NPY_HEADER, readNpyHeader } from '#formats/npy/read.ts';
import { writeNpy } from '#formats/npy/write.ts';
import { makeManifest } from '#pipeline/manifest.ts';
import type { OutputFile } from '#pipeline/outputFile.ts';
import { ArrayFiles } from './arrayFiles.ts';
import { openRecord, type Project, readRecord, recordProject } from './project.ts';
import { type ArrayPlace, bytesOf, placesIn } from './tree.ts';

/** With the dot. */
export const PROJECT_EXTENSION = '.grainscope';
const RECORD = 'project.json';
/** JSON of sets and campaigns; a longer text is none of ours. Bytes. */
const LONGEST_RECORD = 2 ** 28;

/**
 * The files of a project that is kept as one zip: `project.json`, the arrays as .npy, `[n]` or `[n, k]` where they have
 * a line an atom, and the manifest that every output carries.
 */
export function* projectFiles(project: Project, threads: number): Generator<OutputFile> {
  const { snapshot } = project.session.results.snapshot;
  const arrays = new Map<string, NumericArray>();
  const files = new ArrayFiles();
  const record = recordProject(project, (array, path) => {
    const file = files.find(array) ?? freePath(path, arrays);
    files.set(array, file);
    arrays.set(file, array);
    return file;
  });
  yield { path: RECORD, chunks: [JSON.stringify(record)] };
  const { results, records } = project.session;
  const recordOf = new Map(records.map((reply) => [reply.stage, reply]));
  const manifest = makeManifest(results, recordOf, project.parameters, threads);
  yield { path: 'manifest.json', chunks: [JSON.stringify(manifest, null, 2)] };
  for (const [path, array] of arrays) {
    const width = array.length / snapshot.count;
    const shape = Number.isInteger(width) && width > 1 ? [snapshot.count, width] : [array.length];
    yield { path, chunks: writeNpy(dtypeOf(array), shape, [array]), stored: true };
  }
}

/** Columns may be called anything; a path within an archive may not. */
function freePath(path: string, taken: ReadonlyMap<string, unknown>): string {
  const tame = path.replace(/[^\w./-]+/g, '_').replace(/\.{2,}/g, '_');
  for (let k = 0; ; k++) {
    const free = `${tame}${k === 0 ? '' : `-${k}`}.npy`;
    if (!taken.has(free)) return free;
  }
}

/**
 * A project that was kept as one zip; its arrays lie in ledger memory.
 * @throws Refusal where it is no whole project, or there is no memory; nothing is then left in the ledger.
 */
export async function openProjectFile(
  blob: Blob,
  file: string,
  memory: MemoryLedger,
  control?: Control,
): Promise<Project> {
  const zipped = await openZip(blob, file);
  const text = await readText(zipped.get(RECORD), file);
  const record = readRecord(text, file);
  const places = [...placesIn(record.parameters), ...placesIn(record.session), ...placesIn(record.page)];
  const arrays = new Map<string, NumericArray>();
  control?.begin('reading', blob.size);
  try {
    for (const place of places) {
      if (arrays.has(place.file)) continue;
      arrays.set(place.file, await readArray(zipped.get(place.file), place, file, memory, control));
    }
    return openRecord(record, ({ file: path }) => arrays.get(path)!, file);
  } catch (thrown) {
    memory.release(...arrays.values());
    throw thrown;
  }
}

async function readText(zipped: ZippedFile | undefined, file: string): Promise<string> {
  if (!zipped) throw badInput({ file, expected: `a project of Grainscope, with ${RECORD}`, found: 'another archive' });
  if (zipped.byteLength > LONGEST_RECORD) throw badInput({ file, message: `its ${RECORD} is too long to be one` });
  const bytes = new Uint8Array(zipped.byteLength);
  let at = 0;
  for await (const piece of zipped.bytes()) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return new TextDecoder().decode(bytes);
}

/** Straight into ledger memory: no second copy is ever held. */
async function readArray(
  zipped: ZippedFile | undefined,
  place: ArrayPlace,
  file: string,
  memory: MemoryLedger,
  control: Control | undefined,
): Promise<NumericArray> {
  const { file: path, dtype, length } = place;
  if (!zipped) throw badInput({ file, message: `${path} is missing from it` });
  const widest = bytesOf(place) + LONGEST_NPY_HEADER;
  if (zipped.byteLength > widest) throw badInput({ file, message: `${path} is longer than the project says` });
  const array = memory.allocate(path, dtype, length);
  try {
    const target = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    let head = new Uint8Array(0);
    let start = -1;
    let at = 0;
    for await (const piece of zipped.bytes()) {
      control?.throwIfCancelled();
      control?.advance(piece.length);
      if (start >= 0) {
        target.set(piece, at);
        at += piece.length;
        continue;
      }
      head = joined(head, piece);
      if (head.length < Math.min(zipped.byteLength, LONGEST_NPY_HEADER)) continue;
      const header = readNpyHeader(head, zipped.byteLength, `${file}, ${path}`);
      if (header.dtype !== dtype || header.length !== length) {
        throw badInput({
          file: `${file}, ${path}`,
          expected: `${length} numbers of ${dtype}`,
          found: `${header.length} of ${header.dtype}`,
        });
      }
      start = header.start;
      target.set(head.subarray(start), 0);
      at = head.length - start;
    }
    return array;
  } catch (thrown) {
    memory.release(array);
    throw thrown;
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
