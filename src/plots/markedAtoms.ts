import type { AtomPlane, FigureShape } from './figureSpec.ts';
import { dotAt } from './pointPaths.ts';

/** Atoms that stand out of a figure: those of a set, or the one that was clicked. */
export interface MarkedAtoms {
  readonly rows: ArrayLike<number>;
  readonly colour: string;
  /** A ring about a single atom, dots for many. */
  readonly symbol: 'dot' | 'ring';
}

const DOT_PX = 4.5;
const RING_PX = 7;

/** Shapes over the points of every panel; atoms without coordinates there have none. */
export function markShapes({ rows, colour, symbol }: MarkedAtoms, plane: AtomPlane): FigureShape[] {
  const { x, y } = plane;
  if (!y) return [];
  const places = Array.from(rows, (row) => [x(row), y(row)] as const).filter((at) => at.every(Number.isFinite));
  if (places.length === 0) return [];
  return plane.panels.flatMap(([xref, yref]): FigureShape[] => {
    const on = { xref, yref, layer: 'above' } as FigureShape;
    if (symbol === 'dot') {
      const path = places.map(([px, py]) => dotAt(px, py)).join('');
      return [{ ...on, type: 'path', path, line: { color: colour, width: DOT_PX } }];
    }
    return places.map(([px, py]) => ({
      ...on,
      type: 'circle',
      xsizemode: 'pixel',
      ysizemode: 'pixel',
      xanchor: px,
      yanchor: py,
      x0: -RING_PX,
      x1: RING_PX,
      y0: -RING_PX,
      y1: RING_PX,
      line: { color: colour, width: 2 },
    }));
  });
}
