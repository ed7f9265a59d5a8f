import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { createHandler } from '../../../functions/refresh/handler.ts';
import type { RefreshedFeed } from '../../../lib/pipeline/refresh-feeds/refresh-feeds.ts';
import { aContext } from '../support/lambda.ts';
import { type FakeParts, fakeParts, watchLog } from '../support/parts.ts';

let parts: FakeParts;
let log: ReturnType<typeof watchLog>;

beforeEach(() => {
  log = watchLog();
  parts = fakeParts();
});
afterEach(() => {
  jest.restoreAllMocks();
});

function aFeed(feed: string, given: Partial<RefreshedFeed>): RefreshedFeed {
  return { feed, outcome: 'unchanged', imported: null, reasons: [], news: false, cause: null, next: null, ...given };
}

const FEEDS = [
  aFeed('kev', {}),
  aFeed('epss', {
    outcome: 'set-aside',
    reasons: [{ kind: 'shrinks', message: 'it has half of what was held' }],
    news: true,
  }),
  aFeed('osv-debian', { outcome: 'set-aside', news: false }),
  aFeed('cve', { outcome: 'failed', cause: 'the server is away' }),
];

describe('refreshing', () => {
  it('counts what is up to date, and what was set aside since the last time', async () => {
    const handler = createHandler({ ...parts, refresh: () => Promise.resolve(FEEDS) });

    expect(await handler({}, aContext())).toEqual([
      { feed: 'kev', outcome: 'unchanged', cause: null },
      { feed: 'epss', outcome: 'set-aside', cause: null },
      { feed: 'osv-debian', outcome: 'set-aside', cause: null },
      { feed: 'cve', outcome: 'failed', cause: 'the server is away' },
    ]);
    expect(parts.outcomes.counts).toEqual({ feedsRefreshed: 1, feedsQuarantined: 1 });
  });

  it('says of each feed what became of it', async () => {
    await createHandler({ ...parts, refresh: () => Promise.resolve(FEEDS) })({}, aContext());

    const said = JSON.stringify(log.lines());
    for (const words of ['a feed is unchanged', 'it has half of what was held', 'the server is away']) {
      expect(said).toContain(words);
    }
  });

  it('tells the refresh to stop before its time is up', async () => {
    const handler = createHandler({
      ...parts,
      refresh: async (signal) => {
        await new Promise((resolve) => {
          signal.addEventListener('abort', resolve);
        });
        return [aFeed('kev', { outcome: 'failed', cause: String(signal.reason) })];
      },
    });

    const [kev] = await handler({}, aContext(30_050));
    expect(kev?.cause).toContain('it was not finished within');
    expect(parts.outcomes.counts).toEqual({ feedsRefreshed: 0, feedsQuarantined: 0 });
  });
});
