import { fileSource } from '#cli/files.ts';
import { measureNode } from './nodeStages.ts';

/** One pass in a process of its own, so that nothing is warm and the memory is its own; as JSON on standard output. */
process.stdout.write(JSON.stringify(await measureNode(fileSource(process.argv[2]!))));
