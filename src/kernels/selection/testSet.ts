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
    rows.push(...sample(rowsWith(coordination, wanted), PER_COORDINATION, draw));
  }
  return Uint32Array.from(rows).sort();
}

function rowsWith(coordination: Uint8Array, wanted: number): Uint32Array {
  const rows = new Uint32Array(coordination.length);
  let count = 0;
  for (let row = 0; row < coordination.length; row++) if (coordination[row] === wanted) rows[count++] = row;
  return rows.subarray(0, count);
}
