// npm run bench -- [NAME ...]: builds the stage timings of bench/ for Node and runs those named, or all.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT, runCommand } from './install.mjs';

if (!runCommand('npm run --silent build:cli -- --mode bench --logLevel warn')) process.exit(1);
const built = readdirSync(join(PROJECT, 'dist', 'bench')).filter((file) => file.endsWith('.bench.js'));
const wanted = process.argv.slice(2);
const chosen = built.filter((file) => wanted.length === 0 || wanted.includes(file.replace('.bench.js', '')));
if (chosen.length === 0) {
  console.error(
    `No such bench; there are: ${built.map((file) => file.replace('.bench.js', '')).join(', ') || 'none'}.`,
  );
  process.exit(1);
}
for (const file of chosen) {
  if (!runCommand(`node dist/bench/${file}`)) process.exit(1);
}
