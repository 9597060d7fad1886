import { Command } from 'commander';
import { describeFailure, toFailure } from '#data/errors.ts';
import { PROGRAM } from '#data/version.ts';
import { atomsCommand } from './commands/atoms.ts';
import { describeCommand } from './commands/describe.ts';
import { figureCommand } from './commands/figure.ts';
import { savedCommands } from './commands/saved.ts';
import { stageCommands } from './commands/stages.ts';

const program = new Command()
  .name(PROGRAM.name)
  .description(
    'Pick the atoms of a huge grain boundary model whose DFT energies would most reduce the uncertainty over all of it.',
  )
  .version(PROGRAM.version)
  .showHelpAfterError('(add --help for the options)');

for (const command of stageCommands()) program.addCommand(command);
program.addCommand(describeCommand());
program.addCommand(figureCommand());
program.addCommand(atomsCommand());
for (const command of savedCommands()) program.addCommand(command);

try {
  await program.parseAsync();
} catch (thrown) {
  const failure = toFailure(thrown);
  process.stderr.write(`${PROGRAM.name}: ${describeFailure(failure)}\n`);
  process.exitCode = failure.tag === 'cancelled' ? 130 : failure.tag === 'bug' ? 70 : 1;
}
