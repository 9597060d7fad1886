import type { Control } from '#data/control.ts';
import { Refusal } from '#data/errors.ts';
import { type ByteSource, type Bytes, isFolder, type StageSource } from '../format.ts';
import { inflate, readBytes, startsWith, takeHead, ZIP_MAGIC } from '../text/byteStream.ts';
import { type FoundFile, HEAD_LENGTH, type Wanted } from './found.ts';
import { LONGEST_FILE, tooLong } from './limits.ts';
import { eachInZip } from './zip.ts';

/**
 * The files of a folder, of a zip archive, or the one file itself, one after the other; what is gzipped is inflated. Of a
 * file that is not wanted only the beginning is read. Progress is in bytes as given.
 * @throws Refusal for an archive that is damaged; a damaged file in it is told as such.
 */
export async function* eachText(source: StageSource, wanted: Wanted, control: Control): AsyncGenerator<FoundFile> {
  const files = isFolder(source) ? source.files : [{ path: source.name, source }];
  control.begin(
    'reading',
    files.reduce((sum, file) => sum + file.source.byteLength, 0),
  );
  for (const file of files) {
    const counted = { left: file.source.byteLength };
    yield* eachOfFile(file, wanted, control, counted);
    // Of a file that nobody wants, the rest is done too.
    control.advance(counted.left);
  }
}

async function* eachOfFile(
  { path, source }: { readonly path: string; readonly source: ByteSource },
  wanted: Wanted,
  control: Control,
  counted: { left: number },
): AsyncGenerator<FoundFile> {
  const reader = source.stream().getReader();
  try {
    const given = readBytes(
      { ...source, name: path },
      reader,
      (bytes) => {
        counted.left -= bytes.length;
        control.advance(bytes.length);
      },
      undefined,
    );
    const { head, rest } = await takeHead(given, ZIP_MAGIC.length);
    if (startsWith(head, ZIP_MAGIC)) yield* eachInZip(path, rest, wanted);
    else yield await readOne(path, rest, wanted);
  } finally {
    reader.cancel().catch(() => {});
  }
}

async function readOne(path: string, chunks: AsyncGenerator<Bytes>, wanted: Wanted): Promise<FoundFile> {
  try {
    const { head, rest } = await takeHead(inflate(path, chunks), HEAD_LENGTH);
    if (!wanted(path, new TextDecoder().decode(head.subarray(0, HEAD_LENGTH)))) return { path, text: null };
    const decoder = new TextDecoder();
    const parts: string[] = [];
    let size = 0;
    for await (const chunk of rest) {
      size += chunk.length;
      if (size > LONGEST_FILE) return { path, text: null, problem: tooLong(path) };
      parts.push(decoder.decode(chunk, { stream: true }));
    }
    return { path, text: parts.join('') + decoder.decode() };
  } catch (thrown) {
    if (thrown instanceof Refusal && thrown.failure.tag === 'bad-input') {
      return { path, text: null, problem: thrown.message };
    }
    throw thrown;
  }
}
