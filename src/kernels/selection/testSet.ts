import { sample, seededDraw } from '../random/random.ts';

const FIRST_COORDINATION = 11;
const LAST_COORDINATION = 18;
const PER_COORDINATION = 10;

/**
 * The paper's test set (section III B): for each coordination number from 11 to 18 ten random atoms, fewer where there
 * are fewer. Rows in ascending order.
 */
export function drawTestSet(coordination: Uint8Array, seed: number): Uint32Array {
  const draw = seededDraw(seed, 'test set');
  const rows: number[] = [];
  for (let wanted = FIRST_COORDINATION; wanted <= LAST_COORDINATION; wanted++) {
    const having: number[] = [];
    coordination.forEach((value, row) => {
      if (value === wanted) having.push(row);
    });
    rows.push(...sample(having, PER_COORDINATION, draw));
  }
  return Uint32Array.from(rows).sort();
}
