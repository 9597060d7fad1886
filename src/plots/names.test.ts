import { expect, test } from 'vitest';
import { COLOUR_MAPS } from '#colours/maps.ts';
import { makeScale } from '#colours/scale.ts';
import { makeCell } from '#data/cell.ts';
import { toEnd } from '#tests/toEnd.ts';
import { energyHistogram } from './energyHistogram.ts';
import { errorCurves } from './errorCurves.ts';
import type { FigureSpec } from './figureSpec.ts';
import { escapeText } from './format.ts';
import { localErrors } from './localErrors.ts';
import { parity } from './parity.ts';
import { pcaScatter } from './pcaScatter.ts';
import { profile } from './profile.ts';
import { replicaCheck } from './replicaCheck.ts';
import { replicaSweep } from './replicaSweep.ts';
import { plotColours } from './template.ts';

/** What a column, a file or a program may call itself. Plotly makes links of `<a href>`, and reads the other tags too. */
const NAME = '<a href="javascript:x()">$<b>x';
const SHOWN = escapeText(NAME);
const colours = plotColours('dark', 'ovito');
const N = 60;
const numbers = Float32Array.from({ length: N }, (_, k) => Math.sin(k));
const ids = Uint32Array.from({ length: N }, (_, k) => k + 1);
const structureType = new Uint8Array(N);
const source = { source: NAME, bulkEnergy: -4 };
const AS_IT_IS = { reversed: false, steps: null, logarithmic: false, symmetric: false, trim: 0, low: null, high: null };

const figures: Record<string, () => FigureSpec> = {
  'PCA plane': () => {
    const scale = makeScale(numbers, COLOUR_MAPS.viridis, { ...AS_IT_IS, markBeyond: false })!;
    const colouring = { title: NAME, values: numbers, scale, ticks: [] };
    const panels = [
      { title: NAME, trainingRows: [1], testRows: [2] },
      { title: NAME, trainingRows: [3], testRows: [] },
    ];
    const plane = { scores: numbers, dimension: 1, components: [0, 0] as [number, number], explainedRatio: [1] };
    return toEnd(pcaScatter({ ...plane, structureType, ids, panels, colouring }))(colours);
  },
  parity: () => {
    const panel = { title: NAME, predicted: numbers, trainingRows: [1] };
    const shown = { panels: [panel, panel], reference: numbers, structureType, ids, rows: [2, 3], rowsName: NAME };
    return toEnd(parity({ ...shown, source }))(colours);
  },
  'error curves': () => {
    const values = [0.1, 0.2];
    const spread = { mean: values, low: values, high: values };
    const curve = { strategy: NAME, n: [1, 2], seeds: 1, rmse: spread, maxAbsError: spread };
    return errorCurves({ curves: [curve], features: 5, evaluatedOn: NAME, source, colours });
  },
  histogram: () => toEnd(energyHistogram({ energy: numbers, structureType, logCounts: false, source }))(colours),
  'local errors': () => {
    const cell = makeCell([30, 0, 0, 0, 30, 0, 0, 0, 30], [0, 0, 0], [true, true, true]);
    const positions = Float32Array.from({ length: 3 * N }, (_, k) => (7 * k) % 30);
    const coordination = new Uint8Array(N).fill(14);
    const input = { positions, cell, error: numbers, coordination, ids, testRows: [1, 2], source };
    return toEnd(localErrors(input))(colours);
  },
  profile: () => {
    const one = Float64Array.of(1);
    const count = Uint32Array.of(3);
    const means = { mean: one, standardError: one, least: one, most: one };
    const bins = { first: 0, width: 1, atoms: count, valued: count, unplaced: 0, ...means };
    return profile({ bins, quantity: NAME, unit: NAME, along: NAME, withRange: true, remarks: [], colours });
  },
  'replica check': () => {
    const energies = { ids: [11, 12], inCell: [-4, -3.9], inPlace: [-4, -3.8] };
    const check = { potential: NAME, reach: 5, edge: 10, minDistance: 2, ...energies };
    return replicaCheck({ check, bulkEnergy: -4, rows: [1, 2], count: N, structureType, colours });
  },
  'replica sweep': () => {
    const point = { edge: 10, minDistance: 2, cells: 3, mean: 0.1, rmse: 0.1, percentile95: 0.2, largest: 0.3 };
    const sweep = { potential: NAME, reach: 5, centres: 3, seam: 'farther' as const, points: [point] };
    return replicaSweep({ sweep: sweep as never, edge: 10, minDistance: 2, colours });
  },
};

/** Notes are written by React, and ranges are kept by `uirevision`; plotly reads everything else. */
function textsOf(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return key === 'uirevision' ? [] : [value];
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  return Object.entries(value).flatMap(([name, part]) => textsOf(part, name));
}

test.each(Object.keys(figures))('%s: names are text, never markup', (name) => {
  const { data, layout, csv } = figures[name]!();
  const texts = textsOf([data, layout]);
  expect(texts.length).toBeGreaterThan(10);
  for (const text of texts) {
    expect(text).not.toMatch(/<(?!\/?(br|sup|span|extra|b|i)\b)/);
    expect(text).not.toContain('$<b>');
  }
  expect(csv().length).toBeGreaterThan(0);
  if (!name.startsWith('replica')) expect(texts.join('\n')).toContain(SHOWN.slice(0, 12));
});

test('characters that would spoil an SVG are replaced', () => {
  expect(escapeText('a\u0000\u001bb\ud800c\ufffe\n')).toBe('a\ufffd\ufffdb\ufffdc\ufffd\n');
  expect(escapeText('Å 😀')).toBe('Å 😀');
});
