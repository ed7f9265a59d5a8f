import { Command, InvalidArgumentError } from 'commander';

import type { FeedDiff } from '../../core/advisories/feed-diff.ts';
import { CavendishError } from '../../core/errors/error.ts';
import { diffFeedOperation, feedsOperation, MOST_CHANGES } from '../../pipeline/feeds/operations.ts';
import { withHome } from '../compose/home.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, withCommon } from '../options.ts';
import { diffLines } from '../render/feed-diff.ts';

interface DiffOptions extends CommonOptions {
  readonly from?: string;
  readonly to?: string;
  readonly most?: number;
}

const MOST = { people: 20, programs: 1000 };

/** `feeds diff`. */
export function diffCommand(io: Io): Command {
  return withCommon(new Command('diff'))
    .description(
      'what changed between two versions of a feed: the one that is held and the one before, where none is said',
    )
    .argument('[feed]', 'all that are held, where left out')
    .option('--from <hash>', 'the beginning of the hash of the older version')
    .option('--to <hash>', 'the beginning of the hash of the newer version; also of one that is set aside')
    .option(
      '--most <count>',
      `changes that are shown of each kind (default: ${MOST.people}; with --json ${MOST.programs})`,
      readCount,
    )
    .action(async (feed: string | undefined, _: DiffOptions, command: Command) => {
      const { as, data, home, json, from = null, to = null, most } = command.optsWithGlobals<DiffOptions>();
      if (feed === undefined && (from !== null || to !== null)) {
        throw new CavendishError('wrong-use', 'versions of which feed?', {
          next: 'Name it: cavendish feeds diff kev --from HASH',
        });
      }
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const shown = most ?? (json === true ? MOST.programs : MOST.people);
        const names =
          feed === undefined ? (await operate(feedsOperation, {})).feeds.map((held) => held.feed.id) : [feed];
        const diffs: FeedDiff[] = [];
        for (const name of names) {
          const diff = await operate(diffFeedOperation, { feed: name, from, to, most: shown });
          diffs.push(diff);
          if (json !== true) print(io, diffLines(diff).join('\n'));
        }
        if (json === true) printJson(io, diffs);
        else if (diffs.length === 0) print(io, 'No intelligence is held.');
      });
    });
}

function readCount(text: string): number {
  const count = Number(text);
  if (!/^\d{1,6}$/u.test(text) || count > MOST_CHANGES) {
    throw new InvalidArgumentError(`It is a number, ${String(MOST_CHANGES)} at most.`);
  }
  return count;
}
