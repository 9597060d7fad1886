// npm run bench -- [--snapshot FILE] [--json OUT] [--runs N] [--node-only | --browser-only]: what everything costs, see docs/performance.md.
import { spawnSync } from 'node:child_process';
import { runCommand } from './install.mjs';

const words = process.argv.slice(2);
const inBrowser = !words.includes('--node-only');
const builds = [
  ...(inBrowser ? ['npm run --silent build:page --', 'npx --no vite build --config bench/vite.config.ts'] : []),
  'npm run --silent build:cli -- --mode bench',
];
if (!builds.every((build) => runCommand(`${build} --logLevel warn`))) process.exit(1);
const { status } = spawnSync(process.execPath, ['dist/bench/stages.bench.js', ...words], { stdio: 'inherit' });
process.exit(status ?? 1);
