import { Command, InvalidArgumentError } from 'commander';

import { FEED_GROUPS, type FeedGroup } from '../../pipeline/refresh-feeds/target.ts';
import { refreshLaptop } from '../compose/feeds.ts';
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
        const refreshed = await refreshLaptop(laptop, {
          ...{ env: io.env, now: io.now, signal: io.signal },
          ...(only !== undefined && { only }),
          notifiers: notifiersOf(laptop, mailOptionsOf(io.env)),
          onProgress: refreshProgress(io, json === true),
        });
        if (json === true) printJson(io, refreshed);
        else for (const line of refreshed.flatMap(refreshedLines)) print(io, line);
        if (refreshed.some(({ outcome }) => outcome === 'failed')) end(EXIT.failure);
        if (refreshed.some(({ outcome }) => outcome === 'held')) {
          remark(io, 'What is pushed or judged from now on uses it: cavendish feeds');
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
