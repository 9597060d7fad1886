import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { makeCell } from '#data/cell.ts';
import { Control } from '#data/control.ts';
import type { Snapshot } from '#data/snapshot.ts';
import { writeChemiscope } from '#formats/chemiscope/write.ts';
import { blobSource } from '#formats/format.ts';
import { readMatrix } from '#formats/npy/readMatrix.ts';
import { writeNpy } from '#formats/npy/write.ts';
import { openProjectFile } from '#project/projectFile.ts';
import { ALL_PATIENCE_MS, CASES, OPTIONS, outcomeOf, resultOf } from './outcome.ts';

type Made = Uint8Array<ArrayBuffer>;
type Edit = (bytes: Made) => Made;

const part = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const at = (where: number, length: number) => Math.min(Math.max(0, length - 1), Math.floor(where * length));
const joined = (...pieces: Uint8Array[]) => new Uint8Array(Buffer.concat(pieces));
/** Numbers of eight bytes that have sunk many a reader. */
const BAD = [Number.NaN, Number.POSITIVE_INFINITY, -1, 0, 1e308, 5e-324, 2 ** 53, -0].map(
  (value) => new Uint8Array(Float64Array.of(value).buffer),
);
const COUNTS = [0n, -1n, 1n << 31n, 1n << 62n, 0x7fff_ffffn].map(
  (value) => new Uint8Array(BigInt64Array.of(value).buffer),
);

/** Everything that happens to bytes between one machine and another; hostile numbers too. */
const EDITS: fc.Arbitrary<Edit> = fc.oneof(
  part.map(
    (where): Edit =>
      (bytes) =>
        bytes.slice(0, at(where, bytes.length)),
  ),
  part.map(
    (where): Edit =>
      (bytes) =>
        bytes.slice(at(where, bytes.length)),
  ),
  fc.tuple(part, fc.integer({ min: 0, max: 255 })).map(
    ([where, byte]): Edit =>
      (bytes) => {
        const changed = bytes.slice();
        changed[at(where, bytes.length)] = byte;
        return changed;
      },
  ),
  // The beginning holds what says how long everything else is.
  fc.tuple(fc.nat(160), fc.integer({ min: 0, max: 255 })).map(
    ([k, byte]): Edit =>
      (bytes) => {
        const changed = bytes.slice();
        if (k < changed.length) changed[k] = byte;
        return changed;
      },
  ),
  fc.tuple(part, fc.constantFrom(...BAD, ...COUNTS), fc.boolean()).map(
    ([where, eight, aligned]): Edit =>
      (bytes) => {
        const changed = bytes.slice();
        const k = at(where, Math.max(1, bytes.length - 8));
        if (bytes.length >= 8) changed.set(eight, aligned ? k - (k % 4) : k);
        return changed;
      },
  ),
  fc.tuple(part, part).map(
    ([a, b]): Edit =>
      (bytes) => {
        const [from, to] = [at(Math.min(a, b), bytes.length), at(Math.max(a, b), bytes.length)];
        return joined(bytes.subarray(0, from), bytes.subarray(to));
      },
  ),
  fc.tuple(part, part).map(
    ([a, b]): Edit =>
      (bytes) => {
        const [from, to] = [at(Math.min(a, b), bytes.length), at(Math.max(a, b), bytes.length)];
        return joined(bytes.subarray(0, to), bytes.subarray(from));
      },
  ),
  fc.constant<Edit>((bytes) => joined(bytes, bytes)),
  fc.constant<Edit>((bytes) => bytes.slice().reverse()),
  fc.uint8Array({ maxLength: 300 }).map(
    (made): Edit =>
      () =>
        made.slice() as Made,
  ),
);

/** One or two of them. */
const MUTATION = fc.tuple(EDITS, fc.option(EDITS, { freq: 3 })).map(
  ([first, second]): Edit =>
    (bytes) =>
      second ? second(first(bytes)) : first(bytes),
);

/** Every number of eight bytes that stands anywhere in a file. */
function numbersIn(bytes: Made): ReadonlySet<number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = new Set<number>();
  for (let k = 0; k + 8 <= bytes.length; k++) {
    found.add(view.getFloat64(k, true));
    found.add(view.getFloat64(k, false));
  }
  return found;
}

function expectSane(snapshot: Snapshot): void {
  expect(snapshot.position).toHaveLength(3 * snapshot.count);
  expect(snapshot.position.every(Number.isFinite)).toBe(true);
  expect(new Set(snapshot.ids).size).toBe(snapshot.count);
  expect([...snapshot.cell.vectors, ...snapshot.cell.origin].every(Number.isFinite)).toBe(true);
}

/** Runs the cases of one reader; `check` gets what was read. A test that refuses everything would show nothing. */
async function fuzz(original: Made, check: (bytes: Made) => Promise<'read' | 'refused'>): Promise<void> {
  let read = 0;
  await fc.assert(
    fc.asyncProperty(MUTATION, async (mutate) => {
      if ((await check(mutate(original))) === 'read') read++;
    }),
    OPTIONS,
  );
  expect(read).toBeGreaterThan(CASES / 50);
}

