import { describe, expect, it } from '@jest/globals';

import { sweep } from '../../../lib/pipeline/sweep/sweep.ts';

const live = new AbortController().signal;

describe('sweep', () => {
  it('runs every part, though one fails, and says which', async () => {
    const cause = new Error('no queue');
    const parts = {
      outbox: () => Promise.reject(cause),
      feeds: async () => ({ feedsStale: 2 }),
      registry: async () => ({ pushesMissed: 1, deletionsMissed: 0 }),
    };

    expect(await sweep(parts, live)).toEqual({
      found: { feedsStale: 2, pushesMissed: 1, deletionsMissed: 0 },
      failures: [{ part: 'outbox', cause }],
    });
  });

  it('leaves to the next sweep what there is no time for, and says so', async () => {
    const ending = new AbortController();
    const reason = new Error('time is up');
    const parts = {
      outbox: async () => {
        ending.abort(reason);
        return { workLeftOver: 1 };
      },
      feeds: async () => ({ feedsStale: 1 }),
    };

    expect(await sweep(parts, ending.signal)).toEqual({
      found: { workLeftOver: 1 },
      failures: [{ part: 'feeds', cause: reason }],
    });
  });
});
