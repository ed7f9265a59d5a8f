import { Command, InvalidArgumentError } from 'commander';

import { refreshFeeds } from '../../pipeline/refresh-feeds/refresh-feeds.ts';
import { FEED_GROUPS, type FeedGroup } from '../../pipeline/refresh-feeds/target.ts';
import { tellQuarantined } from '../../pipeline/refresh-feeds/tell-quarantined.ts';
import { downloadsOf, feedAddressesOf } from '../compose/feeds.ts';
import { openLaptop } from '../compose/laptop.ts';
import { mailOptionsOf, notifiersOf } from '../compose/notices.ts';
import { EXIT } from '../exit-codes.ts';
import { onlyOnLaptop } from '../home-name.ts';
import { type End, type Io, print, printJson, remark } from '../io.ts';
import { type CommonOptions, withCommon } from '../options.ts';
import { refreshedLines, refreshProgress } from '../render/refresh.ts';

interface RefreshOptions extends CommonOptions {
  readonly only?: readonly FeedGroup[];
}

/** `feeds refresh`. */
export function refreshCommand(io: Io, end: End): Command {
  return withCommon(new Command('refresh'))
    .description('fetch what is new of the intelligence: KEV, EPSS, OSV of the ecosystems in use, CVE records')
    .option('--only <feeds>', `these alone, with commas: ${FEED_GROUPS.join(', ')}`, readGroups)
    .action(async (_: RefreshOptions, command: Command) => {
      const { data, home, json, only } = command.optsWithGlobals<RefreshOptions>();
      onlyOnLaptop(home, 'feeds refresh', 'On AWS the stack refreshes its feeds by the clock: cavendish feeds');
      const laptop = await openLaptop({ data, as: 'beside', now: io.now() });
      try {
        const addresses = await feedAddressesOf(laptop, io.env);
        const downloads = await downloadsOf(laptop, addresses, io.env);
        try {
          const refreshed = await refreshFeeds(
            {
              ...{ addresses, at: io.now(), signal: io.signal },
              ...(only !== undefined && { only }),
              onProgress: refreshProgress(io, json === true),
            },
            { ...laptop, downloads },
          );
          await tellQuarantined({
            ...{ register: laptop.register, at: io.now(), home: '' },
            tell: async (notice) => {
              for (const notifier of notifiersOf(laptop, mailOptionsOf(io.env))) await notifier.deliver(notice);
            },
          });
          if (json === true) printJson(io, refreshed);
          else for (const line of refreshed.flatMap(refreshedLines)) print(io, line);
          const failed = refreshed.filter(({ outcome }) => outcome === 'failed');
          if (failed.length > 0) end(EXIT.failure);
          if (refreshed.some(({ outcome }) => outcome === 'held')) {
            remark(io, 'What is pushed or judged from now on uses it: cavendish feeds');
          }
        } finally {
          await downloads.close();
        }
      } finally {
        await laptop.close();
      }
    });
}

function readGroups(text: string): readonly FeedGroup[] {
  return text.split(',').map((name) => {
    const group = FEED_GROUPS.find((one) => one === name.trim());
    if (group === undefined) throw new InvalidArgumentError(`They are ${FEED_GROUPS.join(', ')}.`);
    return group;
  });
}
