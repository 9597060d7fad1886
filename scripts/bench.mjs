// npm run bench -- [--snapshot FILE] [--json OUT] [--runs N] [--node-only | --browser-only]: stage timings, see docs/performance.md.
import { spawnSync } from 'node:child_process';
import { runCommand } from './install.mjs';

const words = process.argv.slice(2);
if (!words.includes('--node-only') && !runCommand('npm run --silent build:page -- --logLevel warn')) process.exit(1);
if (!runCommand('npm run --silent build:cli -- --mode bench --logLevel warn')) process.exit(1);
const { status } = spawnSync(process.execPath, ['dist/bench/stages.bench.js', ...words], { stdio: 'inherit' });
process.exit(status ?? 1);
