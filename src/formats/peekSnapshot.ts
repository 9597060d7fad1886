import { Refusal } from '#data/errors.ts';
import type { ByteSource, FrameSize } from './format.ts';
import { BYTES_FORMATS, SNAPSHOT_FORMATS } from './index.ts';
import { inflate, readBytes, takeHead } from './text/byteStream.ts';
import { decodeText } from './text/numbers.ts';

/** More than any header, but for comments of unusual length. */
const PEEKED_BYTES = 8192;

/**
 * How large the first frame is, by the head of the file; null where the head does not tell, or is of no format that can
 * be read: whoever reads the file will say why.
 */
export async function peekSnapshot(source: ByteSource): Promise<FrameSize | null> {
  const reader = source.stream().getReader();
  try {
    const bytes = readBytes(source, reader, () => {});
    const { head } = await takeHead(inflate(source.name, bytes), PEEKED_BYTES);
    const ofBytes = BYTES_FORMATS.find((format) => format.sniff(head));
    if (ofBytes) return await ofBytes.peek(head);
    const text = decodeText(head, 0, head.length);
    return SNAPSHOT_FORMATS.find((format) => format.sniff(text))?.peek(text) ?? null;
  } catch (thrown) {
    if (thrown instanceof Refusal) return null;
    throw thrown;
  } finally {
    reader.cancel().catch(() => {});
  }
}
