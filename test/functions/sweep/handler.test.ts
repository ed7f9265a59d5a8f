import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { createHandler } from '../../../functions/sweep/handler.ts';
import { aContext } from '../support/lambda.ts';
import { type FakeParts, fakeParts, watchLog } from '../support/parts.ts';

let parts: FakeParts;

beforeEach(() => {
  watchLog();
  parts = fakeParts();
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe('sweeping', () => {
  it('counts what was found, and that it ran', async () => {
    const handler = createHandler({
      ...parts,
      sweep: async () => Promise.resolve({ found: { pushesMissed: 2, workLeftOver: 0 }, failures: [] }),
    });
    await handler({}, aContext());

    expect(parts.outcomes.counts).toEqual({ pushesMissed: 2, workLeftOver: 0, sweeps: 1 });
  });

  it('does not count as run where it failed: its absence raises the alarm', async () => {
    const handler = createHandler({ ...parts, sweep: () => Promise.reject(new Error('no table')) });

    await expect(handler({}, aContext())).rejects.toThrow('no table');
    expect(parts.outcomes.counts).toEqual({});
  });

  it('counts what was found also where a part failed, and fails by its cause', async () => {
    const failures = [{ part: 'subscriptions', cause: new Error('throttled') }];
    const handler = createHandler({ ...parts, sweep: async () => ({ found: { pushesMissed: 1 }, failures }) });

    await expect(handler({}, aContext())).rejects.toThrow('the sweep is not whole: subscriptions: throttled');
    expect(parts.outcomes.counts).toEqual({ pushesMissed: 1 });
  });

  it('is told when its time is up, half a minute before it is', async () => {
    const handler = createHandler({
      ...parts,
      sweep: async (signal) => {
        await new Promise((resolve) => {
          signal.addEventListener('abort', resolve);
        });
        return { found: {}, failures: [] };
      },
    });

    expect(await handler({}, aContext(30_010))).toEqual({});
  });
});
