import { defaultParameters, type StageName } from '#pipeline/parameters.ts';
import type { Measured } from './measured.ts';

/** One thing that is to be reached on a million atoms, with what other programs need on this kind of machine. */
export interface Goal {
  readonly title: string;
  readonly unit: string;
  /** In the same unit, in words: one core each. */
  readonly peer: string;
  readonly reach: string;
  /** Null where the platform does not do it. Of several passes the least counts. */
  readonly value: (pass: Measured) => number | null;
  /** Milliseconds of one core behind a value, for its ratio to the reference workload; absent for memory. */
  readonly milliseconds?: (value: number, pass: Measured) => number;
}

const MB = 1e6;
const SELECTED: readonly StageName[] = ['snapshot', 'structure', 'descriptor', 'pool', 'select'];

function stageMilliseconds({ stages }: Measured, names: readonly StageName[]): number {
  return stages.filter(({ stage }) => names.includes(stage)).reduce((sum, { milliseconds }) => sum + milliseconds, 0);
}

function microsecondsAnAtom(pass: Measured, ...names: StageName[]): number {
  return (1000 * stageMilliseconds(pass, names) * pass.threads) / pass.atoms;
}

const ofAllAtoms = (microseconds: number, { atoms }: Measured) => (microseconds * atoms) / 1000;
const ofSeconds = (seconds: number) => 1000 * seconds;

/** The table of the issue, row by row. Peers as measured in November 2026. */
export const GOALS: readonly Goal[] = [
  {
    title: 'SOAP alone (386 numbers)',
    unit: 'µs/atom/core',
    peer: 'QUIP 330-440, dscribe 88',
    reach: '4',
    value: ({ soapMicroseconds }) => soapMicroseconds,
    milliseconds: ofAllAtoms,
  },
  {
    title: '… with neighbours, covariance, projection',
    unit: 'µs/atom/core',
    peer: '–',
    reach: '12',
    value: (pass) => microsecondsAnAtom(pass, 'descriptor', 'pool'),
    milliseconds: ofAllAtoms,
  },
  {
    title: 'adaptive CNA with neighbours',
    unit: 'µs/atom/core',
    peer: 'OVITO 5.6-6.5, MatterViz 18-75',
    reach: '3',
    value: (pass) => microsecondsAnAtom(pass, 'structure'),
    milliseconds: ofAllAtoms,
  },
  {
    title: 'UR, one pick over every atom',
    unit: 'ms·core',
    peer: 'hours by brute force',
    reach: '60',
    value: (pass) => (stageMilliseconds(pass, ['select']) * pass.threads) / defaultParameters().count,
    milliseconds: (value) => value,
  },
  {
    title: 'read, parse and sort by cell',
    unit: 's',
    peer: 'ASE: tens of seconds',
    reach: '3',
    value: (pass) => stageMilliseconds(pass, ['snapshot']) / 1000,
    milliseconds: ofSeconds,
  },
  {
    title: 'whole job, file to picks',
    unit: 's',
    peer: 'none does it',
    reach: '30 (20)',
    value: ({ jobMilliseconds }) => jobMilliseconds / 1000,
    milliseconds: ofSeconds,
  },
  {
    title: '… the stages of it alone',
    unit: 's',
    peer: '–',
    reach: '–',
    value: (pass) => stageMilliseconds(pass, SELECTED) / 1000,
    milliseconds: ofSeconds,
  },
  {
    title: 'peak memory, arrays',
    unit: 'MB',
    peer: '–',
    reach: '–',
    value: ({ stages }) => Math.max(...stages.map(({ peakBytes }) => peakBytes)) / MB,
  },
  {
    title: 'peak memory, process (of a tab: its renderer)',
    unit: 'MB',
    peer: '3Dmol 981, only drawing',
    reach: '1500',
    value: ({ residentBytes }) => (residentBytes > 0 ? residentBytes / MB : null),
  },
  {
    title: '… GPU process',
    unit: 'MB',
    peer: '3Dmol 749',
    reach: '–',
    value: ({ gpuResidentBytes }) => (gpuResidentBytes ? gpuResidentBytes / MB : null),
  },
  {
    title: 'draw all atoms, 1280x800, software WebGL',
    unit: 'CPU s',
    peer: '44-60, 3Dmol 27',
    reach: '3.6',
    value: ({ drawing }) => drawing?.redrawSeconds ?? null,
    milliseconds: ofSeconds,
  },
  {
    title: '… recoloured by another column, beyond that',
    unit: 'CPU s',
    peer: '3Dmol 19, OMOVI 43 in all',
    reach: '0.1',
    value: ({ drawing }) => (drawing ? drawing.recolourSeconds - drawing.redrawSeconds : null),
    milliseconds: ofSeconds,
  },
  {
    title: '… turned to another side, pictures on the way included',
    unit: 'CPU s',
    peer: '–',
    reach: '–',
    value: ({ drawing }) => drawing?.turnSeconds ?? null,
    milliseconds: ofSeconds,
  },
];
