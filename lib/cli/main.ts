/** The command line: what it offers, and how each ending becomes a message and an exit code. */
import { Command, CommanderError } from 'commander';

import { CavendishError } from '../core/errors/error.ts';
import { plainLine } from '../core/text/plain.ts';
import { affectedCommand } from './commands/affected.ts';
import { appetiteCommand } from './commands/appetite.ts';
import { baseCommand } from './commands/base.ts';
import { deadLettersCommand } from './commands/dead-letters.ts';
import { doctorCommand } from './commands/doctor.ts';
import { evidenceCommand } from './commands/evidence.ts';
import { exceptionCommand } from './commands/exception.ts';
import { explainCommand } from './commands/explain.ts';
import { feedsCommand } from './commands/feeds.ts';
import { imagesCommand } from './commands/images.ts';
import { importCommand } from './commands/import.ts';
import { inboxCommand } from './commands/inbox.ts';
import { judgeCommand } from './commands/judge.ts';
import { lineageCommand } from './commands/lineage.ts';
import { matchCommand } from './commands/match.ts';
import { noticesCommand } from './commands/notices.ts';
import { registerCommand } from './commands/register.ts';
import { rehearseCommand } from './commands/rehearse.ts';
import { remindersCommand } from './commands/reminders.ts';
import { replayCommand } from './commands/replay.ts';
import { riskCommand } from './commands/risk.ts';
import { sbomCommand } from './commands/sbom.ts';
import { showCommand } from './commands/show.ts';
import { sightCommand } from './commands/sight.ts';
import { sightingsCommand } from './commands/sightings.ts';
import { subscribeCommand, subscribersCommand, unsubscribeCommand } from './commands/subscribe.ts';
import { upCommand } from './commands/up.ts';
import { versionsCommand } from './commands/versions.ts';
import { whoamiCommand } from './commands/whoami.ts';
import { addCompletion } from './completion.ts';
import { EXIT } from './exit-codes.ts';
import { type End, type Io, remark } from './io.ts';
import { coloursFor } from './render/colours.ts';
import { version } from './version.ts';

/** @returns the exit code */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let exitCode: number = EXIT.go;
  const program = buildProgram(io, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    return ending(error, io);
  }
}

function buildProgram(io: Io, end: End): Command {
  const program = new Command('cavendish')
    .description(
      'A container-image risk programme: every push scanned, scored against your risk appetite and answered.',
    )
    .version(version, '--version', 'print the version')
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) })
    .showHelpAfterError('(--help says more)')
    .exitOverride();
  for (const command of [
    upCommand(io, end),
    judgeCommand(io, end),
    imagesCommand(io),
    showCommand(io),
    baseCommand(io),
    lineageCommand(io),
    sbomCommand(io),
    affectedCommand(io),
    explainCommand(io),
    sightCommand(io),
    sightingsCommand(io),
    exceptionCommand(io),
    riskCommand(io),
    registerCommand(io),
    remindersCommand(io),
    evidenceCommand(io),
    importCommand(io),
    feedsCommand(io, end),
    appetiteCommand(io),
    rehearseCommand(io),
    replayCommand(io, end),
    inboxCommand(io),
    noticesCommand(io),
    subscribeCommand(io),
    subscribersCommand(io),
    unsubscribeCommand(io),
    whoamiCommand(io),
    doctorCommand(io, end),
    deadLettersCommand(io, end),
    matchCommand(io),
    versionsCommand(io),
  ]) {
    program.addCommand(inherit(command, program));
  }
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
