import { type EnergyKind, kindWords } from '#campaign/energyEntry.ts';
import { STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { comparedWords } from '#pipeline/compareTypes.ts';
import type { StageName } from '#pipeline/parameters.ts';
import type { DescriptorFile } from '#pipeline/readDescriptors.ts';
import type { StageSummaries } from '#pipeline/summaries.ts';
import { bytes, count, decimal, energy, percent, plural, significant } from './numbers.ts';

/** What a step is for, in one line: shown until it has a result. */
export const PURPOSE: Readonly<Record<StageName, string>> = {
  snapshot: 'Atoms, cell and columns of one frame',
  structure: 'Type and coordination of every atom',
  descriptor: 'The neighbourhood of every atom in numbers',
  pool: 'Leading principal components of all atoms',
  select: 'The atoms whose energies help most',
  replicas: 'A small periodic cell around each pick',
  energies: 'Computed energies, or a column as stand-in',
  model: 'Energy and uncertainty of every atom',
};

type ResultWords = { readonly [S in StageName]: (summary: StageSummaries[S]) => string };

const RESULT: ResultWords = {
  snapshot: ({ count: atoms, frameCount, frame, species }) => {
    const symbols = species.filter((symbol) => symbol !== null);
    const elements = symbols.length > 0 ? ` ${[...new Set(symbols)].join(', ')}` : '';
    return `${count(atoms)}${elements} atoms${frameCount > 1 ? `, frame ${count(frame + 1)} of ${count(frameCount)}` : ''}`;
  },
  structure: ({ counts }) => structureShares(counts),
  descriptor: ({ dimension, explainedRatio: [first, second] }) =>
    `${count(dimension)} numbers an atom; PC1 ${percent(first)}, PC2 ${percent(second)}`,
  pool: ({ components, explained }) => `${plural(components, 'component')}, ${percent(explained, 2)} of the variance`,
  select: ({ ids, testIds, candidates }) =>
    `${plural(ids.length, 'atom')} of ${count(candidates)}${testIds.length > 0 ? `, ${count(testIds.length)} for tests` : ''}`,
  replicas: ({ jobs, meanKept }) => `${plural(jobs.length, 'cell')}, ${decimal(meanKept, 1)} atoms each on average`,
  energies: ({ labelled, source, kinds, missing }) =>
    `${plural(labelled, 'energy', 'energies')} from ${source}${kindsWords(kinds)}${missing.length > 0 ? `, ${count(missing.length)} missing` : ''}`,
  model: ({ rmse, maxAbsError, leaveOneOutRmse }) =>
    rmse === null
      ? `Leave-one-out RMSE ${energy(leaveOneOutRmse)}`
      : `RMSE ${energy(rmse)}, max |error| ${energy(maxAbsError)}`,
};

/** " (CP2K, Mulliken)"; nothing where nobody says. */
function kindsWords(kinds: readonly EnergyKind[]): string {
  const said = kinds.filter(({ code, partition }) => code !== '' || partition !== 'unstated');
  return said.length > 0 ? ` (${said.map(kindWords).join('; ')})` : '';
}

/** The result of a step in one line. */
export function resultWords<S extends StageName>(stage: S, summary: StageSummaries[S]): string {
  return RESULT[stage](summary);
}

/** Label and number of a detail, for the list in an open step. */
export type Detail = readonly [label: string, value: string];

const DETAILS: { readonly [S in StageName]: (summary: StageSummaries[S]) => Detail[] } = {
  snapshot: ({ format, byteLength, timestep, vectors, periodic, columns }) => [
    ['Format', `${format}, ${bytes(byteLength)}`],
    ...(timestep === null ? [] : [['Time step', count(timestep)] as const]),
    ['Cell', `${edgeLengths(vectors)} Å`],
    ['Periodic', periodicWords(periodic)],
    ['Columns', columns.length > 0 ? columns.join(', ') : 'none beyond positions'],
  ],
  structure: ({ latticeConstant, compared }) => [
    ['Lattice constant', latticeConstant === null ? 'no BCC atoms' : `${decimal(latticeConstant, 4)} Å`],
    ...(compared ? [["File's types", comparedWords(compared)] as const] : []),
  ],
  descriptor: ({ totalVariance, arithmetic, file }) => [
    ['Total variance', significant(totalVariance)],
    ['Arithmetic', arithmetic],
    ...(file ? descriptorFileWords(file) : []),
  ],
  pool: () => [],
  select: ({ features, barred }) => [
    ['Features', `${count(features)}: before ${count(features)} picks the total is no error estimate`],
    ...barred.map(({ reason, count: atoms }) => [`No candidates`, `${count(atoms)}: ${reason}`] as const),
  ],
  replicas: ({ meanCut, meanKept, shortestSeamDistance }) => [
    ['Cut, then kept', `${decimal(meanCut, 1)}, ${decimal(meanKept, 1)} atoms`],
    ['Shortest seam', shortestSeamDistance === null ? 'none' : `${decimal(shortestSeamDistance, 2)} Å`],
  ],
  energies: ({ bulkEnergy, bulkSource }) => [['Bulk energy', `${decimal(bulkEnergy, 4)} eV, ${bulkSource}`]],
  model: ({ trained, lambda, noise, leaveOneOutRmse, evaluatedOn, evaluated }) => [
    ['Trained on', plural(trained, 'atom')],
    ['Errors over', evaluated > 0 ? `${evaluatedOn} (${count(evaluated)})` : evaluatedOn],
    ['Leave-one-out', energy(leaveOneOutRmse)],
    ['Noise s', noise === null ? 'too few training atoms' : energy(noise)],
    ['λ', significant(lambda)],
  ],
};

function descriptorFileWords({ name, rows, columns, numbers, order }: DescriptorFile): Detail[] {
  return [
    ['Matrix', `${name}, ${count(rows)} × ${count(columns)} (${numbers}), kept as float32`],
    ['Its rows', order],
  ];
}

export function detailWords<S extends StageName>(stage: S, summary: StageSummaries[S]): Detail[] {
  return DETAILS[stage](summary);
}

/** "BCC 50.8 %, OTH 49.0 %, FCC 0.2 %", largest first; types that do not occur are left out. */
function structureShares(counts: readonly number[]): string {
  const total = counts.reduce((sum, value) => sum + value, 0);
  return STRUCTURE_TYPES.map(({ code, label }) => ({ label, atoms: counts[code] ?? 0 }))
    .filter(({ atoms }) => atoms > 0)
    .sort((a, b) => b.atoms - a.atoms)
    .map(({ label, atoms }) => `${label} ${percent(atoms / total)}`)
    .join(', ');
}

function edgeLengths(vectors: readonly number[]): string {
  const edge = (k: number) => Math.hypot(vectors[3 * k]!, vectors[3 * k + 1]!, vectors[3 * k + 2]!);
  return [0, 1, 2].map((k) => decimal(edge(k), 1)).join(' × ');
}

function periodicWords(periodic: readonly boolean[]): string {
  const axes = ['a', 'b', 'c'].filter((_, k) => periodic[k]);
  if (axes.length === 3) return 'in all directions';
  return axes.length === 0 ? 'in no direction' : `along ${axes.join(', ')}`;
}
