import { describe, expect, it } from 'vitest';
import { blocksOf, pictureTiles, TILE_STEP } from './pictureTiles.ts';

const CASES = [
  { width: 2048, height: 2048, side: 1024, margin: 0 },
  { width: 1000, height: 700, side: 256, margin: 40 },
  { width: 1, height: 3001, side: 512, margin: 100 },
  { width: 300, height: 200, side: 512, margin: 17 },
];

describe('the tiles of a picture', () => {
  it.each(CASES)('cover $width x $height once, each with its surroundings', ({ width, height, side, margin }) => {
    const covered = new Uint8Array(width * height);
    for (const { inner, outer } of pictureTiles(width, height, side, margin)) {
      for (let y = inner.y; y < inner.y + inner.height; y++) {
        for (let x = inner.x; x < inner.x + inner.width; x++) covered[y * width + x]!++;
      }
      expect((outer.x % TILE_STEP) + (outer.y % TILE_STEP)).toBe(0);
      expect(outer.x).toBeLessThanOrEqual(Math.max(0, inner.x - margin));
      expect(outer.y).toBeLessThanOrEqual(Math.max(0, inner.y - margin));
      expect(outer.x + outer.width).toBe(Math.min(width, inner.x + inner.width + margin));
      expect(outer.y + outer.height).toBe(Math.min(height, inner.y + inner.height + margin));
    }
    expect(covered.every((times) => times === 1)).toBe(true);
  });

  it('come from the top down, as files of pictures are written', () => {
    const tops = pictureTiles(100, 1000, 256, 8).map(({ inner }) => inner.y + inner.height);
    expect(tops).toEqual([...tops].sort((one, other) => other - one));
  });
});

describe('blocks of a box', () => {
  it('cover it, none larger than asked', () => {
    const blocks = blocksOf({ x: 24, y: 8, width: 130, height: 61 }, 60);
    expect(blocks.reduce((area, { width, height }) => area + width * height, 0)).toBe(130 * 61);
    expect(Math.max(...blocks.flatMap(({ width, height }) => [width, height]))).toBeLessThanOrEqual(60);
    expect(Math.min(...blocks.map(({ x }) => x))).toBe(24);
    expect(Math.min(...blocks.map(({ y }) => y))).toBe(8);
  });
});
