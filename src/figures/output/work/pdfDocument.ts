import { deflated } from './filteredRows.ts';

/** An object that jsPDF has given a number to and left out. */
export interface PdfObject {
  readonly number: number;
  /** Its dictionary, with the length of its stream. */
  readonly head: string;
  readonly stream: Blob;
}

/** What jsPDF writes of a document without compression, and what it leaves out. */
export interface PdfParts {
  readonly written: Blob;
  readonly objects: readonly PdfObject[];
}

/** Rows of the table of objects, and what a number has in it (ISO 32000-1, 7.5.4). */
const ROW = 20;
const DIGITS = 10;
const END = '\nendstream\nendobj\n';

/** The whole document: its streams compressed, all objects in place, and the table that tells where each begins. */
export async function pdfDocument({ written, objects }: PdfParts): Promise<Blob> {
  const bytes = new Uint8Array(await written.arrayBuffer());
  const text = new TextDecoder('latin1').decode(bytes);
  const [whole, offset] = /startxref\n(\d+)\n%%EOF\s*$/.exec(text)!;
  const tableAt = Number(offset);
  const rowsAt = text.indexOf('\n', tableAt + 'xref\n'.length) + 1;
  const table = bytes.slice(tableAt, text.length - whole.length);
  const rowOf = (number: number) => rowsAt - tableAt + ROW * number;
  const parts: BlobPart[] = [];
  let at = 0;
  const add = (...more: (string | Uint8Array<ArrayBuffer> | Blob)[]) => {
    for (const part of more) {
      parts.push(part);
      at += part instanceof Blob ? part.size : part.length;
    }
  };
  const begin = (number: number) =>
    table.set(new TextEncoder().encode(String(at).padStart(DIGITS, '0')), rowOf(number));

  const left = new Set(objects.map(({ number }) => number));
  const places = [...text.slice(rowsAt, text.indexOf('trailer', rowsAt)).matchAll(/(\d{10}) \d{5} ([nf]) \n/g)]
    .map(([, from, state], number) => ({ number, from: Number(from), used: state === 'n' && !left.has(number) }))
    .filter(({ used }) => used)
    .sort((a, b) => a.from - b.from);
  add(bytes.slice(0, places[0]?.from ?? tableAt));
  for (const [k, { number, from }] of places.entries()) {
    const to = places[k + 1]?.from ?? tableAt;
    begin(number);
    add(...(await packed(bytes.slice(from, to), text.slice(from, to))));
  }
  for (const { number, head, stream } of objects) {
    begin(number);
    add(`${number} 0 obj\n${head}\nstream\n`, stream, END);
  }
  const tableNow = at;
  add(table, `startxref\n${tableNow}\n%%EOF`);
  return new Blob(parts, { type: 'application/pdf' });
}

/** An object with its stream compressed, where it has one that is not. */
async function packed(object: Uint8Array<ArrayBuffer>, text: string): Promise<(string | Uint8Array<ArrayBuffer>)[]> {
  const opening = /\/Length (\d+)\b[\s\S]*?>>\nstream\n/.exec(text);
  if (!opening || opening[0].includes('/Filter') || text.slice(0, opening.index).includes('/Filter')) return [object];
  const start = opening.index + opening[0].length;
  const length = Number(opening[1]);
  const stream = await deflated([object.slice(start, start + length)].values());
  const head = text
    .slice(0, start)
    .replace(/\/Length \d+\b/, `/Length ${stream.length}`)
    .replace(/>>\nstream\n$/, '/Filter /FlateDecode\n>>\nstream\n');
  return [head, stream, object.slice(start + length)];
}
