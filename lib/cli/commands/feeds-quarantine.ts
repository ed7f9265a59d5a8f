import { Command } from 'commander';

import type { FeedDiff } from '../../core/advisories/feed-diff.ts';
import { diffFeed } from '../../pipeline/diff-feeds/diff-feeds.ts';
import { listQuarantined, type StoredQuarantined } from '../../pipeline/feeds/quarantine-items.ts';
import { rejectQuarantined, releaseQuarantined, type Word } from '../../pipeline/refresh-feeds/settle-quarantined.ts';
import { withHome } from '../compose/home.ts';
import type { OpenedHome } from '../compose/opened-home.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, withCommon } from '../options.ts';
import { diffLines } from '../render/feed-diff.ts';
import { quarantinedLines } from '../render/quarantine.ts';

interface WordOptions extends CommonOptions {
  readonly by: string;
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
      await withHome({ home, data, as }, io, async (opened) => {
        const found = (await listQuarantined(opened.register, feed)).filter(({ state }) => all || state === 'held');
        const documents = [];
        for (const one of found) documents.push({ ...one, diff: await changesOf(one, opened) });
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
  return wordCommand('release', 'hold what was set aside after all', io, releaseQuarantined);
}

/** `feeds reject`. */
export function rejectCommand(io: Io): Command {
  return wordCommand('reject', 'never hold what was set aside', io, rejectQuarantined);
}

function wordCommand(
  name: string,
  description: string,
  io: Io,
  settle: (word: Word, stores: OpenedHome) => Promise<StoredQuarantined>,
): Command {
  return withCommon(new Command(name))
    .description(description)
    .argument('<feed>')
    .argument('[version]', 'the beginning of the hash that `feeds inspect` shows; left out for what could not be read')
    .requiredOption('--by <name>', 'who says so')
    .requiredOption('--why <reason>', 'why')
    .action(async (feed: string, version: string | undefined, _: WordOptions, command: Command) => {
      const { as, data, home, json, by, why } = command.optsWithGlobals<WordOptions>();
      await withHome({ home, data, as }, io, async (opened) => {
        const settled = await settle({ feed, version: version ?? null, by, why, at: io.now() }, opened);
        if (json === true) printJson(io, settled);
        else print(io, quarantinedLines(settled).join('\n'));
      });
    });
}

const MOST_CHANGES = 10;

async function changesOf({ feed, hash, before }: StoredQuarantined, opened: OpenedHome): Promise<FeedDiff | null> {
  return hash === null ? null : await diffFeed({ feed, from: before, to: hash, most: MOST_CHANGES }, opened);
}
