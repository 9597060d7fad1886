import { BCC } from '#chem/structureTypes.ts';
import { cellSpan, makeCell, unitVector } from '#data/cell.ts';
import { badParameter } from '#data/errors.ts';
import { binProfile, MOST_BINS, type ProfileBins, type ProfileInput } from '#kernels/profile/binProfile.ts';
import { readDirection } from '#kernels/profile/direction.ts';
import { BOUNDARY_DISTANCE } from '#pipeline/measureBoundary.ts';
import type { StageSummaries } from '#pipeline/summaries.ts';
import type { Drawing } from '#plots/figureSpec.ts';
import { profile } from '#plots/profile.ts';
import type { ColumnRegistry } from '#state/columnRegistry.ts';
import type { ProfileChoice } from '#state/slices/profile.ts';
import { columnOf, STRUCTURE_TYPE } from '../centre/quantities.ts';
import { count } from '../words/numbers.ts';
import { atOnce, type PlotState } from './plotState.ts';

const AXES = { x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1] } as const;

/** Why nothing can be counted yet, or at all. */
export type ProfileObstacle =
  | { readonly kind: 'plot'; readonly plot: PlotState }
  | { readonly kind: 'unmeasured' }
  | { readonly kind: 'refused'; readonly why: string };

/** What is counted, as far as it is known. */
export interface ProfileTask {
  readonly input: ProfileInput;
  readonly quantity: string;
  readonly unit: string;
  readonly along: string;
  readonly remarks: readonly string[];
}

export const TOO_MANY_BINS = `Those would be more than ${count(MOST_BINS)} bins: take wider ones.`;

/** The plot of what was counted. */
export function plotOfBins(
  { quantity, unit, along, remarks }: ProfileTask,
  bins: ProfileBins,
  withRange: boolean,
): Exclude<PlotState, { missing: string }> {
  return {
    name: 'profile',
    label: `${quantity} against ${along.toLowerCase()}: means over ${bins.atoms.length} bins`,
    prepare: () => atOnce((colours) => profile({ bins, quantity, unit, along, remarks, withRange, colours })),
  };
}

/** A profile as a panel of a figure, counted when it is drawn. */
export function profilePlot(
  choice: ProfileChoice,
  quantity: QuantityWords,
  summary: StageSummaries['snapshot'] | undefined,
  registry: ColumnRegistry,
): PlotState {
  if (!summary) return UNCLASSIFIED;
  const task = profileTask(choice, quantity, summary, registry);
  if (!('input' in task)) {
    if (task.kind === 'plot') return task.plot;
    const missing = task.kind === 'refused' ? task.why : 'Measure the distance from the boundary first';
    return { missing, stage: 'structure' };
  }
  return {
    name: 'profile',
    label: `${task.quantity} against ${task.along.toLowerCase()}`,
    *prepare(): Generator<void, Drawing> {
      const bins = yield* binProfile(task.input);
      if (!bins) throw badParameter(TOO_MANY_BINS);
      return yield* plotOfBins(task, bins, choice.withRange).prepare();
    },
  };
}

/** How a quantity is called. */
export interface QuantityWords {
  readonly id: string;
  readonly label: string;
  readonly unit: string;
}

export const UNCLASSIFIED: PlotState = { missing: 'Open a snapshot and classify its atoms first', stage: 'structure' };

function plotOf(plot: PlotState): ProfileObstacle {
  return { kind: 'plot', plot };
}

/** What is to be counted for a profile, or why nothing can be. */
export function profileTask(
  choice: Omit<ProfileChoice, 'withRange'>,
  { id, label, unit }: QuantityWords,
  summary: StageSummaries['snapshot'],
  registry: ColumnRegistry,
): ProfileTask | ProfileObstacle {
  const values = columnOf(id, registry)?.array;
  if (!values) return plotOf({ missing: 'Classify the atoms first', stage: 'structure' });
  const isShare = id === STRUCTURE_TYPE.id;
  const common = {
    quantity: isShare ? 'Non-BCC share' : label,
    unit,
    value: isShare ? (row: number) => (values[row] === BCC ? 0 : 1) : (row: number) => values[row]!,
  };
  const place = choice.against === 'boundary' ? fromBoundary(registry) : alongDirection(choice, summary, registry);
  if ('kind' in place) return place;
  const { quantity, value } = common;
  const { along, words, remarks, span } = place;
  return {
    input: { count: summary.count, along, value, width: choice.binWidth, ...(span ? { span } : {}) },
    quantity,
    unit,
    along: words,
    remarks,
  };
}

interface Place {
  readonly along: (row: number) => number;
  readonly words: string;
  readonly span?: readonly [number, number];
  readonly remarks: readonly string[];
}

function fromBoundary(registry: ColumnRegistry): Place | ProfileObstacle {
  const distance = registry.find(BOUNDARY_DISTANCE)?.array;
  if (!distance) return { kind: 'unmeasured' };
  if (Number.isNaN(distance[0]))
    return { kind: 'refused', why: 'Every atom is BCC: there is no boundary to measure from.' };
  let farthest = 0;
  for (const value of distance) if (value > farthest) farthest = value;
  return {
    along: (row) => distance[row]!,
    words: 'Distance from the boundary',
    span: [0, farthest],
    remarks: ['The boundary is the nearest atom that is not BCC, periodic images included; such atoms lie at 0.'],
  };
}

function alongDirection(
  { against, direction, binWidth }: Omit<ProfileChoice, 'withRange'>,
  summary: StageSummaries['snapshot'],
  registry: ColumnRegistry,
): Place | ProfileObstacle {
  const typed = against === 'x' || against === 'y' || against === 'z' ? AXES[against] : readDirection(direction);
  if (!typed) return { kind: 'refused', why: 'Type a direction as three numbers, not all zero: 1 1 0.' };
  const position = registry.find('atoms.position')?.array;
  if (!position) return plotOf(UNCLASSIFIED);
  const [x, y, z] = unitVector(typed);
  const cell = makeCell(summary.vectors, summary.origin, summary.periodic);
  const { middle, half } = cellSpan(cell, [x, y, z]);
  const named = against === 'direction' ? `[${typed.join(' ')}]` : against;
  return {
    // What is drawn lies about the middle of the cell.
    along: (row) => middle + position[3 * row]! * x + position[3 * row + 1]! * y + position[3 * row + 2]! * z,
    words: `Distance along ${named}`,
    // Along an open direction atoms may lie outside the cell.
    ...(cell.periodic.every(Boolean) ? { span: [middle - half, middle + half] as const } : {}),
    remarks: [
      ...(Math.abs(2 * half - Math.round((2 * half) / binWidth) * binWidth) > 1e-6 && cell.periodic.every(Boolean)
        ? ['The last bin ends beyond the cell: it holds fewer atoms.']
        : []),
      `Atoms are wrapped into the cell; distances are measured from the origin of the file along ${named}${against === 'direction' ? ' in the axes x, y, z' : ''}.`,
    ],
  };
}
