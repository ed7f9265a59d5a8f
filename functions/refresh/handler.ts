/**
 * Refreshes the feeds from where they are published, by the clock. What was not finished in time, and what
 * failed, is for the next round: it goes on where this one stopped.
 */
import type { Context } from 'aws-lambda';

import type { RefreshedFeed } from '../../lib/pipeline/refresh-feeds/refresh-feeds.ts';
import { beforeDeadline } from '../shared/deadline.ts';
import { observed, type Tools } from '../shared/tools.ts';

interface Dependencies extends Tools {
  readonly refresh: (signal: AbortSignal) => Promise<readonly RefreshedFeed[]>;
}

type Told = Pick<RefreshedFeed, 'feed' | 'outcome' | 'cause'>;

export function createHandler({
  refresh,
  ...tools
}: Dependencies): (event: unknown, context: Context) => Promise<readonly Told[]> {
  const { logger, count } = tools;
  return observed(async (_event: unknown, context: Context) => {
    const refreshed = await beforeDeadline(context, refresh);
    for (const { feed, outcome, cause, reasons, imported } of refreshed) {
      const level = outcome === 'held' || outcome === 'unchanged' ? 'info' : 'warn';
      logger[level](`a feed is ${outcome}`, { feed, cause, reasons, date: imported?.date, records: imported?.count });
    }
    count('feedsRefreshed', refreshed.filter(({ outcome }) => outcome === 'held' || outcome === 'unchanged').length);
    count('feedsQuarantined', refreshed.filter(({ news }) => news).length);
    return refreshed.map(({ feed, outcome, cause }) => ({ feed, outcome, cause }));
  }, tools);
}
