import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { MemoryLedger } from '#data/buffers.ts';
import { makeCell } from '#data/cell.ts';
import { buildCellList } from '#kernels/cellList/cellList.ts';
import { NeighbourFinder } from '#kernels/cellList/neighbours.ts';
import { FE_GB_2K } from '#tests/fixture.ts';
import { loadDump } from '#tests/loadDump.ts';
import { hasShared, needsShared, sharedPath } from '#tests/shared.ts';
import { PAPER_PARAMETERS, type SoapParameters, soapDimension } from './parameters.ts';
import { makeRadialBasis, neighbourWeight, radialFunctions } from './radialBasis.ts';
import { makeReferenceSoap } from './reference.ts';
import { TabulatedSoap } from './tabulated.ts';
import { makeSingleSimd } from './testSupport.ts';

const GOLDEN = fileURLToPath(new URL('./golden/', import.meta.url));
const FIXTURES = fileURLToPath(new URL('.', FE_GB_2K));

interface Golden {
  descriptor_str: string;
  dim: number;
  rows: number;
  /** Of a small crystal or cluster. */
  positions?: number[][];
  cell_rows?: number[][];
  centres?: number[];
  /** Of a snapshot. */
  source?: string;
  row_atom_id?: number[];
}

const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

/** The parameters that GAP was given, from its own string. */
function parametersOf(text: string): SoapParameters {
  const value = (key: string) => text.match(new RegExp(`\\b${key}=(\\S+)`))![1]!;
  return {
    ...PAPER_PARAMETERS,
    nMax: Number(value('n_max')),
    lMax: Number(value('l_max')),
    cutoff: Number(value('cutoff')),
    atomSigma: Number(value('atom_sigma')),
    normalise: !text.includes('normalise=F'),
  };
}

/** Largest relative L2 deviation of a row, for the reference and for its twins. */
function compare(folder: string, name: string, dataFolder: string) {
  const golden: Golden = readJson(`${folder}${name}.json`);
  const expected = new Float64Array(new Uint8Array(readFileSync(`${folder}${name}.f64`)).buffer);
  const parameters = parametersOf(golden.descriptor_str);
  const { position, cell, ids } = golden.source
    ? loadDump(`${dataFolder}${golden.source}`)
    : { position: Float64Array.from(golden.positions!.flat()), cell: makeCell(golden.cell_rows!.flat()), ids: null };
  const centres = ids ? golden.row_atom_id!.map((id) => ids.indexOf(id)) : golden.centres!;
  const list = buildCellList(position, cell, 2, new MemoryLedger());
  const placeOfRow = new Uint32Array(list.count);
  list.rowOfPlace.forEach((row, place) => {
    placeOfRow[row] = place;
  });
  const finder = new NeighbourFinder(list);
  const reference = makeReferenceSoap(parameters);
  const tabulated = new TabulatedSoap(parameters);
  const simd = makeSingleSimd(parameters);
  const fast = new Float64Array(golden.dim);
  const worst = { reference: 0, tabulated: 0, simd: 0 };
  expect(expected.length).toBe(centres.length * golden.dim);
  expect(tabulated.dimension).toBe(golden.dim);
  for (const [k, centre] of centres.entries()) {
    finder.findWithin(placeOfRow[centre]!, parameters.cutoff);
    const row = expected.subarray(k * golden.dim, (k + 1) * golden.dim);
    tabulated.describe(finder, fast, 0);
    worst.tabulated = Math.max(worst.tabulated, relativeL2(fast, row));
    worst.reference = Math.max(worst.reference, relativeL2(reference(displacementsOf(finder)), row));
    worst.simd = Math.max(worst.simd, relativeL2(simd(finder), row));
  }
  return worst;
}

function displacementsOf(finder: NeighbourFinder): Float64Array {
  return Float64Array.from({ length: finder.count * 3 }, (_, k) => {
    const j = Math.floor(k / 3);
    return [finder.dx[j]!, finder.dy[j]!, finder.dz[j]!][k % 3]!;
  });
}

function relativeL2(found: Float64Array, expected: Float64Array): number {
  const norm = Math.hypot(...expected);
  return Math.hypot(...found.map((value, i) => value - expected[i]!)) / norm;
}

function goldenNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.f64'))
    .map((file) => file.slice(0, -4));
}

const overall = { reference: 0, tabulated: 0, simd: 0 };
function judge(worst: typeof overall) {
  overall.reference = Math.max(overall.reference, worst.reference);
  overall.tabulated = Math.max(overall.tabulated, worst.tabulated);
  overall.simd = Math.max(overall.simd, worst.simd);
  expect(worst.reference).toBeLessThan(1e-13);
  expect(worst.tabulated).toBeLessThan(1e-9);
  expect(worst.simd).toBeLessThan(2e-6);
}

describe('SOAP against GAP', () => {
  const here = goldenNames(GOLDEN);
  test.each(here)('%s', (name) => judge(compare(GOLDEN, name, FIXTURES)));

  const folder = sharedPath('reference/soap/');
  const large = hasShared ? goldenNames(folder).filter((name) => !here.includes(name)) : [];
  test.skipIf(!hasShared)(needsShared('snapshots of 2k and 16k atoms, relaxed and at 1400 K'), () => {
    expect(large.length).toBeGreaterThan(0);
    for (const name of large) judge(compare(folder, name, sharedPath('data/')));
  });

  test('the worst deviation over all of them', () => {
    console.info(
      `SOAP against GAP, worst relative L2: reference ${overall.reference.toExponential(1)}, ` +
        `tabulated ${overall.tabulated.toExponential(1)}, float32 ${overall.simd.toExponential(1)}`,
    );
    expect(overall.tabulated).toBeGreaterThan(0);
    expect(overall.simd).toBeGreaterThan(0);
  });
});

test('the radial basis agrees with the reference set-up to 1e-12', () => {
  const golden: { nodes: number[]; L: number[][]; T: number[][]; r_samples: number[]; G: number[][][] } = readJson(
    `${GOLDEN}radial_sigma0.5.json`,
  );
  const basis = makeRadialBasis(PAPER_PARAMETERS);
  const { nMax, lMax } = basis;
  const G = golden.r_samples.flatMap((r) => {
    const values = new Float64Array((lMax + 1) * nMax);
    radialFunctions(basis, r, values);
    return [...values.map((value) => value * neighbourWeight(PAPER_PARAMETERS, r))];
  });
  const transposed = golden.T[0]!.flatMap((_, n) => golden.T.map((row) => row[n]!));
  const worst = [
    maxDeviation(basis.nodes, golden.nodes),
    maxDeviation(basis.cholesky, golden.L.flat()),
    maxDeviation(basis.transform, transposed),
    maxDeviation(G, golden.G.flat(2)),
  ];
  console.info(`radial basis, worst deviation of nodes, L, M, G: ${worst.map((w) => w.toExponential(1)).join(', ')}`);
  for (const deviation of worst) expect(deviation).toBeLessThan(1e-12);
  expect(soapDimension(PAPER_PARAMETERS)).toBe(386);
});

/** Largest absolute deviation relative to the largest magnitude. */
function maxDeviation(found: ArrayLike<number>, expected: readonly number[]): number {
  expect(found.length).toBe(expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(found[i]! - value))) / scale;
}
