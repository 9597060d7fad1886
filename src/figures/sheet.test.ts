import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { poseOf } from '#render/poseNumbers.ts';
import { type AtomsPicture, atomsSvg, type FigureLegend, legendHeight } from './atomsPicture.ts';
import { PLAIN_SHEET } from './presets.ts';
import { imageSvg, onDots, PX_PER_MM, panelBoxes, paperSvg, sheetSvg } from './sheet.ts';

const size = { widthMm: 178, heightMm: 90, ...PLAIN_SHEET };

describe('sheet', () => {
  test('panels lie beside and below one another, none over another, and fill the sheet', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), (panels, columns) => {
        const boxes = panelBoxes(size, panels, columns);
        expect(boxes).toHaveLength(panels);
        for (const [k, a] of boxes.entries()) {
          expect(a.x + a.width).toBeLessThanOrEqual(size.widthMm * PX_PER_MM + 1e-9);
          expect(a.y + a.height).toBeLessThanOrEqual(size.heightMm * PX_PER_MM + 1e-9);
          for (const b of boxes.slice(k + 1)) {
            expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y).toBe(true);
          }
        }
        const far = Math.max(...boxes.map(({ x, width }) => x + width));
        expect(far).toBeCloseTo(size.widthMm * PX_PER_MM, 9);
      }),
      { seed: 4, numRuns: 60 },
    );
  });

  test('its size is in mm; letters are for several panels only; paper may be left out', () => {
    const boxes = panelBoxes(size, 2, 2);
    const two = sheetSvg(size, boxes, ['<g id="one"/>', '<g id="two"/>']);
    expect(two).toContain('width="178mm" height="90mm"');
    expect([...two.matchAll(/>\(([a-z])\)</g)].map(([, letter]) => letter)).toEqual(['a', 'b']);
    expect(sheetSvg(size, panelBoxes(size, 1, 1), ['<g/>'])).not.toContain('(a)');
    expect(paperSvg(size)).toContain('fill="#ffffff"');
    expect(paperSvg({ ...size, transparent: true })).toBe('');
  });

  test('boxes are on whole dots at any resolution, and boxes that touch still do', () => {
    const length = fc.double({ min: 1, max: 900, noNaN: true });
    fc.assert(
      fc.property(
        length,
        length,
        length,
        length,
        fc.double({ min: 0.75, max: 12.5, noNaN: true }),
        (x, y, w, h, dots) => {
          const box = onDots({ x, y, width: w, height: h }, dots);
          const below = onDots({ x, y: y + h, width: w, height: 1 }, dots);
          expect(Object.values(box).every(Number.isInteger)).toBe(true);
          expect(Math.abs(box.x - x * dots)).toBeLessThanOrEqual(0.5);
          expect(Math.abs(box.x + box.width - (x + w) * dots)).toBeLessThanOrEqual(1);
          if (h * dots > 1) expect(box.y + box.height).toBe(below.y);
        },
      ),
      { seed: 5, numRuns: 200 },
    );
    expect(imageSvg('picture.png', { x: 1, y: 2, width: 3, height: 4 })).toBe(
      '<image x="1" y="2" width="3" height="4" preserveAspectRatio="none" xlink:href="picture.png"/>',
    );
  });
});

describe('picture of atoms', () => {
  const types: FigureLegend = {
    kind: 'types',
    entries: ['BCC', 'OTH', 'ICO', 'HCP', 'FCC'].map((label) => ({ label, colour: '#123456', count: 3 })),
  };
  const range: FigureLegend = {
    kind: 'range',
    title: 'Predicted energy (eV) <&>',
    scale: {
      table: Uint8Array.from({ length: 768 }, (_, k) => k % 256),
      below: '#00e5ff',
      above: '#ff5fc4',
      counts: { below: 16, above: 1200, missing: 0 },
    },
    ticks: [{ at: 0.5, text: '−0.1' }],
  };

  test('a narrow legend takes more rows, and what lies beyond a scale a row more', () => {
    expect(legendHeight(types, 100, 10)).toBeGreaterThan(legendHeight(types, 400, 10));
    const within: FigureLegend = { ...range, scale: { ...range.scale, counts: { below: 0, above: 0, missing: 0 } } };
    expect(legendHeight(range, 300, 10)).toBeGreaterThan(legendHeight(within, 300, 10));
    expect(legendHeight({ kind: 'none', title: '' }, 300, 10)).toBe(0);
  });

  test('the colours and what they mean are inside, words escaped', () => {
    const seen = poseOf({ target: [0, 0, 0], orientation: [0, 0, 0, 1], height: 100 });
    const picture: AtomsPicture = {
      pose: seen,
      perspective: false,
      legend: range,
      missing: '#d3d6da',
    };
    const svg = atomsSvg(picture, { width: 300, height: 300 }, 10);
    expect(svg).toContain('Predicted energy (eV) &lt;&amp;&gt;');
    expect(svg).toContain('16 atoms below');
    expect(svg).toContain('1,200 above');
    expect(svg).not.toContain('without a value');
    expect(svg).toContain('−0.1');
    // 100 Å on 240 pixels: of the lengths of at most 0.4 of the width, the longest that is round.
    expect(svg).toContain('50 Å');
    expect(svg).toContain('M90,228.5V232H210V228.5');
    expect(atomsSvg({ ...picture, perspective: true }, { width: 300, height: 300 }, 10)).not.toContain('50 Å');
  });
});
