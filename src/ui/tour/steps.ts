import { BCC, STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { findCriterion } from '#kernels/selection/index.ts';
import type { StageName } from '#pipeline/parameters.ts';
import type { ErrorCurve, StageSummaries } from '#pipeline/summaries.ts';
import { WHOLE_MODEL } from '#state/slices/clips.ts';
import type { Store } from '#state/store.ts';
import type { ViewState } from '#state/viewState.ts';
import { count, decimal, energy, percent, plural } from '../words/numbers.ts';

export interface TourStep {
  readonly title: string;
  /** What has to be computed before there is something to see and to say. */
  readonly needs: StageName;
  /** Where it differs from `PLAIN_VIEW`. */
  readonly view: Partial<ViewState>;
  /** Three sentences at most; every number in it was computed here. */
  text(store: Store): string;
}

/** What every step starts from. Palette, projection and scales stay as the speaker likes them. */
export const PLAIN_VIEW: Partial<ViewState> = {
  colourBy: 'structure.type',
  colourMap: 'viridis',
  hiddenTypes: [],
  ...WHOLE_MODEL,
  markChosen: false,
  plotTab: 'pca',
  plotComponents: [0, 1],
  plotColourBy: 'structure.type',
};

const NETWORK = [BCC];
/** Å; a dozen atomic planes. */
const SLICE = { ...WHOLE_MODEL.slice, on: true, thickness: 10 };

/** The argument of Tamura and Karasuyama, arXiv:1912.04596, in its order. */
export const TOUR: readonly TourStep[] = [
  {
    title: 'A random grain boundary model',
    needs: 'structure',
    view: {},
    text: (store) => {
      const { count: atoms, vectors } = summaryOf(store, 'snapshot');
      return `This is iron: ${count(atoms)} atoms in a cell of ${edges(vectors)} Å, several grains that meet without any regularity. Most boundaries of real materials are like that, and they take part in what makes a material strong or tough. The question is the energy of every single atom in them.`;
    },
  },
  {
    title: 'Where the boundaries are',
    needs: 'structure',
    view: { hiddenTypes: NETWORK },
    text: (store) => {
      const { counts } = summaryOf(store, 'structure');
      const total = sum(counts);
      const bcc = counts[BCC] ?? 0;
      return `Common neighbour analysis looks at the bonds around each atom: ${percent(bcc / total)} are BCC, the grains. They are hidden here, and the other ${count(total - bcc)} atoms appear as a network: ${others(counts)}. What has no name is OTH, the disordered boundary itself.`;
    },
  },
  {
    title: 'Why not DFT for all of them',
    needs: 'structure',
    view: { slice: SLICE },
    text: (store) =>
      `Density functional theory gives energies without empirical parameters, but its cost grows about as the cube of the number of atoms: a few hundred are everyday work, ${count(summaryOf(store, 'snapshot').count)} are out of reach. Yet an atom feels mostly its near neighbours, and neighbourhoods resemble one another. So compute a few atoms, and predict the rest from their neighbourhoods.`,
  },
  {
    title: 'A neighbourhood in numbers: SOAP',
    needs: 'descriptor',
    view: { colourBy: 'structure.coordination', slice: SLICE },
    text: (store) =>
      `Each atom is described by all neighbours within ${decimal(store.parameters.cutoff, 1)} Å, blurred and written as ${count(summaryOf(store, 'descriptor').dimension)} numbers that do not change when the crystal is turned. Structure types are five drawers; these numbers are a continuous scale. They were computed just now for all ${count(summaryOf(store, 'snapshot').count)} atoms.`,
  },
  {
    title: 'Few directions matter: PCA',
    needs: 'pool',
    view: { colourBy: 'pool.scores/0', colourMap: 'blueRed', slice: SLICE },
    text: (store) => {
      const { components, explained, explainedRatio } = summaryOf(store, 'pool');
      const [first, second] = explainedRatio;
      return `Principal components turn the axes to where the atoms differ most: the first holds ${percent(first)} of the variance, the second ${percent(second)}. ${plural(components, 'component')} are enough for ${percent(explained, 2)} of it. In the plane on the right every point is an atom; grains and boundaries lie apart, with a gradual passage between them.`;
    },
  },
  {
    title: 'A linear model',
    needs: 'pool',
    view: { colourBy: 'pool.scores/1', colourMap: 'blueRed', slice: SLICE },
    text: (store) => {
      const { components } = summaryOf(store, 'pool');
      const constant = store.parameters.intercept === 'fitted';
      const weights = components + (constant ? 1 : 0);
      return `The energy of an atom is taken as a weighted sum of its ${plural(components, 'component')}${constant ? ' and a constant' : ''}: ${plural(weights, 'weight')} to be learned from examples. For such a model, how uncertain a prediction is depends on where the examples lie, and not on their energies. So one can choose what to compute before anything is computed.`;
    },
  },
  {
    title: 'Choosing by uncertainty',
    needs: 'select',
    view: { markChosen: true, hiddenTypes: NETWORK, plotTab: 'pca' },
    text: (store) => {
      const { ids, candidates, criterion } = summaryOf(store, 'select');
      const label = findCriterion(criterion)?.label ?? criterion;
      const how =
        criterion === 'ur'
          ? 'Uncertainty reduction (UR) takes, one after the other, the atom that lowers the summed uncertainty of all predictions most.'
          : `The atoms were picked by ${label}; the paper does it by uncertainty reduction.`;
      return `${how} The rings mark the ${plural(ids.length, 'atom')} picked from ${count(candidates)} candidates. No energy was needed, so all calculations can run at the same time.`;
    },
  },
  {
    title: 'Small cells for a huge model',
    needs: 'replicas',
    view: { markChosen: true, slice: SLICE },
    text: (store) => {
      const { jobs, meanCut, meanKept } = summaryOf(store, 'replicas');
      const bulk = jobs.length > summaryOf(store, 'select').ids.length ? ', one of them for the bulk' : '';
      return `Around each chosen atom a cube of ${decimal(store.parameters.replicaEdge, 1)} Å is cut out and made periodic: ${count(jobs.length)} cells${bulk}. Of ${decimal(meanCut, 1)} atoms in a cube, ${decimal(meanKept, 1)} stay on average, because the new periodicity must not bring atoms too close. Only the energy of the atom in the middle is used.`;
    },
  },
  {
    title: 'The energies come back',
    needs: 'model',
    view: { colourBy: 'model.energy', hiddenTypes: NETWORK, plotTab: 'histogram' },
    text: (store) => {
      const { source, bulkEnergy, bulkSource } = summaryOf(store, 'energies');
      const { trained } = summaryOf(store, 'model');
      return `Here ${source} of the snapshot, from a classical potential, stands in for DFT, so that the truth is known for every atom. The model learned from ${plural(trained, 'atom')} and now gives every atom its energy, counted from the bulk: ${decimal(bulkEnergy, 4)} eV (${bulkSource}). The histogram is their distribution.`;
    },
  },
  {
    title: 'Predicted against known',
    needs: 'model',
    view: { colourBy: 'model.error', colourMap: 'blueRed', hiddenTypes: NETWORK, plotTab: 'parity' },
    text: (store) => {
      const { rmse, maxAbsError, evaluatedOn, evaluated } = summaryOf(store, 'model');
      if (rmse === null)
        return 'There is nothing to compare with yet: no atom outside the training set has a known energy.';
      return `On the diagonal predicted and known energies are the same. Over ${evaluatedOn} (${count(evaluated)}) the root mean square error is ${energy(rmse)} and the largest error ${energy(maxAbsError)}. The picture shows where the errors lie: blue is predicted too low, red too high.`;
    },
  },
  {
    title: 'Was the choice worth it?',
    needs: 'model',
    view: { markChosen: true, hiddenTypes: NETWORK, plotTab: 'errors' },
    text: (store) => compared(summaryOf(store, 'model').curves),
  },
  {
    title: 'What to believe, and what not',
    needs: 'model',
    view: { colourBy: 'model.sigma', hiddenTypes: NETWORK, plotTab: 'errors' },
    text: (store) => {
      const { noise } = summaryOf(store, 'model');
      const s = noise === null ? 'too few energies to estimate its noise' : `a residual noise of ${energy(noise)}`;
      return `Every atom also has an uncertainty, which grows where nothing like it was learned; it rests on the linear form and on ${s}. This sample was judged by a classical potential: with DFT energies the errors will be others, and the small cells add theirs. Open your own snapshot, and take the same steps.`;
    },
  },
];

/** Of a step that is reached only when its stage has run. */
function summaryOf<S extends StageName>(store: Store, stage: S): StageSummaries[S] {
  const { summary } = store.stages[stage];
  if (!summary) throw new Error(`the tour speaks of ${stage} before it has run`);
  return summary as StageSummaries[S];
}

/** All strategies beside one another, where they reached the same number of atoms. */
function compared(curves: readonly ErrorCurve[]): string {
  const [ours, ...others] = curves;
  if (!ours || others.length === 0) {
    return 'Here other choices would be compared with this one: their energies are not known.';
  }
  const n = Math.max(...ours.n.filter((atoms) => others.every((other) => other.n.includes(atoms))));
  const errors = curves.map((curve) => {
    const { rmse, largest } = at(curve, n);
    const label = findCriterion(curve.strategy)?.label ?? curve.strategy;
    const draws = curve.seeds > 1 ? ` (mean of ${count(curve.seeds)} draws)` : '';
    return `${label}${draws} ${energy(rmse)} and ${energy(largest)}`;
  });
  return `RMSE and largest error after ${plural(n, 'atom')}: ${errors.join('; ')}. The curves show them for every number of training atoms, with the spread of the draws. A smaller largest error means that no atom is far off; which choice has the smaller RMSE depends on the snapshot.`;
}

function at({ n, rmse, maxAbsError }: ErrorCurve, atoms: number): { rmse: number; largest: number } {
  const row = n.indexOf(atoms);
  return { rmse: rmse.mean[row]!, largest: maxAbsError.mean[row]! };
}

/** "OTH 7,870, FCC 25", what occurs besides BCC, most first. */
function others(counts: readonly number[]): string {
  return STRUCTURE_TYPES.filter(({ code }) => code !== BCC && (counts[code] ?? 0) > 0)
    .sort((a, b) => counts[b.code]! - counts[a.code]!)
    .map(({ code, label }) => `${label} ${count(counts[code]!)}`)
    .join(', ');
}

function edges(vectors: readonly number[]): string {
  return [0, 3, 6].map((k) => decimal(Math.hypot(...vectors.slice(k, k + 3)), 0)).join(' × ');
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