describe('LAMMPS binary dumps', () => {
  const fixture = (name: string) =>
    new Uint8Array(readFileSync(new URL(`../../src/formats/lammpsBinary/fixtures/${name}`, import.meta.url)));

  test.each(['custom.bin', 'triclinic.bin'])(
    '%s: no number is read that does not stand in the file',
    async (name) => {
      await fuzz(fixture(name), async (bytes) => {
        const outcome = await outcomeOf(bytes);
        if (typeof outcome === 'string') return 'refused';
        expectSane(outcome);
        const said = numbersIn(bytes);
        for (const id of outcome.ids) expect(said.has(id), `id ${id}`).toBe(true);
        for (const { name: column, array } of outcome.columns) {
          for (const value of array) expect(said.has(value) || Number.isNaN(value), `${column} ${value}`).toBe(true);
        }
        return 'read';
      });
    },
    ALL_PATIENCE_MS,
  );
});

describe('chemiscope JSON', () => {
  const count = 54;
  const text = [
    ...writeChemiscope({
      name: 'made',
      description: 'by a formula',
      references: [],
      names: Array<string>(count).fill('Fe'),
      position: Float64Array.from({ length: 3 * count }, (_, k) => Math.round(1e4 * Math.sin(k) * 4) / 1e4 + 4),
      cell: makeCell([9, 0, 0, 0, 9, 0, 0, 0, 9], [0, 0, 0], [true, true, true]),
      centres: Uint32Array.from({ length: count }, (_, k) => k),
      cutoff: 4,
      properties: { energy: { units: 'eV', values: Float64Array.from({ length: count }, (_, k) => -k / 8) } },
      map: {},
    }),
  ].join('');

  test(
    'what is read is what JSON says',
    async () => {
      await fuzz(new TextEncoder().encode(text), async (bytes) => {
        const outcome = await outcomeOf(bytes);
        if (typeof outcome === 'string') return 'refused';
        // A file of another format may have come of it, but not from these edits.
        expect(outcome.source.format).toBe('chemiscope');
        expectSane(outcome);
        const said = JSON.parse(new TextDecoder().decode(bytes)) as {
          structures: Record<'x' | 'y' | 'z', number[]>[];
          properties?: Record<string, { values: (number | null)[] }>;
        };
        const { x, y, z } = said.structures.at(-1)!;
        const [ox, oy, oz] = [...outcome.cell.origin];
        for (let row = 0; row < outcome.count; row++) {
          const found = [...outcome.position.subarray(3 * row, 3 * row + 3)];
          expect(found.map((value, k) => value - [ox!, oy!, oz!][k]! + [ox!, oy!, oz!][k]!)).toEqual([
            x[row],
            y[row],
            z[row],
          ]);
        }
        return 'read';
      });
    },
    ALL_PATIENCE_MS,
  );
});

describe('matrices of descriptors', () => {
  const values = Float64Array.from({ length: 40 }, (_, k) => Math.sin(k));
  const npy = new Uint8Array(Buffer.concat([...writeNpy('float64', [10, 4], [values])]));
  const read = (bytes: Made) =>
    resultOf((memory) =>
      readMatrix(blobSource(new Blob([bytes]), 'a.npy'), () => (row) => row, { memory, control: new Control() }),
    );

  test(
    '.npy: every number stands in the file',
    async () => {
      await fuzz(npy, async (bytes) => {
        const matrix = await read(bytes);
        if (typeof matrix === 'string') return 'refused';
        expect(matrix.values).toHaveLength(matrix.rows * matrix.columns);
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        const said = new Set([...numbersIn(bytes)].map(Math.fround));
        for (let k = 0; k + 4 <= bytes.length; k++)
          for (const little of [true, false]) said.add(view.getFloat32(k, little));
        for (const value of matrix.values) expect(said.has(value)).toBe(true);
        return 'read';
      });
    },
    ALL_PATIENCE_MS,
  );

  test(
    '.npz: its sums hold what is in it, so it is as it was or refused',
    async () => {
      const archive = zipSync({
        'soap.npy': npy,
        'id.npy': new Uint8Array(
          Buffer.concat([...writeNpy('uint32', [10], [Uint32Array.from({ length: 10 }, (_, k) => k + 1)])]),
        ),
      });
      const whole = (await read(archive as Made)) as { values: Float32Array };
      expect([...whole.values]).toEqual([...values].map(Math.fround));
      await fuzz(archive as Made, async (bytes) => {
        const matrix = await read(bytes);
        if (typeof matrix === 'string') return 'refused';
        expect([...matrix.values]).toEqual([...whole.values]);
        return 'read';
      });
    },
    ALL_PATIENCE_MS,
  );
});

describe('projects', () => {
  const whole = new Uint8Array(readFileSync(new URL('../fixtures/projects/schema-1.grainscope', import.meta.url)));

  test(
    'open as they were saved, or are refused',
    async () => {
      await fuzz(whole, async (bytes) => {
        const project = await resultOf((memory) => openProjectFile(new Blob([bytes]), 'a.grainscope', memory));
        if (typeof project === 'string') return 'refused';
        const { results } = project.session;
        expect(results.snapshot.snapshot.count).toBe(250);
        expect([...results.select!.rows]).toEqual([52, 205, 128, 39, 116, 186, 206, 54]);
        expect(results.model!.energy).toHaveLength(250);
        return 'read';
      });
    },
    ALL_PATIENCE_MS,
  );
});
