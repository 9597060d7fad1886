// node scripts/tileSnapshot.mjs IN.dump[.gz] OUT.dump[.gz] NX NY NZ: a larger periodic snapshot out of copies of a smaller
// one, side by side. Orthogonal LAMMPS dumps of one frame with columns id and x y z; the other columns are repeated.

import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip, gunzipSync } from 'node:zlib';

const LINES_PER_WRITE = 10_000;
const AXES = ['x', 'y', 'z'];

const [input, output, ...counts] = process.argv.slice(2);
const tiles = counts.map(Number);
if (!output || tiles.length !== 3 || !tiles.every((n) => Number.isInteger(n) && n > 0)) {
  console.error('usage: node scripts/tileSnapshot.mjs IN.dump[.gz] OUT.dump[.gz] NX NY NZ');
  process.exit(1);
}
const snapshot = readDump(input);
const sink = new PassThrough();
const stages = output.endsWith('.gz') ? [createGzip({ level: constants.Z_BEST_SPEED })] : [];
const written = pipeline([sink, ...stages, createWriteStream(output)]);
for (const text of tile(snapshot, tiles)) {
  if (!sink.write(text)) await once(sink, 'drain');
}
sink.end();
await written;
console.log(`${output}: ${snapshot.atoms.length * tiles[0] * tiles[1] * tiles[2]} atoms`);

/** @param {string} file */
function readDump(file) {
  const bytes = readFileSync(file);
  const lines = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trimEnd().split('\n');
  const at = (/** @type {string} */ item) => {
    const found = lines.findIndex((line) => line.startsWith(`ITEM: ${item}`));
    if (found < 0) throw new Error(`${file}: there is no ITEM: ${item}`);
    return found;
  };
  const box = at('BOX BOUNDS');
  if (!/^ITEM: BOX BOUNDS( [a-z]{2}){3}$/.test(lines[box])) throw new Error(`${file}: not an orthogonal box`);
  const atomsAt = at('ATOMS');
  const columns = lines[atomsAt].split(' ').slice(2);
  const missing = ['id', ...AXES].filter((name) => !columns.includes(name));
  if (missing.length > 0) throw new Error(`${file}: there is no column ${missing.join(', ')}`);
  return {
    columns,
    boundary: lines[box],
    bounds: [1, 2, 3].map((k) => lines[box + k].split(/\s+/).map(Number)),
    atoms: lines.slice(atomsAt + 1).map((line) => line.split(' ')),
  };
}

/**
 * The text of the tiled dump, piece by piece; ids go on from copy to copy.
 * @param {ReturnType<typeof readDump>} snapshot
 * @param {number[]} tiles
 */
function* tile({ columns, boundary, bounds, atoms }, tiles) {
  const edges = bounds.map(([low, high]) => high - low);
  const total = atoms.length * tiles.reduce((product, n) => product * n, 1);
  yield `ITEM: TIMESTEP\n0\nITEM: NUMBER OF ATOMS\n${total}\n${boundary}\n`;
  for (const [k, [low]] of bounds.entries()) yield `${low} ${low + tiles[k] * edges[k]}\n`;
  yield `ITEM: ATOMS ${columns.join(' ')}\n`;
  const idAt = columns.indexOf('id');
  const coordinateAt = AXES.map((axis) => columns.indexOf(axis));
  const largestId = atoms.reduce((largest, fields) => Math.max(largest, Number(fields[idAt])), 0);
  let copy = 0;
  for (let i = 0; i < tiles[0]; i++) {
    for (let j = 0; j < tiles[1]; j++) {
      for (let k = 0; k < tiles[2]; k++, copy++) {
        const shift = [i * edges[0], j * edges[1], k * edges[2]];
        for (let start = 0; start < atoms.length; start += LINES_PER_WRITE) {
          const lines = atoms.slice(start, start + LINES_PER_WRITE).map((fields) => {
            const moved = fields.slice();
            moved[idAt] = String(Number(fields[idAt]) + copy * largestId);
            coordinateAt.forEach((column, axis) => {
              const decimals = fields[column].split('.')[1]?.length ?? 0;
              moved[column] = (Number(fields[column]) + shift[axis]).toFixed(decimals);
            });
            return moved.join(' ');
          });
          yield `${lines.join('\n')}\n`;
        }
      }
    }
  }
}
