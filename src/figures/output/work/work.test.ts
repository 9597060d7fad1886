import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { jsPDF } from 'jspdf';
import { describe, expect, test } from 'vitest';
import { PdfPictures } from '../pdfPictures.ts';
import { stripsOf } from './filteredRows.ts';
import { pdfDocument } from './pdfDocument.ts';
import { pdfImage } from './pdfImage.ts';
import { crc32, encodePng } from './png.ts';
import { TiledPicture } from './tiledPicture.ts';

type Pixels = Pick<ImageData, 'width' | 'height' | 'data'>;

const SOME = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.boolean(), fc.integer())
  .map(([width, height, opaque, seed]) => ({ width, height, opaque, data: noise(width, height, opaque, seed) }));

/** Pixels that are everywhere different, but for some that are alike. */
function noise(width: number, height: number, opaque: boolean, seed: number): Uint8ClampedArray<ArrayBuffer> {
  let state = seed >>> 0;
  return Uint8ClampedArray.from({ length: 4 * width * height }, (_, k) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    if (k % 4 === 3 && opaque) return 255;
    return k % 64 < 32 ? 200 : state >>> 24;
  });
}

/** Undo what a PNG or a PDF does with rows, as its specification says (PNG 9.2): all five filters. */
function unfiltered(packed: Uint8Array, width: number, channels: number): number[] {
  const rows = inflateSync(packed);
  const row = channels * width;
  const pixels: number[] = [];
  for (let y = 0; y * (row + 1) < rows.length; y++) {
    const filter = rows[y * (row + 1)]!;
    for (let k = 0; k < row; k++) {
      const at = y * row + k;
      const left = k >= channels ? pixels[at - channels]! : 0;
      const up = y > 0 ? pixels[at - row]! : 0;
      const corner = k >= channels && y > 0 ? pixels[at - row - channels]! : 0;
      const plane = left + up - corner;
      const [a, b, c] = [left, up, corner].map((value) => Math.abs(plane - value)) as [number, number, number];
      const paeth = a <= b && a <= c ? left : b <= c ? up : corner;
      const guess = [0, left, up, (left + up) >> 1, paeth][filter]!;
      pixels.push((rows[y * (row + 1) + 1 + k]! + guess) & 255);
    }
  }
  return pixels;
}

function channelsOf(data: Uint8ClampedArray, kept: (k: number) => boolean): number[] {
  return [...data].filter((_, k) => kept(k % 4));
}

describe('PNG', () => {
  test('the sum is that of the standard', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  });

  test('a picture says its dots a metre right behind its header, and its pixels are those given', async () => {
    await fc.assert(
      fc.asyncProperty(SOME, async ({ width, height, opaque, data }) => {
        const source = { width, height, opaque, strips: stripsOf(data, width) };
        const png = Buffer.from(await (await encodePng(source, 600)).arrayBuffer());
        expect(png.toString('latin1', 1, 4)).toBe('PNG');
        const chunks: { name: string; content: Buffer }[] = [];
        for (let at = 8; at < png.length; ) {
          const length = png.readUInt32BE(at);
          const content = png.subarray(at + 8, at + 8 + length);
          expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(png.subarray(at + 4, at + 8 + length)));
          chunks.push({ name: png.toString('latin1', at + 4, at + 8), content });
          at += length + 12;
        }
        expect(chunks.map(({ name }) => name)).toEqual(['IHDR', 'pHYs', 'IDAT', 'IEND']);
        const [header, physical, rows] = chunks.map(({ content }) => content) as [Buffer, Buffer, Buffer];
        expect([header.readUInt32BE(0), header.readUInt32BE(4), header[8], header[9]]).toEqual([
          width,
          height,
          8,
          opaque ? 2 : 6,
        ]);
        expect([physical.readUInt32BE(0), physical.readUInt32BE(4), physical[8]]).toEqual([23_622, 23_622, 1]);
        expect(unfiltered(rows, width, opaque ? 3 : 4)).toEqual(channelsOf(data, (k) => k < 3 || !opaque));
      }),
      { seed: 1, numRuns: 40 },
    );
  });
});

