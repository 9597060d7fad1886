import { kindWords } from '#campaign/energyEntry.ts';
import { PROGRAM } from '#data/version.ts';
import type { Parameters } from '#pipeline/parameters.ts';
import type { StageSummaries } from '#pipeline/summaries.ts';

/** What was computed so far; the sentences of what was not are left out. */
export type MethodsInput = {
  readonly [S in keyof StageSummaries]?: StageSummaries[S] | undefined;
} & { readonly parameters: Parameters };

const CRITERION: Readonly<Record<string, string>> = {
  ur: 'by uncertainty reduction [1]: each is the one that most lowers the prediction variance of the linear model summed over all atoms (Eq. 10 there)',
  posterior:
    'one after the other so that the posterior variance of the linear model, summed over all atoms, falls most',
  random1: 'at random among the atoms that are not BCC (Random 1 of [1])',
  random2: 'at random, a fixed part of them BCC (Random 2 of [1])',
  random: 'at random among all atoms',
};

const REFERENCES = [
  '[1] T. Tamura and M. Karasuyama, arXiv:1912.04596.',
  '[2] A. Stukowski, Structure identification methods for atomistic simulations of crystalline materials, Modelling Simul. Mater. Sci. Eng. 20, 045021 (2012).',
  '[3] A. P. Bartók, R. Kondor and G. Csányi, On representing chemical environments, Phys. Rev. B 87, 184115 (2013).',
];

/** A paragraph for the methods section, with the parameters and the numbers of this run, and its references. */
export function methodsParagraph({ parameters, ...found }: MethodsInput): string {
  const { snapshot, structure, descriptor, pool, select, replicas, energies, model } = found;
  if (!snapshot) return '';
  const p = parameters;
  const sentences = [
    `The model has ${atoms(snapshot.count)}.`,
    structure && 'Every atom was classified by adaptive common neighbour analysis [2].',
    descriptor?.file &&
      `Neighbourhoods were described by ${descriptor.dimension} numbers an atom, read from ${descriptor.file.name} (SHA-256 ${descriptor.file.sha256}).`,
    descriptor &&
      !descriptor.file &&
      `Neighbourhoods were described by SOAP [3] (n_max = ${p.nMax}, l_max = ${p.lMax}, cutoff ${p.cutoff} Å, Gaussian width ${p.sigma} Å; ${descriptor.dimension} numbers an atom).`,
    pool &&
      `Principal component analysis over all atoms reduced them to ${pool.components} components with ${(100 * pool.explained).toFixed(2)} % of the variance.`,
    select &&
      `${select.ids.length} atoms were picked ${CRITERION[select.criterion] ?? `by ${select.criterion}`}, among ${atoms(select.candidates)}, with λ = ${p.lambda.toExponential().replace('e-', ' × 10^−').replace('e+', ' × 10^')}, seed ${p.seed}.`,
    select &&
      select.testIds.length > 0 &&
      `${select.testIds.length} test atoms, at most ten for each coordination number from 11 to 18, were barred from the picks.`,
    replicas &&
      `Around each, a cube of ${p.replicaEdge} Å was cut out and repeated periodically; of pairs nearer than ${p.minDistance} Å across the new faces the atom farther from the centre was left out (on average ${replicas.meanKept.toFixed(1)} of ${replicas.meanCut.toFixed(1)} atoms stay).`,
    energies &&
      `Atomic energies are from ${[energies.source, ...energies.kinds.map(kindWords)].join(', ')}, relative to the bulk (${energies.bulkEnergy.toFixed(4)} eV).`,
    model &&
      `A linear model of the components with a constant was fitted to ${model.trained} energies by ridge regression (λ = ${model.lambda.toPrecision(2)}).`,
    model?.withLeftOut && `${model.withLeftOut.trained - model.trained} energies were left out by hand.`,
    model &&
      model.rmse !== null &&
      model.maxAbsError !== null &&
      `Over ${model.evaluatedOn} (${model.evaluated.toLocaleString('en-GB')}) its root mean square error is ${meV(model.rmse)} and its largest error ${meV(model.maxAbsError)}.`,
    `All was computed with ${PROGRAM.name} ${PROGRAM.version}.`,
  ].filter((sentence) => typeof sentence === 'string');
  const paragraph = sentences.join(' ');
  const cited = REFERENCES.filter((reference) => paragraph.includes(reference.slice(0, 3)));
  return [paragraph, ...cited].join('\n\n');
}

function atoms(count: number): string {
  return `${count.toLocaleString('en-GB')} atoms`;
}

function meV(energy: number): string {
  return `${(1000 * energy).toFixed(1)} meV`;
}
