import { Command } from 'commander';

import { plainLine } from '../../core/text/plain.ts';
import { withHome } from '../compose/home.ts';
import { openLaptop } from '../compose/laptop.ts';
import { type ListedNotices, noticesHere, noticesSent } from '../compose/notices.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, readInstant, withCommon } from '../options.ts';
import { table } from '../render/table.ts';

interface InboxOptions extends CommonOptions {
  readonly since?: string;
}

/** `inbox`: the notices. */
export function inboxCommand(io: Io): Command {
  return withCommon(new Command('inbox'))
    .description('the notices that went out')
    .option('--since <instant>', 'only those from then on (default on AWS: the last 31 days)', readInstant)
    .action(async (options: InboxOptions) => {
      const { home, json } = options;
      const listed = await noticesOf(options, io);
      if (json === true) printJson(io, listed.notices);
      else print(io, render(listed, home.kind));
    });
}

async function noticesOf({ as, data, home, since }: InboxOptions, io: Io): Promise<ListedNotices> {
  if (home.kind === 'aws') {
    return await withHome({ home, data, as }, io, async ({ operate }) => {
      return await noticesSent(operate, { since, now: io.now() });
    });
  }
  const laptop = await openLaptop({ data, as: 'read', now: io.now() });
  try {
    return await noticesHere(laptop, since);
  } finally {
    await laptop.close();
  }
}

function render({ notices, where }: ListedNotices, kind: 'laptop' | 'aws'): string {
  if (notices.length === 0) {
    const none = 'No notice yet: one goes out when the outcome of an image changes.';
    return kind === 'laptop' ? none : `${none}\n${where}`;
  }
  const rows = notices.map(({ at, to, subject, file, messageId }) => [
    at.slice(0, 16),
    plainLine(to),
    plainLine(subject),
    file ?? messageId ?? '',
  ]);
  const head = ['AS OF (UTC)', 'TO', 'SUBJECT', kind === 'laptop' ? 'FILE' : 'SNS MESSAGE'];
  return [...table([head, ...rows]), '', where].join('\n');
}