describe('picture of tiles', () => {
  test('tiles of any size make the whole, and what hangs over its edges is cut off', async () => {
    await fc.assert(
      fc.asyncProperty(SOME, fc.integer({ min: 1, max: 17 }), async ({ width, height, data }, side) => {
        const shown = { width: Math.max(1, width - 3), height: Math.max(1, height - 2) };
        const picture = new TiledPicture({ ...shown, opaque: false });
        for (let y = 0; y < height; y += side) {
          for (let x = 0; x < width; x += side) picture.add(partOf({ width, height, data }, x, y, side), x - 1, y - 1);
        }
        const pixels = new Uint8Array(await picture.finish().pixels.arrayBuffer());
        for (let y = 0; y < Math.min(shown.height, height - 1); y++) {
          for (let x = 0; x < Math.min(shown.width, width - 1); x++) {
            const [at, from] = [4 * (y * shown.width + x), 4 * ((y + 1) * width + x + 1)];
            expect(pixels.subarray(at, at + 4)).toEqual(new Uint8Array(data.subarray(from, from + 4)));
          }
        }
      }),
      { seed: 2, numRuns: 40 },
    );
  });

  test('where nothing is to be seen through it, nothing is', async () => {
    const picture = new TiledPicture({ width: 1, height: 1, opaque: true });
    picture.add({ width: 1, height: 1, data: Uint8ClampedArray.of(1, 2, 3, 100) }, 0, 0);
    expect([...new Uint8Array(await picture.finish().pixels.arrayBuffer())]).toEqual([1, 2, 3, 255]);
  });
});

function partOf({ width, height, data }: Pixels, left: number, top: number, side: number): Pixels {
  const size = { width: Math.min(side, width - left), height: Math.min(side, height - top) };
  const rows = Array.from({ length: size.height }, (_, y) => {
    const from = 4 * ((top + y) * width + left);
    return [...data.subarray(from, from + 4 * size.width)];
  });
  return { ...size, data: Uint8ClampedArray.from(rows.flat()) };
}

test('a PDF holds pictures of exactly the pixels given, and its table says where each object is', async () => {
  const sizes = [
    { width: 31, height: 17, opaque: true },
    { width: 8, height: 40, opaque: false },
  ];
  const drawn = sizes.map((size, k) => ({ ...size, data: noise(size.width, size.height, size.opaque, k) }));
  const pdf = new jsPDF({ unit: 'pt', format: [200, 300] });
  const pictures = new PdfPictures(pdf);
  for (const { data, ...size } of drawn) {
    pictures.place(await pdfImage({ ...size, pixels: new Blob([data]) }), { x: 10, y: 20, width: 100, height: 50 });
  }
  pdf.text('words', 10, 290);
  const file = Buffer.from(await (await pdfDocument(pictures.parts())).arrayBuffer());
  const text = file.toString('latin1');
  const objects = objectsOf(text);
  const images = [...objects.values()].filter(
    (object) => object.includes('/Subtype /Image') && !object.includes('Gray'),
  );
  expect(images).toHaveLength(2);
  for (const [k, { width, height, opaque, data }] of drawn.entries()) {
    const image = images[k]!;
    expect(image).toContain(`/Width ${width} /Height ${height}`);
    expect(unfiltered(streamOf(image), width, 3)).toEqual(channelsOf(data, (c) => c < 3));
    const [, mask] = /\/SMask (\d+) 0 R/.exec(image) ?? [];
    expect(mask === undefined).toBe(opaque);
    if (mask)
      expect(unfiltered(streamOf(objects.get(Number(mask))!), width, 1)).toEqual(channelsOf(data, (c) => c === 3));
  }
  const page = [...objects.values()].find((object) => /^\d+ 0 obj\n<<\n?\/(Length|Filter)/.test(object))!;
  const content = inflateSync(streamOf(page)).toString('latin1');
  expect(content).toContain('q 100.0000 0.0000 0.0000 50.0000 10.0000 230.0000 cm /Picture0 Do Q');
  const named = [...text.matchAll(/\/Picture(\d) (\d+) 0 R/g)].map(([, , number]) => objects.get(Number(number)));
  expect(named).toEqual(images);
});

/** Objects of a PDF by their numbers, found where its table says. */
function objectsOf(text: string): Map<number, string> {
  const at = Number(/startxref\n(\d+)\n%%EOF$/.exec(text)![1]);
  const table = /^xref\n0 (\d+)\n((?:\d{10} \d{5} [nf] \n)+)trailer/.exec(text.slice(at))!;
  const rows = table[2]!.split('\n').slice(0, -1);
  expect(rows).toHaveLength(Number(table[1]));
  return new Map(
    rows.slice(1).map((row, k) => {
      const from = Number(row.slice(0, 10));
      expect(text.slice(from)).toMatch(new RegExp(`^${k + 1} 0 obj\n`));
      return [k + 1, text.slice(from, text.indexOf('endobj', from))];
    }),
  );
}

function streamOf(object: string): Buffer {
  const length = Number(/\/Length (\d+)/.exec(object)![1]);
  const from = object.indexOf('stream\n') + 'stream\n'.length;
  expect(object.slice(from + length)).toMatch(/^\nendstream\n$/);
  return Buffer.from(object.slice(from, from + length), 'latin1');
}
