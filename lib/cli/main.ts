/** The command line: what it offers, and how each ending becomes a message and an exit code. */
import { Command, CommanderError } from 'commander';

import { CavendishError } from '../core/errors/error.ts';
import { plainLine } from '../core/text/plain.ts';
import { loadCommands } from './commands.ts';
import { addCompletion } from './completion.ts';
import { EXIT } from './exit-codes.ts';
import { type End, type Io, remark } from './io.ts';
import { coloursFor } from './render/colours.ts';
import { version } from './version.ts';

/** @returns the exit code */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let exitCode: number = EXIT.go;
  try {
    const program = await buildProgram(argv[0], io, (code) => {
      exitCode = code;
    });
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    return ending(error, io);
  }
}

async function buildProgram(asked: string | undefined, io: Io, end: End): Promise<Command> {
  const program = new Command('cavendish')
    .description(
      'A container-image risk programme: every push scanned, scored against your risk appetite and answered.',
    )
    .version(version, '--version', 'print the version')
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) })
    .showHelpAfterError('(--help says more)')
    .exitOverride();
  for (const make of await loadCommands(asked)) program.addCommand(inherit(make(io, end), program));
  program.addHelpText('after', '\nExit codes: 0 done (judge: go), 1 no-go, 2 unknown, 64 wrong use, 70 failure.');
  addCompletion(program);
  return program;
}

/** Commander hands its settings to commands made by a program, not to commands added to it. */
function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inherit(child, command);
  return command;
}

function ending(error: unknown, io: Io): number {
  if (error instanceof CommanderError) {
    // Help and version were asked for and given; anything else commander has already explained.
    return error.exitCode === 0 ? EXIT.go : EXIT.use;
  }
  const colours = coloursFor(io.stderr);
  if (error instanceof CavendishError) {
    remark(io, `${colours.bad('error:')} ${error.message.split('\n').map(plainLine).join('\n')}`);
    if (error.next !== undefined) remark(io, error.next.split('\n').map(plainLine).join('\n'));
    return error.code === 'wrong-use' ? EXIT.use : EXIT.failure;
  }
  const text = Error.isError(error) ? (error.stack ?? error.message) : String(error);
  remark(io, `${colours.bad('error:')} something failed that should not have: ${text}`);
  remark(io, 'Nothing was lost that had been accepted. Please report this with the lines above.');
  return EXIT.failure;
}
