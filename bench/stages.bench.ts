import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { PROGRAM } from '#data/version.ts';
import { measureNode } from './nodeStages.ts';
import { measurePage } from './pageStages.ts';
import { timeReference } from './reference.ts';
import { formatMeasured, type Measured } from './report.ts';

const { values } = parseArgs({
  options: {
    snapshot: { type: 'string', default: 'public/sample/fe-gb-16k.dump.gz' },
    json: { type: 'string' },
    'node-only': { type: 'boolean', default: false },
    'page-only': { type: 'boolean', default: false },
  },
});

const started = { date: new Date().toISOString(), load: loadavg() };
const reference = timeReference();
const measured: Measured[] = [];
if (!values['page-only']) measured.push(await measureNode(values.snapshot));
if (!values['node-only']) measured.push(await measurePage('dist/page', values.snapshot));

const processors = cpus();
const machine = `${processors[0]?.model.trim() ?? 'unknown processor'}, ${processors.length} cores`;
console.log(`${PROGRAM.name} ${PROGRAM.version}, ${values.snapshot}, ${started.date}`);
console.log(`${machine}; load ${started.load.map((load) => load.toFixed(2)).join(' ')} at the start`);
console.log(`reference workload ${reference.toFixed(0)} ms (one thread)\n`);
for (const one of measured) console.log(`${formatMeasured(one, reference)}\n`);
if (values.json) {
  writeFileSync(
    values.json,
    `${JSON.stringify({ ...started, machine, program: PROGRAM, reference, measured }, null, 2)}\n`,
  );
}
process.exit(0);
