import { Command } from 'commander';

import { inspectFeedOperation, rejectFeedOperation, releaseFeedOperation } from '../../pipeline/feeds/operations.ts';
import { withHome } from '../compose/home.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, withCommon } from '../options.ts';
import { diffLines } from '../render/feed-diff.ts';
import { quarantinedLines } from '../render/quarantine.ts';

interface WordOptions extends CommonOptions {
  readonly by?: string;
  readonly why: string;
}

/** `feeds inspect`. */
export function inspectCommand(io: Io): Command {
  return withCommon(new Command('inspect'))
    .description('what was set aside and waits for a word: why, and what it would change')
    .argument('[feed]', 'all feeds, where left out')
    .option('--all', 'also what was released, rejected or overtaken')
    .action(async (feed: string | undefined, _: CommonOptions, command: Command) => {
      const { as, data, home, json, all = false } = command.optsWithGlobals<CommonOptions & { all?: boolean }>();
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const documents = await operate(inspectFeedOperation, { feed: feed ?? null, all });
        if (json === true) printJson(io, documents);
        else if (documents.length === 0) print(io, 'Nothing is set aside.');
        for (const one of json === true ? [] : documents) {
          print(io, [...quarantinedLines(one), ...(one.diff === null ? [] : diffLines(one.diff))].join('\n'));
        }
      });
    });
}

/** `feeds release`. */
export function releaseCommand(io: Io): Command {
  return wordCommand('release', 'hold what was set aside after all', io, releaseFeedOperation);
}

/** `feeds reject`. */
export function rejectCommand(io: Io): Command {
  return wordCommand('reject', 'never hold what was set aside', io, rejectFeedOperation);
}

function wordCommand(name: string, description: string, io: Io, settle: typeof releaseFeedOperation): Command {
  return withCommon(new Command(name))
    .description(description)
    .argument('<feed>')
    .argument('[version]', 'the beginning of the hash that `feeds inspect` shows; left out for what could not be read')
    .option('--by <name>', 'who says so, on a laptop (default: who asks, where the appetite names them)')
    .requiredOption('--why <reason>', 'why')
    .action(async (feed: string, version: string | undefined, _: WordOptions, command: Command) => {
      const { as, data, home, json, by = null, why } = command.optsWithGlobals<WordOptions>();
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const settled = await operate(settle, { feed, version: version ?? null, by, why });
        if (json === true) printJson(io, settled);
        else print(io, quarantinedLines(settled).join('\n'));
      });
    });
}
