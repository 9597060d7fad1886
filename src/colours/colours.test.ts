import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STRUCTURE_TYPES } from '#chem/structureTypes.ts';
import { colourRange, formatTicks, legendTicks } from './byColumn.ts';
import { STRUCTURE_PALETTES, structureColour, structureTable } from './byStructure.ts';
import { COLOUR_MAPS, TABLE_SIZE, tableColour } from './maps.ts';
import { parseCssColour, toHex } from './rgb.ts';

describe('colour maps', () => {
  test('viridis runs from its published dark violet to its yellow', () => {
    const { table } = COLOUR_MAPS.viridis;
    expect(toHex(tableColour(table, 0))).toBe('#440154');
    expect(toHex(tableColour(table, 255))).toBe('#fde725');
  });

  test('sequential maps grow in luminance from end to end', () => {
    for (const { kind, table } of Object.values(COLOUR_MAPS)) {
      if (kind !== 'sequential') continue;
      const luminance = (row: number) => {
        const [red, green, blue] = tableColour(table, row);
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      for (let row = 16; row < TABLE_SIZE; row += 16) expect(luminance(row)).toBeGreaterThan(luminance(row - 16));
    }
  });

  test('diverging maps are cold below, neutral at zero and warm above', () => {
    const [red, green, blue] = tableColour(COLOUR_MAPS.blueRed.table, TABLE_SIZE / 2);
    expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(8);
    expect(tableColour(COLOUR_MAPS.blueRed.table, 20)[2]).toBeGreaterThan(150);
    expect(tableColour(COLOUR_MAPS.blueRed.table, 235)[0]).toBeGreaterThan(150);
  });
});

describe('structure colours', () => {
  test("are OVITO's, with grey OTH on light", () => {
    expect(STRUCTURE_TYPES.map(({ code, label }) => [label, structureColour('ovito', 'dark', code)])).toEqual([
      ['OTH', '#f2f2f2'],
      ['FCC', '#66ff66'],
      ['HCP', '#ff6666'],
      ['BCC', '#6666ff'],
      ['ICO', '#f2cc33'],
    ]);
    expect(new Set(parseCssColour(structureColour('ovito', 'light', 0))).size).toBe(1);
  });

  test('the table has one colour a code', () => {
    for (const id of ['ovito', 'colourBlindSafe'] as const) {
      const table = structureTable(id, 'dark');
      STRUCTURE_PALETTES[id].colours.dark.forEach((colour, code) => {
        expect(toHex(tableColour(table, code))).toBe(colour);
      });
    }
  });
});

describe('range of a column', () => {
  test('leaves out missing values', () => {
    expect(colourRange(Float64Array.of(Number.NaN, 3, -1, Number.POSITIVE_INFINITY))).toEqual([-1, 3]);
    expect(colourRange(Float32Array.of(Number.NaN))).toBeNull();
    expect(colourRange(new Float64Array(0))).toBeNull();
  });

  test('is symmetric about zero where asked', () => {
    expect(colourRange(Float64Array.of(-1, 3), { symmetric: true })).toEqual([-3, 3]);
  });

  test('a robust range ignores a few wild atoms and keeps the rest', () => {
    const values = Float64Array.from({ length: 10_000 }, (_, k) => k / 10_000);
    values[17] = 50;
    const [low, high] = colourRange(values, { trim: 0.01 })!;
    expect(low).toBeCloseTo(0, 1);
    expect(high).toBeLessThan(1.03);
  });

  test('a robust range keeps at least the promised share, within the full range', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 }),
        fc.double({ min: 0.001, max: 0.3, noNaN: true }),
        (list, trim) => {
          const values = Float64Array.from(list);
          const [low, high] = colourRange(values, { trim })!;
          const slack = 1e-9 * (1 + Math.abs(low) + Math.abs(high));
          const inside = list.filter((value) => value >= low - slack && value <= high + slack).length;
          expect(inside).toBeGreaterThanOrEqual(Math.floor((1 - 2 * trim) * list.length));
          expect(low).toBeGreaterThanOrEqual(Math.min(...list) - slack);
          expect(high).toBeLessThanOrEqual(Math.max(...list) + slack);
        },
      ),
      { seed: 7 },
    );
  });
});

describe('legend', () => {
  test('ticks are round and carry equal digits', () => {
    expect(formatTicks(legendTicks([-4.1, -3.62]))).toEqual(['−4.1', '−4.0', '−3.9', '−3.8', '−3.7']);
    expect(formatTicks(legendTicks([-0.2, 0.2], 4))).toEqual(['−0.2', '−0.1', '0', '0.1', '0.2']);
    expect(formatTicks(legendTicks([0, 0.12], 6))).toEqual(['0', '0.02', '0.04', '0.06', '0.08', '0.10', '0.12']);
    expect(formatTicks(legendTicks([0, 4e7], 4))).toEqual(['0', '1e7', '2e7', '3e7', '4e7']);
    expect(formatTicks(legendTicks([0, 5], 5))).toEqual(['0', '1', '2', '3', '4', '5']);
  });

  test('an empty range has one tick', () => {
    expect(legendTicks([2, 2])).toEqual([2]);
    expect(formatTicks([0])).toEqual(['0']);
    expect(formatTicks([-4.03168])).toEqual(['−4.032']);
  });

  test('ticks lie in the range and are few', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e5, max: 1e5, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e5, noNaN: true }),
        (low, width) => {
          const ticks = legendTicks([low, low + width]);
          expect(ticks.length).toBeGreaterThanOrEqual(1);
          expect(ticks.length).toBeLessThanOrEqual(7);
          for (const tick of ticks) {
            expect(tick).toBeGreaterThanOrEqual(low - 1e-6 * width - 1e-9 * Math.abs(low));
            expect(tick).toBeLessThanOrEqual(low + width + 1e-6 * width + 1e-9 * Math.abs(low));
          }
          expect(new Set(formatTicks(ticks)).size).toBe(ticks.length);
        },
      ),
      { seed: 7 },
    );
  });
});
