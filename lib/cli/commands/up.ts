import { Command, Option } from 'commander';

import { DEFAULT_MAIL } from '../compose/notices.ts';
import { DEFAULT_REGISTRY_PORT } from '../compose/registry.ts';
import { onlyOnLaptop } from '../home-name.ts';
import type { End, Io } from '../io.ts';
import { type CommonOptions, readPort, withHomeOptions } from '../options.ts';
import { REFRESH_EVERY, type RefreshEvery } from '../up/refreshing.ts';
import { runUp } from '../up/run-up.ts';
import { watchForPeople } from '../up/watch-people.ts';
import { watchForPrograms } from '../up/watch-programs.ts';

interface UpCommandOptions extends CommonOptions {
  readonly sample?: boolean;
  readonly once?: boolean;
  readonly port?: number;
  readonly appetite?: string;
  readonly refreshFeeds?: RefreshEvery;
  readonly smtp?: string;
  readonly mailFrom: string;
  readonly mailTo: string;
}

/** `up`: the home. */
export function upCommand(io: Io, end: End): Command {
  return withHomeOptions(new Command('up'))
    .description('run the home: a registry that judges what is pushed to it, until Ctrl-C')
    .option('--sample', 'bring a real image and the intelligence about it, and judge it')
    .option('--once', 'end when everything that was accepted is judged and told')
    .option(
      '--port <port>',
      `the registry's port; a busy one is an error (default: ${String(DEFAULT_REGISTRY_PORT)}, or the next that is free)`,
      readPort,
    )
    .option('--appetite <file>', "the risk appetite (default: appetite.yaml in the data folder, else Cavendish's own)")
    .addOption(
      new Option('--refresh-feeds <how-often>', 'fetch what is new of the feeds, now and from then on').choices(
        REFRESH_EVERY,
      ),
    )
    .addOption(
      new Option('--smtp <url>', 'also send notices to this mail server: smtp://[user:password@]host:port').env(
        'CAVENDISH_SMTP',
      ),
    )
    .addOption(
      new Option('--mail-from <address>', 'the sender of notices')
        .env('CAVENDISH_MAIL_FROM')
        .default(DEFAULT_MAIL.from),
    )
    .addOption(
      new Option('--mail-to <address>', 'receives what is for an owner whose name is no address')
        .env('CAVENDISH_MAIL_TO')
        .default(DEFAULT_MAIL.to),
    )
    .action(
      async ({
        data,
        home,
        json,
        sample = false,
        once = false,
        port,
        appetite,
        refreshFeeds,
        smtp,
        mailFrom,
        mailTo,
      }: UpCommandOptions) => {
        onlyOnLaptop(home, 'up', 'On AWS the stack runs by itself; see that it does: cavendish doctor');
        const watch = json === true ? watchForPrograms(io) : watchForPeople(io);
        end(await runUp({ data, sample, once, port, appetite, refreshFeeds, smtp, mailFrom, mailTo }, io, watch));
      },
    );
}
