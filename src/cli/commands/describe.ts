import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { Command } from 'commander';
import { badParameter } from '#data/errors.ts';
import { npyHeader } from '#formats/npy/write.ts';
import { describeRows } from '#pipeline/describeRows.ts';
import { computedDescriptor, descriptorDimension } from '#pipeline/descriptorChoice.ts';
import { addDescriptorFileOption } from '../descriptorFile.ts';
import { writeWhole } from '../files.ts';
import { rowsOfIdFile } from '../idRows.ts';
import { addParameterOptions, givenParameters } from '../options.ts';
import { withProgress } from '../progress.ts';
import { Workspace } from '../workspace.ts';
import { addCommonOptions, type CommonOptions, work } from './stages.ts';

/** `grainscope describe`: the pool of an output folder, or, with `--ids`, descriptors themselves into one file. */
export function describeCommand(): Command {
  const command = new Command('describe')
    .description(
      'Describe every atom and reduce to principal components; with --ids, write the descriptors themselves.',
    )
    .argument('<target>', 'snapshot file, or the folder of an earlier run')
    .option('--ids <file>', 'write descriptors of these atoms (one id a line), or of `all`, to the .npy file of --out');
  addParameterOptions(addDescriptorFileOption(addCommonOptions(command)), ['snapshot', 'descriptor', 'pool']);
  return command.action(async (target: string, options: CommonOptions & { ids?: string }) => {
    if (options.ids === undefined) return work(target, options, () => ['pool']);
    return writeDescriptors(target, options.ids, options);
  });
}

async function writeDescriptors(target: string, ids: string, options: CommonOptions): Promise<void> {
  const { out } = options;
  if (options.descriptorFile !== undefined) {
    throw badParameter('--ids computes descriptors here: leave out --descriptor-file');
  }
  if (!out?.endsWith('.npy')) throw badParameter('--ids needs --out FILE.npy for the descriptors');
  const workspace = await Workspace.open(target, {
    out: '.',
    given: givenParameters(options),
    ...(options.threads === undefined ? {} : { threads: options.threads }),
  });
  try {
    await workspace.bringTo('snapshot');
    const { snapshot, list } = workspace.session.results.snapshot!;
    const rows =
      ids === 'all' ? Uint32Array.from({ length: snapshot.count }, (_, row) => row) : rowsOfIdFile(ids, snapshot.ids);
    const dimension = descriptorDimension(computedDescriptor(workspace.parameters));
    mkdirSync(dirname(out), { recursive: true });
    const file = openSync(out, 'w');
    writeSync(file, npyHeader('float64', [rows.length, dimension]));
    await withProgress(
      workspace.control,
      () => 'Describe',
      async () => {
        const blocks = describeRows(list, rows, workspace.parameters, workspace.context);
        for await (const block of blocks) {
          writeWhole(file, new Uint8Array(block.buffer, block.byteOffset, block.byteLength));
        }
      },
    );
    closeSync(file);
    if (options.json) process.stdout.write(`${JSON.stringify({ file: out, shape: [rows.length, dimension] })}\n`);
    else process.stderr.write(`${rows.length} x ${dimension} numbers, float64, in ${out}\n`);
  } finally {
    workspace.dispose();
  }
}
